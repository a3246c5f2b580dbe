"""Addresses of a member's own window, below ``g/<group_code>/me/``."""

from django.urls import path

from window import group_views, views

app_name = "window"

urlpatterns = [
    path("", views.home, name="home"),
    path("passbook/", views.passbook, name="passbook"),
    path("receipts/", views.receipts, name="receipts"),
    path("deposit/", group_views.deposit, name="deposit"),
    path("deposit/code.png", group_views.deposit_picture, name="deposit-picture"),
    path("pools/<slug:pool>/", group_views.pool, name="pool"),
]
