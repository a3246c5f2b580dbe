"""A member's own window: the balances, the passbook, the receipts. Read only, and only of passbooks one may open."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from funds.selectors.bank_confirmation import bank_confirmation
from funds.views.pages import person
from loans.selectors.guarantors import asked_guarantees
from loans.selectors.member_loans import member_loans
from meetings.models import Meeting
from members.models import Member
from reports import lists
from reports.selectors import years
from reports.selectors.meetings import closed_meetings
from reports.tonight import tonight_of
from savings.selectors import Passbook, SavingsBook
from savings.selectors import passbook as read_passbook
from savings.selectors.own import interest_entries, terms_of_books, withdrawals_of
from savings.wording import line_text, months_text
from thai.language import active_language
from thai.months import account_year_start
from window.selectors.dividend import last_dividend
from window.selectors.group import our_group
from window.selectors.papers import decisions_of, in_words, papers_of
from window.selectors.pledges import pledge_year, special_balance
from window.views.passbooks import common, opened

RECEIPTS_AT_HOME = 3


def _year(request: HttpRequest) -> int | None:
    typed = request.GET.get("year", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None


@require_safe
def home(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the own balances, tonight's line, the pledge calendar, the last receipts and the group's totals."""
    member, books = opened(request, group_code)
    today = timezone.localdate()
    last = closed_meetings(group=member.group).first()
    papers = papers_of(member=member)
    book = read_passbook(member)
    tonight = tonight_of(member=member)
    pledges = pledge_year(member=member, year=_year(request), today=today, tonight=tonight, last=last)
    context = {
        **common(member, books),
        "today": today,
        "last": last,
        "later": _later(book, last),
        "pledge_satang": book.pledge.balance,
        "special_satang": special_balance(book),
        "special_books": len(book.special),
        "tonight": tonight,
        "withdrawals": withdrawals_of(member),
        "dividend": last_dividend(member),
        "loans": member_loans(member, today),
        "asked_guarantees": asked_guarantees(person(request), member.group).count(),
        "pledges": pledges,
        "owed_months": months_text(pledges.owed, today, active_language()),
        "papers": in_words(member=member, entries=list(papers[:RECEIPTS_AT_HOME])),
        "papers_count": papers.count(),
        "decisions": decisions_of(member=member),
        "confirmation": bank_confirmation(member.group, today),
        "ours": our_group(group=member.group, last=last),
    }
    return render(request, "window/home.html", context)


def _later(book: Passbook, last: Meeting | None) -> date | None:
    """The day of the last line in the balances, where it came after the last close: a correction."""
    days = [line.on for each in (book.pledge, *book.special) for line in each.lines if line.amount]
    latest = max(days, default=None)
    return latest if latest is not None and last is not None and latest > last.held_on else None


@require_safe
def passbook(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show every line of the own savings in an account year, with the balance after it."""
    member, books = opened(request, group_code)
    today = timezone.localdate()
    this_year = years.year_of(group=member.group, on=today)
    first_year = years.year_of(group=member.group, on=member.group.first_year_starts_on)
    year = min(max(_year(request) or this_year, first_year), this_year)
    since = _first_day(member, year, today)
    book = read_passbook(member, since=since, until=years.year_end(since))
    runs, terms = interest_entries(member), terms_of_books(member, today)
    context = {
        **common(member, books),
        "year": year,
        "earlier": year - 1 if year > first_year else None,
        "later": year + 1 if year < this_year else None,
        "today": today,
        "pledge_book": _in_words(book.pledge),
        "special_books": [_in_words(each, runs) | {"terms": terms.get(each.number)} for each in book.special],
        "withdrawals": withdrawals_of(member),
        "tonight": tonight_of(member=member) if year == this_year else None,
    }
    return render(request, "window/passbook.html", context)


def _in_words(book: SavingsBook, runs: Mapping[int, int] | None = None) -> dict[str, Any]:
    known = runs or {}
    lines = [(line, line_text(line, active_language()), known.get(line.number)) for line in book.lines]
    return {"book": book, "lines": lines}


def _first_day(member: Member, year: int, today: date) -> date:
    return account_year_start(year, start_month=years.year_start(group=member.group, on=today).month)


@require_safe
def receipts(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show every receipt and voucher of the member with its code."""
    member, books = opened(request, group_code)
    page = lists.page_of(request, papers_of(member=member))
    context = {
        **common(member, books),
        "page": page,
        "papers": in_words(member=member, entries=list(page.object_list)),
        "query": lists.query_without(request),
    }
    return render(request, "window/receipts.html", context)
