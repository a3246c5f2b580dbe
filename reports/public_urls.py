"""Addresses open to everybody: the check of a receipt's code."""

from django.urls import URLPattern

app_name = "public"

urlpatterns: list[URLPattern] = []
