"""Addresses of savings, below ``g/<group_code>/savings/``."""

from django.urls import path

from savings.views import deposits, interest, months, passbook, pledge, products, register, withdrawals

app_name = "savings"

urlpatterns = [
    path("register/", register.control_register, name="register"),
    path("register/print.pdf", register.register_paper, name="register-pdf"),
    path("deposits/", deposits.deposit_list, name="deposits"),
    path("deposits/new/", deposits.deposit_new, name="deposit-new"),
    path("withdrawals/", withdrawals.withdrawal_list, name="withdrawals"),
    path("withdrawals/new/", withdrawals.withdrawal_new, name="withdrawal-new"),
    path("withdrawals/<int:withdrawal_id>/", withdrawals.withdrawal, name="withdrawal"),
    path("products/", products.product_list, name="products"),
    path("products/<int:product_id>/", products.product, name="product"),
    path("products/<int:product_id>/terms/", products.product_terms, name="product-terms"),
    path("products/<int:product_id>/interest/", interest.interest_preview, name="interest-preview"),
    path("books/<int:book_id>/product/", products.book_product, name="book-product"),
    path("interest/<int:run_id>/", interest.interest, name="interest"),
    path("interest/<int:run_id>/members/<int:number>/", interest.interest_of_book, name="interest-book"),
    path("months/", months.months, name="months"),
    path("<int:number>/", passbook.passbook_page, name="passbook"),
    path("<int:number>/passbook.pdf", passbook.passbook_paper, name="passbook-pdf"),
    path("<int:number>/pledge/", pledge.pledge, name="pledge"),
]
