"""Leaving: what stands in the way and what the member gets, the settlement until it is paid, the list of leavers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.selectors import is_open
from funds.views.pages import file_of, one_of, page_of, person, query_of, wants_file, words_of
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import Member, SavingsGroup
from members.selectors.people import beneficiaries, member_of_number
from members.services.people import SharesNotWhole
from members.views.people import member_tabs
from membership import errors
from membership.forms.leaving import LeavingForm, ReadmissionForm, SettlementForm
from membership.leaving_papers import settlement_file
from membership.models import Leaving, Settlement
from membership.obstacles import obstacles_of
from membership.selectors.leaving import (
    SHOWS,
    LeavingRow,
    LeavingTotals,
    leaving_of,
    leaving_row,
    leaving_totals,
    leavings,
    live_signature,
    settlements,
)
from membership.selectors.readmission import readmission_of
from membership.selectors.settlement import plan_settlement
from membership.services import (
    approve_settlement,
    approve_signed_settlement,
    ask_signature,
    cancel_leaving,
    cancel_settlement,
    readmit_member,
    record_leaving,
    request_settlement,
)
from papers.tables import Cell, Money

FIELDS: dict[type[DomainError], str] = {
    errors.LeavingDayWrong: "begun_on",
    errors.ExpulsionUnexplained: "explanation",
    errors.DeathUnreported: "reported_by",
    errors.ResolutionMissing: "resolution",
    errors.HeirsMissing: "name_1",
    SharesNotWhole: "percent_1",
    errors.SettlementTooEarly: "on",
    errors.ReadmissionTooEarly: "admitted_on",
    errors.ReadmissionByGeneralMeeting: "resolution",
}


@require_safe
@never_cache
def leaving_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Who leaves: days left, settlements, totals, files."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = words_of(request), one_of(request.GET.get("show"), SHOWS) or SHOWS[0]
    today = timezone.localdate()
    rows = [leaving_row(each, today) for each in leavings(group, q=words, show=show)]
    if wants_file(request):
        return file_of(request, f"{group.code}-leavers", _heads(), _lines(rows, leaving_totals(rows)))
    context = {
        "group": group,
        "page": page_of(request, rows),
        "totals": leaving_totals(rows),
        "words": words,
        "show": show,
        "shows": _shows(),
        "kept": [("show", show)],
        "query": query_of(request),
    }
    return render(request, "membership/leaving_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """One member: what stands in the way, what the settlement comes to, where it stands."""
    right = Right.KEEP_PEOPLE if request.method == "POST" else Right.SEE_PEOPLE
    group, member = _member_or_404(request, group_code, number, right)
    found, today = leaving_of(member), timezone.localdate()
    if request.method == "POST":
        return _take_back(request, found, member)
    row = leaving_row(found, today) if found else None
    settlement = row.settlement if row else None
    context = {
        "group": group,
        "member": member,
        "tabs": member_tabs(group, member, "membership:leaving"),
        "row": row,
        "settlement": settlement,
        "plan": plan_settlement(member, today) if _stands_open(member, settlement) else None,
        "obstacles": obstacles_of(member, today) if _stands_open(member, settlement) else [],
        "beneficiaries": beneficiaries(member),
        "readmission": readmission_of(member),
        "is_open": is_open(group),
        "may_keep": has_right(request.user, group, Right.KEEP_PEOPLE),
    }
    return render(request, "membership/leaving.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leaving_new(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Write down that a member leaves."""
    group, member = _member_or_404(request, group_code, number, Right.KEEP_PEOPLE)
    form = LeavingForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            record_leaving(
                member=member, leaving=form.leaving(), operation=form.cleaned_data["operation"], by=person(request)
            )
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            messages.success(request, _("Written down. Put in order what stands in the way, then settle."))
            return redirect("membership:leaving", group.code, member.number)
    context = {"group": group, "member": member, "form": form, "is_open": is_open(group)}
    return render(request, "membership/leaving_new.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Ask for the settlement of a member who leaves."""
    group, member = _member_or_404(request, group_code, number, Right.KEEP_PEOPLE)
    found = leaving_of(member)
    if found is None or not found.is_under_way:
        return redirect("membership:leaving", group.code, member.number)
    named = list(beneficiaries(member))
    with_heirs = found.reason == Leaving.Reason.DEATH and not named
    form = SettlementForm(request.POST if request.method == "POST" else None, group=group, with_heirs=with_heirs)
    if request.method == "POST" and form.is_valid():
        try:
            row = request_settlement(
                leaving=found,
                settlement=form.settlement(),
                operation=form.cleaned_data["operation"],
                by=person(request),
            )
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            messages.success(request, _("Written down and held. Now the second officer approves."))
            return redirect("membership:settlement", group.code, row.pk)
    context = {
        "group": group,
        "member": member,
        "leaving": found,
        "form": form,
        "plan": plan_settlement(member, timezone.localdate()),
        "beneficiaries": named if found.reason == Leaving.Reason.DEATH else [],
        "is_open": is_open(group),
    }
    return render(request, "membership/leaving_settle.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settlement(request: HttpRequest, group_code: str, settlement_id: int) -> HttpResponse:
    """A settlement: what is owed, set off and paid to whom; a second officer approves it, or it is taken back."""
    row = _settlement_or_404(request, group_code, settlement_id)
    if request.method == "POST":
        return _decide(request, row)
    me, group = person(request), row.group
    is_own = row.requested_by_id == me.pk
    context = {
        "group": group,
        "row": row,
        "leaving": row.leaving,
        "member": row.leaving.member,
        "lines": list(row.lines.all()),
        "payees": list(row.payees.all()),
        "is_own": is_own,
        "may_approve": not is_own and has_right(me, group, Right.COSIGN),
        "signature": live_signature(row),
        "here": reverse("membership:settlement", args=[group.code, row.pk]),
    }
    return render(request, "membership/leaving_settlement.html", context)


@require_safe
@never_cache
def settlement_pdf(request: HttpRequest, group_code: str, settlement_id: int) -> HttpResponse:
    """The settlement slip, to be signed by whoever gets the money."""
    row = _settlement_or_404(request, group_code, settlement_id)
    response = HttpResponse(settlement_file(row), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.group.code}-settlement-{row.pk}.pdf"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def readmit(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """Admit a person again who left."""
    group, member = _member_or_404(request, group_code, number, Right.KEEP_PEOPLE)
    form = ReadmissionForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            back = readmit_member(former=member, readmission=form.readmission(), by=person(request))
        except DomainError as refusal:
            form.refuse(refusal, FIELDS.get(type(refusal)))
        else:
            words = {"number": back.number, "name": back.full_name}
            messages.success(request, _("Entered as member number %(number)s: %(name)s") % words)
            return redirect("savings:pledge", group.code, back.number)
    context = {"group": group, "member": member, "form": form, "readmission": readmission_of(member)}
    return render(request, "membership/leaving_readmit.html", context)


def _take_back(request: HttpRequest, found: Leaving | None, member: Member) -> HttpResponse:
    try:
        if found is not None:
            cancel_leaving(leaving=found, by=person(request))
            messages.success(request, _("Taken back. The member stays."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("membership:leaving", member.group.code, member.number)


def _decide(request: HttpRequest, row: Settlement) -> HttpResponse:
    act = request.POST.get("act")
    try:
        if act == "cancel":
            cancel_settlement(settlement=row, by=person(request))
            messages.success(request, _("The settlement is cancelled; what was held is free again."))
            return redirect("membership:leaving", row.group.code, row.leaving.member.number)
        if act == "ask":
            ask_signature(settlement=row)
        elif act == "approve":
            approve_settlement(settlement=row, by=person(request))
            messages.success(request, _("Approved and posted. Print the slip and let it be signed."))
        elif act == "approve-signed" and row.requested_by_id == person(request).pk:
            approve_signed_settlement(settlement=row)
            messages.success(request, _("Approved and posted. Print the slip and let it be signed."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("membership:settlement", row.group.code, row.pk)


def _stands_open(member: Member, settlement: Settlement | None) -> bool:
    return settlement is None and member.status == Member.Status.ACTIVE


def _settlement_or_404(request: HttpRequest, group_code: str, settlement_id: int) -> Settlement:
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    row = settlements(group).filter(pk=settlement_id).first()
    if row is None:
        raise Http404
    row.group = row.leaving.group = row.leaving.member.group = group
    return row


def _member_or_404(request: HttpRequest, group_code: str, number: int, right: Right) -> tuple[SavingsGroup, Member]:
    group = group_or_404(request.user, group_code, right)
    member = member_of_number(group, number)
    if member is None:
        raise Http404
    member.group = group
    return group, member


def _shows() -> list[tuple[str, str]]:
    return [("under_way", _("Under way")), ("settled", _("Settled")), ("cancelled", _("Taken back")), ("all", _("All"))]


def _heads() -> list[str]:
    return [
        _("Member no."), _("Name"), _("Reason for leaving"), _("Since"), _("To be settled by"), _("Days left"),
        _("Owed to the member"), _("Set off"), _("Paid"), _("Voucher"), _("State"),
    ]  # fmt: skip


def _lines(rows: list[LeavingRow], totals: LeavingTotals) -> list[list[Cell]]:
    lines: list[list[Cell]] = []
    for row in rows:
        each, paid = row.leaving, row.settlement
        state = _("Settled") if each.settled_at else _("Taken back") if each.cancelled_at else _("Under way")
        lines.append(
            [
                each.member.number, each.member.full_name, str(each.get_reason_display()), each.begun_on, each.due_on,
                row.days_left, Money(paid.owed_satang) if paid else None,
                Money(paid.set_off_satang) if paid else None, Money(paid.paid_satang) if paid else None,
                paid.entry.n if paid and paid.entry else None, state,
            ]
        )  # fmt: skip
    sums: list[Cell] = [Money(totals.owed), Money(totals.set_off), Money(totals.paid)]
    return [*lines, [None, _("Total"), None, None, None, None, *sums, None, None]]
