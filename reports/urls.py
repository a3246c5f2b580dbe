"""Addresses of `reports`; `config/urls.py` says below which prefix they hang."""

from django.urls import path

from reports.views import books, home, owing, papers

app_name = "reports"

urlpatterns = [
    path("", home.home, name="home"),
    path("owing/", owing.owing, name="owing"),
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
