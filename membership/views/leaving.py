"""Leaving: what stands in the way and what the member gets, and the settlement until it is paid."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.selectors import is_open
from funds.views.pages import person
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from members.models import Member
from members.selectors.people import beneficiaries
from members.services.people import SharesNotWhole
from members.views.people import member_tabs
from membership import errors
from membership.forms.leaving import LeavingForm, SettlementForm
from membership.leaving_papers import settlement_file
from membership.models import Leaving, Settlement
from membership.obstacles import obstacles_of
from membership.selectors.leaving import (
    leaving_of,
    leaving_row,
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
    date_settlement_today,
    record_leaving,
    request_settlement,
)
from membership.views.leavers import member_or_404

FIELDS: dict[type[DomainError], str] = {
    errors.LeavingDayWrong: "begun_on",
    errors.ExpulsionUnexplained: "explanation",
    errors.DeathUnreported: "reported_by",
    errors.ResolutionMissing: "resolution",
    errors.HeirsMissing: "name_1",
    SharesNotWhole: "percent_1",
    errors.SettlementTooEarly: "on",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, group_code: str, number: int) -> HttpResponse:
    """One member: what stands in the way, what the settlement comes to, where it stands."""
    right = Right.KEEP_PEOPLE if request.method == "POST" else Right.SEE_PEOPLE
    group, member = member_or_404(request, group_code, number, right)
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
    group, member = member_or_404(request, group_code, number, Right.KEEP_PEOPLE)
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
    group, member = member_or_404(request, group_code, number, Right.KEEP_PEOPLE)
    found = leaving_of(member)
    if found is None or not found.is_under_way:
        return redirect("membership:leaving", group.code, member.number)
    named = list(beneficiaries(member))
    with_heirs = found.reason == Leaving.Reason.DEATH and not named
    payees = [each.name for each in named] if found.reason == Leaving.Reason.DEATH else []
    form = SettlementForm(
        request.POST if request.method == "POST" else None, group=group, with_heirs=with_heirs, payees=payees
    )
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
        if act == "today" and has_right(request.user, row.group, Right.KEEP_PEOPLE):
            dated = date_settlement_today(settlement=row, by=person(request))
            messages.success(request, _("Dated today and computed anew. Ask for the approval again."))
            return redirect("membership:settlement", row.group.code, dated.pk)
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
