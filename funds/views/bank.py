"""The group's bank accounts: the register, one account with its months, entering, correcting, closing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.bankbook import next_month
from funds.forms.bank import AccountForm, CloseForm, said_changes
from funds.models import BankAccount
from funds.selectors.bank import bank_accounts, bank_totals
from funds.selectors.bank_book import changes_counted, months_of
from funds.selectors.bank_moves import bank_moves
from funds.services.bank_accounts import change_account, close_account, register_account
from funds.services.bank_pages import is_treasurer
from funds.views.pages import file_of, person, wants_file
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Money
from thai.months import add_months, month_of

MONTHS_TO_BEGIN = 12


@require_safe
@never_cache
def bank(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show every bank account of the group, those of the ledger alone too."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    found = bank_accounts(group)
    if wants_file(request):
        return _file(request, group)
    context = {
        "group": group,
        "banks": found,
        **bank_totals(found),
        "today": timezone.localdate(),
        "latest": bank_moves(group)[:5],
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/bank.html", context)


def _file(request: HttpRequest, group: SavingsGroup) -> HttpResponse:
    heads = [_("Bank"), _("Account number"), _("Account name"), _("Operating pool"), _("Administrative pool")]
    found = bank_accounts(group)
    rows: list[Any] = [
        (
            each.account.bank if each.account else "",
            each.account.number if each.account else each.holder,
            each.account.name if each.account else "",
            Money(each.operating or 0),
            Money(each.administrative or 0),
        )
        for each in found
    ]
    total = [Money(satang) for satang in bank_totals(found).values()]
    return file_of(request, f"{group.code}-bank", heads, [*rows, (_("Total"), "", "", *total)])


@require_safe
@never_cache
def account(request: HttpRequest, group_code: str, account_id: int) -> HttpResponse:
    """Show one account: what it is, its typed months with their reconciliations, who changed what."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = account_or_404(group, account_id)
    stands = next(each for each in bank_accounts(group) if each.holder == row.holder)
    months = list(months_of(row))
    signed = {page.pk: page.reconciliation for page in months if hasattr(page, "reconciliation")}
    late = changes_counted(row, list(signed.values()))
    this_month = month_of(timezone.localdate())
    following = months[0].month if months and months[0].is_draft else next_month(months[0].month) if months else None
    context = {
        "group": group,
        "account": row,
        "stands": stands,
        "months": [
            {"page": page, "done": (done := signed.get(page.pk)), "changes": late[done.pk] if done else 0}
            for page in months
        ],
        "next_month": following,
        "can_type": following is not None and following <= this_month,
        "first_months": [add_months(this_month, -back) for back in range(1, MONTHS_TO_BEGIN + 1)],
        "changes": [
            {"by": each.by, "at": each.at, "lines": said_changes(each)} for each in row.changes.select_related("by")
        ],
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
        "may_type": not is_treasurer(person(request), group),
    }
    return render(request, "funds/bank_account.html", context)


@require_safe
def begin(request: HttpRequest, group_code: str, account_id: int) -> HttpResponse:
    """Lead to the month with which the bank book begins."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = account_or_404(group, account_id)
    wanted = request.GET.get("month") or f"{add_months(month_of(timezone.localdate()), -1):%Y-%m}"
    return redirect("funds:bank-book", group.code, row.pk, f"{month_or_404(wanted):%Y-%m}")


@require_http_methods(["GET", "POST"])
@never_cache
def register(request: HttpRequest, group_code: str) -> HttpResponse:
    """Enter a bank account, or one that so far only the ledger knows (`?holder=`)."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    holder = request.GET.get("holder")
    unknown = {each.holder for each in bank_accounts(group) if each.account is None}
    if holder is not None and holder not in unknown:
        raise Http404
    initial = {"number": holder} if holder else {"pools": "OA"}
    form = AccountForm(request.POST or None, group=group, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = register_account(group=group, by=person(request), account=form.account(), holder=holder)
        except DomainError as refusal:
            form.refuse(refusal, "number")
        else:
            messages.success(request, _("The bank account stands in the register."))
            return redirect("funds:bank-account", group.code, row.pk)
    back = reverse("funds:bank", args=[group.code])
    context = {"group": group, "form": form, "title": _("Enter a bank account"), "back": back}
    return render(request, "funds/bank_account_form.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def change(request: HttpRequest, group_code: str, account_id: int) -> HttpResponse:
    """Correct what the register says of an account."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = account_or_404(group, account_id)
    form = AccountForm(request.POST or None, group=group, account=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_account(account=row, by=person(request), to=form.account())
        except DomainError as refusal:
            form.refuse(refusal, "number")
        else:
            messages.success(request, _("Saved. What stood before stays readable below."))
            return redirect("funds:bank-account", group.code, row.pk)
    return render(request, "funds/bank_account_form.html", _form_of(row, form, _("Correct the register")))


@require_http_methods(["GET", "POST"])
@never_cache
def close(request: HttpRequest, group_code: str, account_id: int) -> HttpResponse:
    """Note that the bank has closed an account."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = account_or_404(group, account_id)
    form = CloseForm(request.POST or None, group=group, initial={"closed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            close_account(account=row, by=person(request), on=data["closed_on"], resolution=data["resolution"])
        except DomainError as refusal:
            form.refuse(refusal, "closed_on")
        else:
            messages.success(request, _("The bank account is closed."))
            return redirect("funds:bank-account", group.code, row.pk)
    context = _form_of(row, form, _("The bank has closed this account")) | {"closing": True}
    return render(request, "funds/bank_account_form.html", context)


def _form_of(row: BankAccount, form: Any, title: str) -> dict[str, Any]:
    back = reverse("funds:bank-account", args=[row.group.code, row.pk])
    return {"group": row.group, "account": row, "form": form, "title": title, "back": back}


def account_or_404(group: SavingsGroup, account_id: int) -> BankAccount:
    """The group's bank account of an address."""
    row = BankAccount.objects.filter(group=group, pk=account_id).select_related("registered_by", "resolution").first()
    if row is None:
        raise Http404
    row.group = group
    return row


def month_or_404(text: str) -> date:
    """The first day of a month written as 2026-03, not in the future."""
    year, _dash, number = text.partition("-")
    if not (len(text) == 7 and (year + number).isascii() and (year + number).isdigit()):
        raise Http404
    if not (1900 <= int(year) <= 2400 and 1 <= int(number) <= 12):
        raise Http404
    month = date(int(year), int(number), 1)
    if month > timezone.localdate():
        raise Http404
    return month
