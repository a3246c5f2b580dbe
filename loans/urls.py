"""Addresses of the loans, below ``g/<group_code>/loans/``."""

from django.urls import URLPattern

app_name = "loans"

urlpatterns: list[URLPattern] = []
