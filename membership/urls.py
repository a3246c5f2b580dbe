"""Addresses of slips, below ``g/<group_code>/people/``."""

from django.urls import URLPattern, path

from membership.views import leavers, leaving, slips

app_name = "membership"

urlpatterns: list[URLPattern] = [
    path("slips/", slips.slip_list, name="slips"),
    path("slips/missing/", slips.missing_slips, name="missing-slips"),
    path("slips/printed/", slips.printed, name="slips-printed"),
    path("slips/office/<int:office_id>/", slips.officer_slip, name="officer-slip"),
    path("<int:number>/slip/", slips.member_slip, name="member-slip"),
    path("leaving/", leavers.leaving_list, name="leavings"),
    path("leaving/<int:settlement_id>/", leaving.settlement, name="settlement"),
    path("leaving/<int:settlement_id>/slip.pdf", leaving.settlement_pdf, name="settlement-pdf"),
    path("<int:number>/leaving/", leaving.leaving, name="leaving"),
    path("<int:number>/leaving/new/", leaving.leaving_new, name="leaving-new"),
    path("<int:number>/leaving/settle/", leaving.settle, name="settle"),
    path("<int:number>/readmit/", leavers.readmit, name="readmit"),
]
