"""The addresses of the whole: the door, a group's rooms, the district office, the public code page."""

from django.urls import include, path

from members.group_urls import urlpatterns as register
from members.urls import urlpatterns as door
from membership.door_urls import urlpatterns as slips
from membership.people_urls import urlpatterns as admission

urlpatterns = [
    path("", include((door + slips, "members"))),
    path("", include("reports.public_urls")),
    path("d/<slug:district_code>/", include("oversight.urls")),
    path("g/<slug:group_code>/", include("reports.urls")),
    path("g/<slug:group_code>/me/", include("window.urls")),
    path("g/<slug:group_code>/people/", include((register + admission, "people"))),
    path("g/<slug:group_code>/people/", include("membership.urls")),
    path("g/<slug:group_code>/savings/", include("savings.urls")),
    path("g/<slug:group_code>/loans/", include("loans.urls")),
    path("g/<slug:group_code>/year-end/", include("shareout.urls")),
    path("g/<slug:group_code>/books/", include("funds.urls")),
    path("g/<slug:group_code>/meetings/", include("meetings.urls")),
    path("", include("intake.urls")),
    path("", include("meetings.worker_urls")),
]
