"""Addresses of savings, below ``g/<group_code>/savings/``."""

from django.urls import path

from savings import views

app_name = "savings"

urlpatterns = [
    path("<int:number>/", views.passbook_page, name="passbook"),
    path("<int:number>/passbook.pdf", views.passbook_paper, name="passbook-pdf"),
]
