"""Withdrawals beside the meeting: the list, the form, the page on which one is approved or taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.selectors import is_open
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from papers.tables import Cell, Money
from savings.errors import MinimumStays, NotEnoughFree, WithdrawalsUsed
from savings.forms.withdrawals import WithdrawalForm
from savings.models import Withdrawal
from savings.selectors.products import balances_of_books, terms_in_force
from savings.selectors.withdrawals import SHOWS, withdrawals, withdrawals_total
from savings.services.signatures import approve_signed, ask_signature
from savings.services.withdrawals import approve_withdrawal, cancel_withdrawal, request_withdrawal
from savings.views import lists
from savings.views.deposits import cash_refusal, member_named
from thai.digits import to_western

FIELDS: dict[type[DomainError], str] = {MinimumStays: "satang", NotEnoughFree: "satang", WithdrawalsUsed: "book"}


@require_safe
def withdrawal_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the withdrawals asked for beside the meeting."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    found = withdrawals(group, q=words, show=show)
    total = withdrawals_total(found)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-withdrawals", _heads(), _lines(list(found), total))
    context = {
        "group": group,
        "page": lists.page_of(request, found),
        "total": total,
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "savings/withdrawals.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Write a withdrawal down: whose it is, then how much from which book."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    typed = to_western(request.GET.get("member", "")).strip()
    member, today = member_named(group, typed), timezone.localdate()
    context: dict[str, Any] = {"group": group, "typed": typed, "member": member, "is_open": is_open(group)}
    if member is not None and context["is_open"]:
        books = list(member.special_books.select_related("product"))
        saved = balances_of_books(group, books)
        terms = [(book, saved.get(book.number, 0), terms_in_force(book.product, today)) for book in books]
        form = WithdrawalForm(request.POST or None, member=member)
        if request.method == "POST" and form.is_valid():
            row = _request(request, form)
            if row is not None:
                messages.success(request, _("Written down. The money is held until a second officer approves."))
                return redirect("savings:withdrawal", group.code, row.pk)
        context |= {"form": form if books else None, "books": terms}
    return render(request, "savings/withdrawal_new.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, group_code: str, withdrawal_id: int) -> HttpResponse:
    """Show a withdrawal; let a second officer approve it, or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    row = withdrawals(group).filter(pk=withdrawal_id).first()
    if row is None:
        raise Http404
    row.group = row.member.group = group
    if request.method == "POST":
        return _decide(request, row)
    user = lists.person(request)
    context = {
        "group": group,
        "row": row,
        "is_own": row.requested_by_id == user.pk,
        "may_write": has_right(user, group, Right.KEEP_MEETING),
        "signature": live_signature(row),
        "here": request.path,
        "cash_refused": cash_refusal(group, timezone.localdate()) if row.is_waiting and row.way == "cash" else "",
    }
    return render(request, "savings/withdrawal.html", context)


def _request(request: HttpRequest, form: WithdrawalForm) -> Withdrawal | None:
    data = form.cleaned_data
    try:
        return request_withdrawal(
            book=data["book"],
            withdrawal=form.withdrawal(),
            operation=data["operation"],
            by=lists.person(request),
        )
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(type(refusal)))
    return None


def _decide(request: HttpRequest, row: Withdrawal) -> HttpResponse:
    act = request.POST.get("act")
    if act in ("ask", "signed") and row.requested_by_id != lists.person(request).pk:
        raise Http404
    try:
        if act == "cancel":
            cancel_withdrawal(withdrawal=row, by=lists.person(request))
            messages.success(request, _("The withdrawal is cancelled; the money is free again."))
        elif act == "ask":
            ask_signature(row=row)
        elif act in ("approve", "signed"):
            signed = act == "signed"
            paid = approve_signed(row=row) if signed else approve_withdrawal(withdrawal=row, by=lists.person(request))
            assert paid.entry is not None
            messages.success(request, _("Paid. Print the voucher and let the member sign it."))
            return redirect("reports:receipt", row.group.code, paid.entry.n)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("savings:withdrawal", row.group.code, row.pk)


def _heads() -> list[str]:
    return [
        _("Asked for on"), _("Member no."), _("Name"), _("Book"), _("Amount"), _("Way of payment"), _("State"),
        _("Voucher"), _("Asked for by"), _("Approved by"),
    ]  # fmt: skip


def _lines(found: list[Any], total: int) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [
            timezone.localdate(row.requested_at), row.member.number, row.member.full_name, row.book.number,
            Money(row.satang), str(row.get_way_display()), _state(row), row.entry.n if row.entry else None,
            row.requested_by.display_name, row.approved_by.display_name if row.approved_by else None,
        ]
        for row in found
    ]  # fmt: skip
    return [*lines, [None, None, _("Total"), None, Money(total), None, None, None, None, None]]


def _state(row: Any) -> str:
    if row.cancelled_at:
        return _("Cancelled")
    if row.is_waiting:
        return _("Waiting for the second officer")
    return _("Reversed") if row.reversed_n else _("Paid to the member")
