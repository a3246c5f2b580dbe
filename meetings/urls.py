"""Addresses of `meetings`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "meetings"

urlpatterns: list[URLPattern] = []
