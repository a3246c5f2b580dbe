"""Addresses of `membership`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "membership"

urlpatterns: list[URLPattern] = []
