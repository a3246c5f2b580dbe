"""Addresses of `reports`; `config/urls.py` says below which prefix they hang."""

from django.urls import path

from reports.views import books, collection, deposits, hand_over, home, owing, papers, pools

app_name = "reports"

urlpatterns = [
    path("", home.home, name="home"),
    path("owing/", owing.owing, name="owing"),
    path("collection/", collection.collection_list, name="collection"),
    path("collection/list.pdf", collection.collection_paper, name="collection-pdf"),
    path("hand-over/<int:office_id>/", hand_over.hand_over_page, name="hand-over"),
    path("hand-over/<int:office_id>/list.pdf", hand_over.hand_over_paper, name="hand-over-pdf"),
    path("pools/<slug:pool>/", pools.pool, name="pool"),
    path("pools/<slug:pool>/<slug:side>/<slug:head>/", pools.pool_figure, name="pool-figure"),
    path("deposit-code/", deposits.deposit_code, name="deposit-code"),
    path("deposit-code/slip.pdf", deposits.deposit_slip, name="deposit-slip"),
    path("books/", books.books, name="books"),
    path("books/entries/", books.entries, name="entries"),
    path("books/entries/<int:n>/", books.entry, name="entry"),
    path("books/accounts/<slug:code>/", books.account, name="account"),
    path("papers/<int:n>/", papers.receipt, name="receipt"),
    path("papers/<int:n>/print.pdf", papers.receipt_file, name="receipt-pdf"),
    path("papers/meetings/<int:meeting_id>/", papers.minutes, name="minutes"),
    path("papers/meetings/<int:meeting_id>/minutes.pdf", papers.minutes_paper, name="minutes-pdf"),
    path("papers/meetings/<int:meeting_id>/receipts.pdf", papers.meeting_receipts, name="meeting-receipts"),
    path("papers/meetings/<int:meeting_id>/vouchers.pdf", papers.meeting_vouchers, name="meeting-vouchers"),
    path("papers/meetings/<int:meeting_id>/sign-sheet.pdf", papers.sign_sheet, name="sign-sheet"),
]
