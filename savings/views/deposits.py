"""Money brought beside the meeting: the list, and the form of a receipt."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.selectors import is_open
from funds.services.days import require_bookable
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import Member, SavingsGroup
from papers.tables import Cell, Money
from savings.errors import MonthsDoNotFit, SlipTaken
from savings.forms.deposit import DepositForm
from savings.models import Deposit
from savings.selectors.deposits import SHOWS, asked_of, deposits, deposits_total, waiting_transfers
from savings.services.deposits import record_deposit
from savings.views import lists
from savings.wording import months_text
from thai.digits import to_western
from thai.language import active_language

LONGEST_FEE = 9
FIELDS: dict[type[DomainError], str] = {MonthsDoNotFit: "pledge", SlipTaken: "slip_ref"}


@require_safe
def deposit_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show what members brought beside the meeting, and which transfers the bank book has not shown yet."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    found = deposits(group, q=words, show=show)
    total = deposits_total(found)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-deposits", _heads(), _lines(list(found), total))
    context = {
        "group": group,
        "page": lists.page_of(request, found),
        "total": total,
        "waiting": waiting_transfers(group),
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "savings/deposits.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deposit_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Take a member's money: whose it is, then how much for what; the receipt follows at once."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    typed = to_western(request.GET.get("member", "")).strip()
    member = member_named(group, typed)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "group": group,
        "typed": typed,
        "member": member,
        "is_open": is_open(group),
        "cash_refused": cash_refusal(group, today),
    }
    if member is not None and context["is_open"]:
        asked = asked_of(member, today)
        initial = _initial(request, asked, context["cash_refused"])
        form = DepositForm(request.POST or None, member=member, initial=initial)
        if request.method == "POST" and form.is_valid():
            deposit = _record(request, member, form)
            if deposit is not None:
                messages.success(request, _("Received; receipt no. %(number)s") % {"number": deposit.entry.n})
                return redirect("reports:receipt", group.code, deposit.entry.n)
        months = months_text(asked.months, today, active_language())
        context |= {"form": form, "asked": asked, "asked_months": months}
    return render(request, "savings/deposit_new.html", context)


def member_named(group: SavingsGroup, typed: str) -> Member | None:
    """The active member with the number that was typed."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        return None
    member = Member.objects.filter(group=group, number=int(typed), status=Member.Status.ACTIVE).first()
    if member is not None:
        member.group = group
    return member


def cash_refusal(group: SavingsGroup, on: date) -> str:
    """Why cash cannot be taken or paid on a day; nothing where it can."""
    try:
        require_bookable(group=group, on=on, touches_cash=True)
    except DomainError as refusal:
        return refusal.message
    return ""


def _initial(request: HttpRequest, asked: Any, cash_refused: str) -> dict[str, Any]:
    """What is due; the page of a new member's admission names the fees in the address (satang)."""
    found: dict[str, Any] = {"way": "transfer"} if cash_refused else {}
    fee = request.GET.get("fee", "")
    if fee.isascii() and fee.isdigit() and len(fee) < LONGEST_FEE:
        found["fee"] = int(fee)
    if asked.pledge:
        found["pledge"] = asked.pledge
    if asked.fine:
        found["fine"] = asked.fine
    return found


def _record(request: HttpRequest, member: Member, form: DepositForm) -> Deposit | None:
    try:
        return record_deposit(
            member=member,
            deposit=form.deposit(),
            operation=form.cleaned_data["operation"],
            by=lists.person(request),
        )
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(type(refusal)))
    return None


def _heads() -> list[str]:
    return [
        _("Date"), _("Receipt"), _("Member no."), _("Name"), _("Pledge"), _("Special savings"), _("Fees"), _("Fine"),
        _("Total"), _("Way of payment"), _("Number of the transfer slip"), _("State"), _("Receiver"),
    ]  # fmt: skip


def _lines(found: list[Any], total: int) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [
            row.received_on, row.entry.n, row.member.number, row.member.full_name, Money(row.pledge_satang),
            Money(row.special_satang), Money(row.fee_satang), Money(row.fine_satang), Money(row.total_satang),
            str(row.get_way_display()), row.slip_ref, _state(row), row.recorded_by.display_name,
        ]
        for row in found
    ]  # fmt: skip
    return [*lines, [None, None, None, _("Total"), None, None, None, None, Money(total), None, None, None, None]]


def _state(row: Any) -> str:
    if row.reversed_n:
        return _("Reversed")
    if not row.is_transfer:
        return _("Received in cash")
    return _("Found in the bank book") if row.is_matched else _("Waiting to be checked against the bank book")
