"""Addresses of `funds`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "funds"

urlpatterns: list[URLPattern] = []
