"""Addresses of the loans, below ``g/<group_code>/loans/``."""

from django.urls import URLPattern, path

from loans import deciding_urls, trouble_urls
from loans.views import applications, asking, guarantors, loan, member_loans, products, register, repayments

app_name = "loans"

urlpatterns: list[URLPattern] = [
    *trouble_urls.urlpatterns,
    *deciding_urls.urlpatterns,
    path("register/", register.loan_list, name="list"),
    path("register.pdf", register.loan_list_paper, name="list-paper"),
    path("members/<int:number>/", member_loans.member, name="member"),
    path("<int:contract_id>/", loan.loan, name="loan"),
    path("repayments/", repayments.repayment_list, name="receipts"),
    path("<int:contract_id>/repay/", repayments.repay, name="repay"),
    path("products/", products.product_list, name="products"),
    path("products/new/", products.product_new, name="product-new"),
    path("products/<int:loan_product_id>/", products.product, name="product"),
    path("products/<int:loan_product_id>/terms/", products.product_terms, name="product-terms"),
    path("applications/", applications.application_list, name="applications"),
    path("applications/new/", asking.apply, name="apply"),
    path("applications/limits/", asking.limits, name="limits"),
    path("applications/<int:application_id>/", applications.application, name="application"),
    path("guarantors/", guarantors.guarantor_list, name="guarantors"),
    path("guarantors/<int:number>/", guarantors.guarantor, name="guarantor"),
    path("guarantees/<int:guarantee_id>/replace/", applications.guarantor_replace, name="guarantor-replace"),
]
