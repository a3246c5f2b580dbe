"""The addresses of slips at the door; `config/urls.py` adds them to those of `members`."""

from django.urls import URLPattern, path

from membership.views import activation

urlpatterns: list[URLPattern] = [
    path("activate/", activation.activate, name="activate"),
    path("activate/password/", activation.set_password, name="activate-password"),
    path("activate/done/", activation.activated, name="activated"),
]
