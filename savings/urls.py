"""Addresses of savings, below ``g/<group_code>/savings/``."""

from django.urls import path

from savings.views import passbook, pledge

app_name = "savings"

urlpatterns = [
    path("<int:number>/", passbook.passbook_page, name="passbook"),
    path("<int:number>/passbook.pdf", passbook.passbook_paper, name="passbook-pdf"),
    path("<int:number>/pledge/", pledge.pledge, name="pledge"),
]
