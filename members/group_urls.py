"""Addresses of a group's people, below ``g/<group_code>/``."""

from django.urls import URLPattern

app_name = "people"

urlpatterns: list[URLPattern] = []
