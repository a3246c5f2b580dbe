"""Paying dividend and rebate: everyone who is unpaid on one sheet, lists approved at once, the sign list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.sign_sheet import sign_sheet_pdf
from papers.tables import Money
from savings.views import lists
from shareout.forms.share_outs import PayForm
from shareout.models import ShareOut, SharePayment
from shareout.selectors.payments import (
    Unpaid,
    WaitingList,
    own_members,
    payable_now,
    totals_of_unpaid,
    unpaid_shares,
    usable_signature,
    waiting_lists,
)
from shareout.selectors.payments import waiting_list as list_of
from shareout.selectors.share_outs import share_outs_of
from shareout.services.payments import approve_payments, cancel_payments, request_payments
from shareout.services.signatures import approve_signed_payments, ask_payments_signature
from shareout.sign_list import sign_list
from shareout.views.share_outs import share_out_or_404

Way = SharePayment.Way


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: HttpRequest, group_code: str, share_out_id: int) -> HttpResponse:
    """Show everyone with dividend or rebate to be paid, of this and of earlier years, and ask for those ticked."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    return _sheet(request, group, share_out_or_404(group, share_out_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unpaid(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the same of a group as its last share-out left it; without one, what the paper book left unpaid."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    return _sheet(request, group, share_outs_of(group).filter(posted_at__isnull=False).first())


def _sheet(request: HttpRequest, group: SavingsGroup, share_out: ShareOut | None) -> HttpResponse:
    user = lists.person(request)
    may_write = has_right(user, group, Right.KEEP_YEAR_END)
    rows = unpaid_shares(group, officer=user, of=share_out)
    form = PayForm(request.POST or None, group=group)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid() and (first := _asked(request, group, form, rows)) is not None:
            messages.success(request, _("Written down. Now a second officer looks at it and approves."))
            return redirect("shareout:payment", group.code, first.pk)
    words = lists.words_of(request)
    shown = [row for row in rows if _fits(row, words)]
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-unpaid-shares", _heads(), [_line(row) for row in shown])
    context = {
        "group": group,
        "row": share_out,
        "shown": shown,
        "totals": totals_of_unpaid(rows),
        "waiting": waiting_lists(group),
        "form": form,
        "may_write": may_write,
        "words": words,
        "query": lists.query_without(request),
    }
    return render(request, "shareout/payments.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, group_code: str, share_payment_id: int) -> HttpResponse:
    """Show a list of payments that was asked for together; approve it at once, or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    found = _list_or_404(group, share_payment_id)
    if request.method == "POST":
        return _decide(request, group, found)
    user = lists.person(request)
    own = own_members(user)
    context = {
        "group": group,
        "list": found,
        "first": found.first,
        "is_own": found.first.requested_by_id == user.pk,
        "is_payee": any(row.member_id in own for row in found.rows),
        "may_approve": found.first.requested_by_id != user.pk and has_right(user, group, Right.COSIGN),
        "may_write": has_right(user, group, Right.KEEP_YEAR_END),
        "signature": usable_signature(found.first) if found.first.is_waiting else None,
        "here": request.path,
    }
    return render(request, "shareout/payment.html", context)


@require_safe
def sign_list_paper(request: HttpRequest, group_code: str, share_out_id: int) -> HttpResponse:
    """Print the list on which each member signs for the cash."""
    group = group_or_404(request.user, group_code, Right.KEEP_YEAR_END)
    share_out = share_out_or_404(group, share_out_id)
    response = HttpResponse(
        sign_sheet_pdf(sign_list(share_out, unpaid_shares(group, of=share_out))), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{group.code}-sign-list-{share_out.year.year}.pdf"'
    return response


def _asked(request: HttpRequest, group: SavingsGroup, form: PayForm, unpaid: list[Unpaid]) -> SharePayment | None:
    if request.POST.get("everyone"):
        chosen = payable_now(group, unpaid, form.cleaned_data["way"])
    else:
        chosen = [int(value) for value in request.POST.getlist("member") if value.isascii() and value.isdecimal()]
    try:
        rows = request_payments(
            group=group,
            asked=form.asked(chosen),
            operation=form.cleaned_data["operation"],
            by=lists.person(request),
        )
    except DomainError as refusal:
        form.refuse(refusal)
        return None
    return SharePayment.objects.get(operation=rows[0].operation)


def _list_or_404(group: SavingsGroup, pk: int) -> WaitingList:
    """The list that waits, or, once it was decided, the payments decided with this one."""
    if (found := list_of(group, pk)) is not None:
        return found
    row = SharePayment.objects.filter(group=group, pk=pk).first()
    if row is None:
        raise Http404
    same = {name: getattr(row, name) for name in ("requested_by", "requested_at", "way", "slip_ref")}
    rows = SharePayment.objects.filter(group=group, **same)
    related = rows.select_related("member", "entry", "requested_by", "approved_by", "cancelled_by", "signature")
    decided = list(related.order_by("member__number"))
    for each in decided:
        each.group = each.member.group = group
    return WaitingList(tuple(decided))


def _decide(request: HttpRequest, group: SavingsGroup, found: WaitingList) -> HttpResponse:
    officer, act, rows = lists.person(request), request.POST.get("act"), found.rows
    if act in ("ask", "signed", "cancel") and not has_right(officer, group, Right.KEEP_YEAR_END):
        raise Http404
    if act in ("ask", "signed") and found.first.requested_by_id != officer.pk:
        raise Http404
    try:
        if act == "ask":
            ask_payments_signature(rows=rows)
        elif act in ("approve", "signed"):
            approve_signed_payments(rows=rows) if act == "signed" else approve_payments(payments=rows, by=officer)
            messages.success(request, _("Paid and posted, an entry for each member."))
        elif act == "cancel":
            cancel_payments(payments=rows, by=officer)
            messages.success(request, _("Taken back. Nothing was posted."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("shareout:payment", group.code, found.first.pk)


def _fits(row: Unpaid, words: str) -> bool:
    return not words or words in row.member.full_name or words.lstrip("0") == str(row.member.number)


def _heads() -> list[str]:
    return [_("Member no."), _("Name"), _("Of this share-out"), _("Of earlier years"), _("Unpaid"), _("Waits")]


def _line(row: Unpaid) -> list[Any]:
    sums = (min(row.of_this, row.unpaid), row.earlier, row.unpaid, row.waiting)
    return [row.member.number, row.member.full_name, *(Money(satang) for satang in sums)]
