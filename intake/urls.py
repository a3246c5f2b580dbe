"""Addresses of `intake`, at the root: a new group, a group's workbook."""

from django.urls import URLPattern, path

from intake.views import founding, upload

app_name = "intake"

urlpatterns: list[URLPattern] = [
    path("groups/new/", founding.found, name="found-group"),
    path("groups/<slug:group_code>/slips/", founding.founded, name="founded"),
    path("g/<slug:group_code>/workbook/", upload.workbook, name="import"),
    path("g/<slug:group_code>/workbook/sign/", upload.ask, name="import-sign"),
    path("g/<slug:group_code>/workbook/bring-in/", upload.bring_in, name="import-run"),
]
