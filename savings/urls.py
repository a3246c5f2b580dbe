"""Addresses of savings, below ``g/<group_code>/savings/``."""

from django.urls import path

from savings.views import deposits, months, passbook, pledge, register

app_name = "savings"

urlpatterns = [
    path("register/", register.control_register, name="register"),
    path("register/print.pdf", register.register_paper, name="register-pdf"),
    path("deposits/", deposits.deposit_list, name="deposits"),
    path("deposits/new/", deposits.deposit_new, name="deposit-new"),
    path("months/", months.months, name="months"),
    path("<int:number>/", passbook.passbook_page, name="passbook"),
    path("<int:number>/passbook.pdf", passbook.passbook_paper, name="passbook-pdf"),
    path("<int:number>/pledge/", pledge.pledge, name="pledge"),
]
