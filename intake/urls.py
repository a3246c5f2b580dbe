"""Addresses of `intake`, at the root: a new group, a group's workbook."""

from django.urls import URLPattern, path

from intake.views import first_slips, founding, upload

app_name = "intake"

urlpatterns: list[URLPattern] = [
    path("groups/new/", founding.found, name="found-group"),
    path("groups/", first_slips.founded_list, name="founded-groups"),
    path("groups/<slug:group_code>/slips/", first_slips.founded, name="founded"),
    path("groups/<slug:group_code>/slips/again/", first_slips.founded_again, name="founded-again"),
    path("g/<slug:group_code>/workbook/", upload.workbook, name="import"),
    path("g/<slug:group_code>/workbook/sign/", upload.ask, name="import-sign"),
    path("g/<slug:group_code>/workbook/bring-in/", upload.bring_in, name="import-run"),
]
