"""Addresses of `reports`; `config/urls.py` says below which prefix they hang."""

from django.urls import path

from reports.views import books, home

app_name = "reports"

urlpatterns = [
    path("", home.home, name="home"),
    path("books/", books.books, name="books"),
    path("books/entries/", books.entries, name="entries"),
    path("books/entries/<int:n>/", books.entry, name="entry"),
    path("books/accounts/<slug:code>/", books.account, name="account"),
]
