"""Addresses of `savings`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern

app_name = "savings"

urlpatterns: list[URLPattern] = []
