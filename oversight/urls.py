"""Addresses of the district office, below ``d/<district_code>/``."""

from django.urls import URLPattern

app_name = "oversight"

urlpatterns: list[URLPattern] = []
