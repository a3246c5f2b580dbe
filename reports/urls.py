"""Addresses of `reports`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "reports"

urlpatterns: list[URLPattern] = []
