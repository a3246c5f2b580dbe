"""Addresses of `window`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "window"

urlpatterns: list[URLPattern] = []
