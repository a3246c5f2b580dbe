"""Addresses of slips, below ``g/<group_code>/people/``."""

from django.urls import URLPattern, path

from membership.views import slips

app_name = "membership"

urlpatterns: list[URLPattern] = [
    path("slips/", slips.slip_list, name="slips"),
    path("slips/missing/", slips.missing_slips, name="missing-slips"),
    path("slips/printed/", slips.printed, name="slips-printed"),
    path("slips/office/<int:office_id>/", slips.officer_slip, name="officer-slip"),
    path("<int:number>/slip/", slips.member_slip, name="member-slip"),
]
