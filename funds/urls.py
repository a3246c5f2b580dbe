"""Addresses of `funds`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern, path

from funds import views

app_name = "funds"

urlpatterns: list[URLPattern] = [
    path("start/", views.start, name="start"),
    path("start/sign/", views.ask, name="start-sign"),
]
