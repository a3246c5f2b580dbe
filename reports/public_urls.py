"""Addresses open to everybody: the check of a receipt's code."""

from django.urls import path

from reports.views import codes

app_name = "public"

urlpatterns = [
    path("c/", codes.check, name="check"),
    path("c/<str:group_code>/<str:n>/<str:code>", codes.code, name="code"),
]
