"""Addresses of `intake`, at the root: a new group, a group's workbook."""

from django.urls import URLPattern, path

from intake.views import first_slips, founding, opening, opening_files, upload

app_name = "intake"

urlpatterns: list[URLPattern] = [
    path("groups/new/", founding.found, name="found-group"),
    path("groups/", first_slips.founded_list, name="founded-groups"),
    path("groups/<slug:group_code>/slips/", first_slips.founded, name="founded"),
    path("g/<slug:group_code>/workbook/", upload.workbook, name="import"),
    path("g/<slug:group_code>/workbook/sign/", upload.ask, name="import-sign"),
    path("g/<slug:group_code>/workbook/bring-in/", upload.bring_in, name="import-run"),
    path("g/<slug:group_code>/opening/", opening.opening, name="opening"),
    path("g/<slug:group_code>/opening/rows/<slug:table>/<uuid:row_uuid>/", opening.row, name="opening-row"),
    path("g/<slug:group_code>/opening/first-day/", opening.first_day, name="opening-day"),
    path("g/<slug:group_code>/opening/excel/", opening.excel, name="opening-excel"),
    path("g/<slug:group_code>/opening/upload/", opening_files.upload, name="opening-upload"),
    path("g/<slug:group_code>/opening/paste/", opening_files.paste, name="opening-paste"),
    path("g/<slug:group_code>/opening/shown/", opening.shown, name="opening-shown"),
    path("g/<slug:group_code>/opening/sign/", opening.ask, name="opening-sign"),
    path("g/<slug:group_code>/opening/post/", opening.begin, name="opening-post"),
]
