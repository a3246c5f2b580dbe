"""Addresses of a member's own window, below ``g/<group_code>/me/``."""

from django.urls import path

from window.views import group, own

app_name = "window"

urlpatterns = [
    path("", own.home, name="home"),
    path("passbook/", own.passbook, name="passbook"),
    path("receipts/", own.receipts, name="receipts"),
    path("deposit/", group.deposit, name="deposit"),
    path("deposit/code.png", group.deposit_picture, name="deposit-picture"),
    path("pools/<slug:pool>/", group.pool, name="pool"),
]
