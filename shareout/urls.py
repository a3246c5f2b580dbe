"""Addresses of the year end, below ``g/<group_code>/year-end/``."""

from django.urls import path

from shareout.views import payments, share_outs, years

app_name = "shareout"

urlpatterns = [
    path("", years.home, name="home"),
    path("<int:year>/", years.year, name="year"),
    path("<int:year>/statements/", years.year_statements, name="statements"),
    path("<int:year>/adopt/", share_outs.adopt, name="adopt"),
    path("share-outs/<int:share_out_id>/", share_outs.share_out, name="share-out"),
    path("share-outs/<int:share_out_id>/payments/", payments.payments, name="payments"),
    path("share-outs/<int:share_out_id>/sign-list.pdf", payments.sign_list_paper, name="sign-list"),
    path("payments/", payments.unpaid, name="unpaid"),
    path("payments/<int:share_payment_id>/", payments.payment, name="payment"),
]
