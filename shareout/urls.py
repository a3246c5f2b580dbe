"""Addresses of the year end, below ``g/<group_code>/year-end/``."""

from django.urls import URLPattern

app_name = "shareout"

urlpatterns: list[URLPattern] = []
