"""Addresses of `intake`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "intake"

urlpatterns: list[URLPattern] = []
