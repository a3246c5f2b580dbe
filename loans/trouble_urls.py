"""Addresses of the portfolio, arrears, letters and acts; `loans.urls` takes them in."""

from django.urls import URLPattern, path

from loans.views import acts, arrears, letters, portfolio

urlpatterns: list[URLPattern] = [
    path("", portfolio.home, name="home"),
    path("arrears/", arrears.arrears_list, name="arrears"),
    path("arrears.pdf", arrears.arrears_paper, name="arrears-paper"),
    path("letters/", letters.letter_list, name="letters"),
    path("letters.pdf", letters.letters_paper, name="letters-paper"),
    path("letters/<int:letter_id>/", letters.letter, name="letter"),
    path("letters/<int:letter_id>.pdf", letters.letter_paper, name="letter-paper"),
    path("<int:contract_id>/letters/new/", letters.letter_write, name="letter-write"),
    path("acts/", acts.act_list, name="acts"),
    path("acts/<int:loan_act_id>/", acts.act, name="act"),
    path("allowance/new/", acts.allowance_new, name="allowance-new"),
    path("<int:contract_id>/acts/<slug:act_kind>/new/", acts.act_new, name="act-new"),
]
