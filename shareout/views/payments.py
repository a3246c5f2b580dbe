"""Paying dividend and rebate: everyone on one sheet, a press for each, lists approved at once, the sign list."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.sign_sheet import sign_sheet_pdf
from papers.tables import Money
from savings.views import lists
from shareout.forms.payments import PayForm
from shareout.models import ShareOut, SharePayment
from shareout.selectors.payments import (
    Unpaid,
    payable_now,
    totals_of_unpaid,
    unpaid_shares,
    waiting_lists,
    waiting_rows,
)
from shareout.selectors.share_outs import share_outs_of
from shareout.services.payments import PaymentList, cancel_payments, request_payments
from shareout.share_out_errors import NobodyChosen, PaymentDone
from shareout.sign_list import sign_list
from shareout.views.share_outs import share_out_or_404

Way = SharePayment.Way
SHOWS = ("due", "paid", "all")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: HttpRequest, group_code: str, share_out_id: int) -> HttpResponse:
    """Show everyone with dividend or rebate to be paid, of this and of earlier years; pay by a press or by a list."""
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
    if request.method == "POST" and not may_write:
        raise Http404
    if request.method == "POST" and ("pay" in request.POST or "back" in request.POST):
        return _pressed(request, group, share_out)
    show, words = lists.chosen(request, "show", SHOWS), lists.words_of(request)
    rows = unpaid_shares(group, officer=user, of=share_out, show=show)
    form = PayForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid() and (first := _asked(request, group, form, rows)) is not None:
        messages.success(request, _("Written down. Now a second officer looks at it and approves."))
        return redirect("shareout:payment", group.code, first.pk)
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
        "me": user,
        "show": show,
        "page_operation": uuid4(),
        "words": words,
        "query": lists.query_without(request),
    }
    return render(request, "shareout/payments.html", context)


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


def _pressed(request: HttpRequest, group: SavingsGroup, share_out: ShareOut | None) -> HttpResponse:
    """One press: a member's money goes onto the list, or off it again; a script gets the row back, a form the page."""
    said, member = "", 0
    try:
        member = _put_back(request, group) if "back" in request.POST else _put_on(request, group)
    except DomainError as refusal:
        said = str(refusal.message)
        member = _number_of(request.POST.get("pay", "").partition(".")[0])
    if request.headers.get("X-Requested-With") == "fetch":
        return _row_again(request, group, share_out, member, said)
    if said:
        messages.error(request, said)
    anchor = f"#m{member}" if member else ""
    return redirect(f"{request.path}{anchor}")


def _put_on(request: HttpRequest, group: SavingsGroup) -> int:
    """Ask for all of one member's money in cash; the same press sent twice asks once."""
    member, _dot, turn = request.POST.get("pay", "").partition(".")
    try:
        operation = uuid5(UUID(request.POST.get("page_operation", "")), f"{member}.{turn}")
    except ValueError:
        raise NobodyChosen from None
    asked = PaymentList(members={_number_of(member): None}, way=Way.CASH)
    [row] = request_payments(group=group, asked=asked, operation=operation, by=lists.person(request))
    return row.member_id


def _put_back(request: HttpRequest, group: SavingsGroup) -> int:
    row = waiting_rows(group).filter(pk=_number_of(request.POST.get("back", ""))).select_related("group").first()
    if row is None:
        raise PaymentDone
    cancel_payments(payments=[row], by=lists.person(request))
    return row.member_id


def _row_again(
    request: HttpRequest, group: SavingsGroup, share_out: ShareOut | None, member: int, said: str
) -> JsonResponse:
    user = lists.person(request)
    found = unpaid_shares(group, officer=user, of=share_out, only=[member]) if member else []
    context = {"group": group, "may_write": True, "me": user, "said": said}
    waiting = waiting_lists(group)
    return JsonResponse({
        "member": member,
        "row": render_to_string("shareout/pay_row.html", {**context, "each": found[0]}, request) if found else "",
        "waiting": render_to_string("shareout/pay_waiting.html", {**context, "waiting": waiting}, request),
        "said": said,
    }, status=409 if said else 200)  # fmt: skip


def _asked(request: HttpRequest, group: SavingsGroup, form: PayForm, unpaid: list[Unpaid]) -> SharePayment | None:
    if request.POST.get("everyone"):
        chosen = payable_now(unpaid, form.cleaned_data["way"])
    else:
        chosen = [_number_of(value) for value in request.POST.getlist("member")]
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


def _number_of(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


def _fits(row: Unpaid, words: str) -> bool:
    return not words or words in row.member.full_name or words.lstrip("0") == str(row.member.number)


def _heads() -> list[str]:
    return [
        _("Member no."), _("Name"), _("Signs for it"), _("Of this share-out"), _("Of earlier years"), _("Unpaid"),
        _("Waits"), _("Overdue on loans"),
    ]  # fmt: skip


def _line(row: Unpaid) -> list[Any]:
    sums = (min(row.of_this, row.unpaid), row.earlier, row.unpaid, row.waiting, row.overdue)
    return [row.member.number, row.member.full_name, row.receiver, *(Money(satang) for satang in sums)]
