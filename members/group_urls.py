"""Addresses of a group's people, below ``g/<group_code>/people/``."""

from django.urls import URLPattern, path

from members.views import group, offices, people

app_name = "people"

urlpatterns: list[URLPattern] = [
    path("", people.people_list, name="list"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.office_new, name="office-new"),
    path("offices/<int:office_id>/end/", offices.office_end, name="office-end"),
    path("offices/<int:office_id>/member/", offices.office_link, name="office-link"),
    path("settings/", group.settings_page, name="settings"),
    path("settings/<slug:key>/", group.setting_change, name="setting"),
    path("resolutions/", group.resolutions, name="resolutions"),
    path("resolutions/new/", group.resolution_new, name="resolution-new"),
    path("<int:number>/", people.member_page, name="member"),
    path("<int:number>/seen-by/", people.member_access, name="seen-by"),
]
