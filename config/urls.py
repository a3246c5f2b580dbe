"""The addresses of the whole: the door, a group's rooms, the district office, the public code page."""

from django.urls import include, path

from members.urls import urlpatterns as door
from membership.door_urls import urlpatterns as slips

urlpatterns = [
    path("", include((door + slips, "members"))),
    path("", include("reports.public_urls")),
    path("d/<slug:district_code>/", include("oversight.urls")),
    path("g/<slug:group_code>/", include("reports.urls")),
    path("g/<slug:group_code>/me/", include("window.urls")),
    path("g/<slug:group_code>/people/", include("members.group_urls")),
    path("g/<slug:group_code>/people/", include("membership.urls")),
    path("g/<slug:group_code>/savings/", include("savings.urls")),
    path("g/<slug:group_code>/books/", include("funds.urls")),
    path("g/<slug:group_code>/meetings/", include("meetings.urls")),
    path("", include("intake.urls")),
    path("", include("meetings.worker_urls")),
]
