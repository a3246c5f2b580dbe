"""Addresses of a group's people, below ``g/<group_code>/people/``."""

from django.urls import URLPattern, path

from members.views import group, history, households, offices, people, register, resolutions, terms

app_name = "people"

urlpatterns: list[URLPattern] = [
    path("", people.people_list, name="list"),
    path("register.pdf", register.register_paper, name="register-pdf"),
    path("households/", households.households, name="households"),
    path("households/new/", households.household_new, name="household-new"),
    path("households/<int:household_id>/", households.household, name="household"),
    path("offices/history/", terms.office_history, name="office-history"),
    path("offices/committee.pdf", terms.committee_paper, name="committee-pdf"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.office_new, name="office-new"),
    path("offices/<int:office_id>/end/", offices.office_end, name="office-end"),
    path("offices/<int:office_id>/member/", offices.office_link, name="office-link"),
    path("settings/", group.settings_page, name="settings"),
    path("settings/<slug:key>/", group.setting_change, name="setting"),
    path("resolutions/", resolutions.resolution_list, name="resolutions"),
    path("resolutions/new/", resolutions.resolution_new, name="resolution-new"),
    path("resolutions/<int:resolution_id>/", resolutions.resolution, name="resolution"),
    path("<int:number>/", people.member_page, name="member"),
    path("<int:number>/changes/", history.member_changes, name="changes"),
    path("<int:number>/seen-by/", people.member_access, name="seen-by"),
]
