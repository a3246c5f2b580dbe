"""Addresses of a member's own window, below ``g/<group_code>/me/``."""

from django.urls import path

from window.views import asking, dividend, group, loans, own

app_name = "window"

urlpatterns = [
    path("", own.home, name="home"),
    path("passbook/", own.passbook, name="passbook"),
    path("receipts/", own.receipts, name="receipts"),
    path("loans/", loans.loans, name="loans"),
    path("dividend/", dividend.dividend, name="dividend"),
    path("dividend/paper.pdf", dividend.dividend_paper, name="dividend-paper"),
    path("deposit/", group.deposit, name="deposit"),
    path("deposit/code.png", group.deposit_picture, name="deposit-picture"),
    path("loans/ask/", asking.loan_apply, name="loan-apply"),
    path("loans/ask/limits/", asking.loan_limits, name="loan-limits"),
    path("loans/applications/<int:application_id>/", asking.loan_application, name="loan-application"),
    path("guarantees/", asking.guarantees, name="guarantees"),
    path("pools/<slug:pool>/", group.pool, name="pool"),
]
