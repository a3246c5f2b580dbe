"""Money out: the list of vouchers, a form for each kind, one voucher with its approval."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from funds.forms.vouchers import ExpenseForm, GiveBackForm, LendForm, OfficerAdvanceForm, SubsidyReturnForm, VoucherForm
from funds.models import Voucher
from funds.money_errors import AdvanceNeedsResolution, PoolHasNotEnough, ResolutionNeeded
from funds.selectors import is_open
from funds.selectors.money_out import STATES, purpose_of, voucher_totals, vouchers
from funds.services.vouchers import (
    approve_signed_voucher,
    approve_voucher,
    ask_signature,
    cancel_voucher,
    move_voucher_to_today,
    request_voucher,
)
from funds.views.pages import day_of, file_of, one_of, page_of, person, query_of, wants_file, words_of
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money

FORMS: dict[str, type[VoucherForm]] = {
    "expense": ExpenseForm,
    "subsidy": SubsidyReturnForm,
    "advance": OfficerAdvanceForm,
    "lend": LendForm,
    "give-back": GiveBackForm,
}


@require_safe
@never_cache
def voucher_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every voucher: search, filters, totals, files."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    chosen: dict[str, Any] = {
        "words": words_of(request),
        "kind": one_of(request.GET.get("kind"), Voucher.Kind.values),
        "state": one_of(request.GET.get("state"), STATES),
        "since": day_of(request, "since"),
        "until": day_of(request, "until"),
    }
    found = vouchers(group, **chosen)
    if wants_file(request):
        return _file(request, found)
    page = page_of(request, found)
    context = {
        "group": group,
        "page": page,
        "rows": [{"voucher": each, "purpose": purpose_of(each)} for each in page],
        "totals": voucher_totals(found),
        "kinds": Voucher.Kind.choices,
        "states": [
            ("waiting", _("waits for approval")),
            ("posted", _("paid out")),
            ("cancelled", _("taken back")),
            ("void", _("void")),
        ],
        "query": query_of(request),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
        "chosen": chosen,
    }
    return render(request, "funds/voucher_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def voucher_new(request: HttpRequest, group_code: str, kind: str) -> HttpResponse:
    """Write a voucher of a kind down and ask for the second officer's signature."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    form_class = FORMS.get(kind)
    if form_class is None:
        raise Http404
    form = form_class(request.POST or None, request.FILES or None, group=group)
    return answer_form(request, group, form, title=str(Voucher.Kind(form.kind).label))


def answer_form(request: HttpRequest, group: SavingsGroup, form: VoucherForm, **context: Any) -> HttpResponse:
    """Show a voucher's form, or take it and lead to the voucher."""
    if request.method == "POST" and form.is_valid():
        try:
            voucher = request_voucher(
                group=group, voucher=form.voucher(), operation=form.cleaned_data["operation"], by=person(request)
            )
        except (ResolutionNeeded, AdvanceNeedsResolution) as refusal:
            form.refuse(refusal, "resolution")
        except PoolHasNotEnough as refusal:
            form.refuse(refusal, "satang")
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Written down. Now the second officer approves."))
            return redirect("funds:voucher", group.code, voucher.pk)
    context = {"group": group, "form": form, "is_open": is_open(group), "template": "", **context}
    return render(request, context["template"] or "funds/voucher_form.html", context)


@require_safe
@never_cache
def voucher(request: HttpRequest, group_code: str, voucher_id: int) -> HttpResponse:
    """One voucher: what it says, who asked, who approved; the ways to approve it while it waits."""
    found = _voucher_or_404(request, group_code, voucher_id, Right.SEE_GROUP)
    me = person(request)
    is_own = found.requested_by_id == me.pk
    context = {
        "group": found.group,
        "voucher": found,
        "purpose": purpose_of(found),
        "lines": list(found.lines.all()),
        "is_own": is_own,
        "may_write": has_right(me, found.group, Right.KEEP_MEETING),
        "may_approve": not is_own and has_right(me, found.group, Right.COSIGN),
        "signature": live_signature(found),
        "here": reverse("funds:voucher", args=[group_code, found.pk]),
    }
    return render(request, "funds/voucher.html", context)


@require_POST
def approve(request: HttpRequest, group_code: str, voucher_id: int) -> HttpResponse:
    """Approve on the own device, and post."""
    found = _voucher_or_404(request, group_code, voucher_id, Right.COSIGN)
    try:
        posted = approve_voucher(voucher=found, by=person(request))
        messages.success(request, _("Approved. Voucher no. %(number)s") % {"number": posted.entry})
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:voucher", group_code, voucher_id)


@require_POST
def approve_signed(request: HttpRequest, group_code: str, voucher_id: int) -> HttpResponse:
    """Spend the signature given at this laptop, and post."""
    found = _voucher_or_404(request, group_code, voucher_id, Right.KEEP_MEETING)
    try:
        posted = approve_signed_voucher(voucher=found)
        messages.success(request, _("Approved. Voucher no. %(number)s") % {"number": posted.entry})
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:voucher", group_code, voucher_id)


@require_POST
def ask(request: HttpRequest, group_code: str, voucher_id: int) -> HttpResponse:
    """Ask for the signature at this laptop again."""
    found = _voucher_or_404(request, group_code, voucher_id, Right.KEEP_MEETING)
    try:
        ask_signature(voucher=found)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:voucher", group_code, voucher_id)


@require_POST
def to_today(request: HttpRequest, group_code: str, voucher_id: int) -> HttpResponse:
    """Let the voucher be paid today."""
    found = _voucher_or_404(request, group_code, voucher_id, Right.KEEP_MEETING)
    try:
        move_voucher_to_today(voucher=found)
        messages.success(request, _("The voucher is dated today. Ask for the approval again."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:voucher", group_code, voucher_id)


@require_POST
def cancel(request: HttpRequest, group_code: str, voucher_id: int) -> HttpResponse:
    """Take the voucher back."""
    found = _voucher_or_404(request, group_code, voucher_id, Right.KEEP_MEETING)
    try:
        cancel_voucher(voucher=found, by=person(request))
        messages.success(request, _("The voucher is cancelled. Nothing was posted."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("funds:voucher", group_code, voucher_id)


def _voucher_or_404(request: HttpRequest, group_code: str, voucher_id: int, right: Right) -> Voucher:
    group = group_or_404(request.user, group_code, right)
    found = vouchers(group).filter(pk=voucher_id).first()
    if found is None:
        raise Http404
    found.group = group
    return found


def _state(voucher: Voucher) -> str:
    if undone := getattr(voucher, "reversed_n", None):
        return _("void, reversed by no. %(by)s") % {"by": undone}
    return _("waits for approval") if voucher.is_waiting else _("paid out") if voucher.entry else _("taken back")


def _file(request: HttpRequest, found: QuerySet[Voucher]) -> HttpResponse:
    heads = [
        _("No."), _("Date"), _("What for"), _("For what exactly"), _("Paid to"), _("Amount"), _("Way of payment"),
        _("Slip"), _("Resolution"), _("Asked for by"), _("Approved by"), _("State"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            each.entry.n if each.entry else None,
            each.paid_on,
            purpose_of(each),
            each.memo,
            each.payee,
            Money(each.satang),
            str(each.get_way_display()),
            each.slip_ref,
            each.resolution.number if each.resolution else "",
            str(each.requested_by),
            str(each.approved_by or ""),
            _state(each),
        ]
        for each in found
    ]
    totals = voucher_totals(found)
    blank: list[Cell] = [None] * 6
    rows.append([None, None, _("Paid together"), None, None, Money(totals["posted"]), *blank])
    return file_of(request, _("Vouchers"), heads, rows)
