"""Addresses of `funds`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern, path

from funds.views import start

app_name = "funds"

urlpatterns: list[URLPattern] = [
    path("start/", start.start, name="start"),
    path("start/sign/", start.ask, name="start-sign"),
]
