"""Addresses of `members`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "members"

urlpatterns: list[URLPattern] = []
