"""Addresses of `funds`; `config/urls.py` says below which prefix they hang."""

from django.urls import URLPattern, path

from funds.views import advances, bank_loans, money, money_in, photos, start, vouchers

app_name = "funds"

urlpatterns: list[URLPattern] = [
    path("start/", start.start, name="start"),
    path("start/sign/", start.ask, name="start-sign"),
    path("money/", money.money, name="money"),
    path("money/approvals/", money.approvals, name="approvals"),
    path("money/in/", money_in.money_in_list, name="money-in"),
    path("money/in/new/", money_in.money_in_new, name="money-in-new"),
    path("money/out/", vouchers.voucher_list, name="vouchers"),
    path("money/out/new/<slug:kind>/", vouchers.voucher_new, name="voucher-new"),
    path("money/out/<int:voucher_id>/", vouchers.voucher, name="voucher"),
    path("money/out/<int:voucher_id>/approve/", vouchers.approve, name="voucher-approve"),
    path("money/out/<int:voucher_id>/approve-signed/", vouchers.approve_signed, name="voucher-approve-signed"),
    path("money/out/<int:voucher_id>/ask/", vouchers.ask, name="voucher-ask"),
    path("money/out/<int:voucher_id>/today/", vouchers.to_today, name="voucher-today"),
    path("money/out/<int:voucher_id>/cancel/", vouchers.cancel, name="voucher-cancel"),
    path("money/advances/", advances.advances, name="advances"),
    path("money/advances/<slug:pool>/<int:number>/", advances.settle, name="settle"),
    path("money/between/", advances.pool_advances, name="pool-advances"),
    path("money/loans/", bank_loans.bank_loans, name="bank-loans"),
    path("money/loans/new/", bank_loans.bank_loan_new, name="bank-loan-new"),
    path("money/loans/<int:loan_id>/", bank_loans.bank_loan, name="bank-loan"),
    path("money/loans/<int:loan_id>/<int:instalment>/", bank_loans.pay_instalment, name="instalment"),
    path("photos/<int:photo_id>/", photos.photo, name="photo"),
]
