"""Addresses of a member's own window, below ``g/<group_code>/me/``."""

from django.urls import path

from window import views

app_name = "window"

urlpatterns = [
    path("", views.home, name="home"),
    path("passbook/", views.passbook, name="passbook"),
    path("receipts/", views.receipts, name="receipts"),
]
