"""The passbook of a member, for officers; its paper also for whoever may open the passbook."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.access import Right, SignInNeeded, group_or_404, has_right, passbooks_of, person
from members.models import Member, SavingsGroup
from members.services import record_access
from members.views.people import member_tabs
from papers.tables import CSV_TYPE, XLSX_TYPE, Cell, Money, csv_bytes, xlsx_bytes
from savings.papers import passbook_file
from savings.selectors import SavingsBook, passbook, pledge_due
from savings.selectors.own import interest_entries
from savings.wording import heads, line_text
from thai.language import active_language
from thai.months import account_year, account_year_start, add_months


@require_safe
def passbook_page(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Show the lines of a member's savings in an account year; the look is recorded."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    member = _member_or_404(group, number)
    years = _years(request, group)
    book = passbook(member, since=years["since"], until=years["until"])
    if request.GET.get("format") in ("csv", "xlsx"):
        wanted = request.GET.get("book", "")
        shown = next((special for special in book.special if special.number == wanted), book.pledge)
        return _file(member, shown, request.GET["format"], years["year"])
    record_access(user=person(request), members=[member], page="savings:passbook")
    today, runs = timezone.localdate(), interest_entries(member)
    context = {
        **years,
        "group": group,
        "member": member,
        "tabs": member_tabs(group, member, "savings:passbook"),
        "until_shown": min(years["until"], today),
        "book": book,
        "pledge_lines": _worded(book.pledge),
        "special_books": [(special, _worded(special, runs)) for special in book.special],
        "due": pledge_due(group, today, members=[member.pk]).get(member.pk) if years["until"] >= today else None,
    }
    return render(request, "savings/passbook.html", context)


@require_safe
def passbook_paper(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Send the passbook of an account year as a PDF, for an officer or for whoever may open this passbook."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    group = SavingsGroup.objects.filter(code=group_code).first()
    member = Member.objects.select_related("group").filter(group=group, number=number).first() if group else None
    if group is None or member is None or not _may_open(request, member):
        raise Http404
    years = _years(request, group)
    pdf = passbook_file(member, since=years["since"], until=years["until"], book=request.GET.get("book", ""))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="passbook-{member.holder}-{years["year"]}.pdf"'
    return response


def _may_open(request: HttpRequest, member: Member) -> bool:
    if has_right(request.user, member.group, Right.SEE_PEOPLE):
        return True
    return passbooks_of(request.user, member.group).filter(pk=member.pk).exists()


def _member_or_404(group: SavingsGroup, number: int) -> Member:
    member = Member.objects.filter(group=group, number=number).first()
    if member is None:
        raise Http404
    member.group = group
    return member


def _years(request: HttpRequest, group: SavingsGroup) -> dict[str, Any]:
    """The account year that the address asks for, within those that the group has books of, and its days."""
    today = timezone.localdate()
    start_month = group.first_year_starts_on.month
    last = account_year(today, start_month=start_month)
    first = min(account_year(group.first_year_starts_on, start_month=start_month), last)
    typed = request.GET.get("year", "")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else last
    year = min(max(wanted, first), last)
    since = account_year_start(year, start_month=start_month)
    return {
        "year": year,
        "years": list(range(last, first - 1, -1)),
        "since": since,
        "until": date.fromordinal(add_months(since, 12).toordinal() - 1),
    }


def _worded(book: SavingsBook, runs: Mapping[int, int] | None = None) -> list[dict[str, Any]]:
    language, known = active_language(), runs or {}
    return [{"line": line, "text": line_text(line, language), "run": known.get(line.number)} for line in book.lines]


def _file(member: Member, book: SavingsBook, form: str, year: int) -> HttpResponse:
    language = active_language()
    rows: list[list[Cell]] = [
        [
            line.on,
            line.number or None,
            line_text(line, language),
            Money(line.paid_in) if line.paid_in else None,
            Money(line.paid_out) if line.paid_out else None,
            Money(line.balance),
            line.receiver,
        ]
        for line in book.lines
    ]
    name = f"passbook-{book.number or member.holder}-{year}"
    if form == "csv":
        response = HttpResponse(csv_bytes(heads(), rows), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx_bytes(name, heads(), rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
