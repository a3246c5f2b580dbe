"""Acts on loans: the list, the form with its preview, the page on which one is approved or taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.models import Way
from funds.selectors import is_open
from loans.act_errors import (
    AboveYearlyCap,
    ActBeforeSchedule,
    FirstDueTooEarly,
    GeneralMeetingNeeded,
    NothingToSetOff,
    RecoveredTooMuch,
    ResolvedLater,
    SavingsTooSmall,
    ScheduleRefused,
)
from loans.forms.acts import FORMS, AnyActForm
from loans.models import Loan, LoanAct
from loans.selectors.act_plans import (
    ActPlan,
    free_to_set_off,
    plan_act,
    planned_instalments,
    recovered,
    written_off,
)
from loans.selectors.act_words import TITLES, act_facts
from loans.selectors.acts import SHOWS, acts, paid_by_guarantors
from loans.selectors.allowance import allowance
from loans.selectors.standings import standing_of
from loans.services.act_signatures import approve_signed_act, ask_signature
from loans.services.acts import approve_act, cancel_act, request_act
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.views import lists
from savings.views.deposits import cash_refusal

FIELDS: dict[type[DomainError], str] = {
    AboveYearlyCap: "instalments", ScheduleRefused: "instalments", FirstDueTooEarly: "first_due_on",
    ActBeforeSchedule: "on", GeneralMeetingNeeded: "resolution", ResolvedLater: "resolution",
    NothingToSetOff: "satang", SavingsTooSmall: "satang", RecoveredTooMuch: "satang",
}  # fmt: skip


@require_safe
@never_cache
def act_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show the acts on loans of a group."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    found = acts(group, q=words, show=show)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-loan-acts", _heads(), [_line(row) for row in found])
    context = {
        "group": group,
        "page": lists.page_of(request, found),
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
        "allowance": allowance(group),
    }
    return render(request, "loans/act_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act_new(request: HttpRequest, group_code: str, contract_id: int, act_kind: str) -> HttpResponse:
    """Write an act on a loan down; a new schedule is looked at before."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    loan = Loan.objects.filter(group=group, pk=contract_id).select_related("member", "hold", "product").first()
    if loan is None or act_kind not in FORMS or act_kind == LoanAct.Kind.ALLOWANCE:
        raise Http404
    loan.group = loan.member.group = group
    return _new(request, group, loan, act_kind)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def allowance_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Ask for the allowance to be booked as the ageing says."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    return _new(request, group, None, LoanAct.Kind.ALLOWANCE)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act(request: HttpRequest, group_code: str, loan_act_id: int) -> HttpResponse:
    """Show an act; let a second officer approve it, or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    row = acts(group).filter(pk=loan_act_id).first()
    if row is None:
        raise Http404
    row.group = group
    if request.method == "POST":
        return _decide(request, row)
    user = lists.person(request)
    context = {
        "group": group,
        "row": row,
        "title": TITLES[row.kind],
        "facts": act_facts(row),
        "lines": planned_instalments(row.content) if row.kind == LoanAct.Kind.RESCHEDULE else (),
        "is_own": row.requested_by_id == user.pk,
        "may_approve": row.requested_by_id != user.pk and has_right(user, group, Right.COSIGN),
        "may_write": has_right(user, group, Right.KEEP_LOANS),
        "signature": live_signature(row),
        "here": request.path,
        "is_reversible": row.entry is not None and row.kind != LoanAct.Kind.RESCHEDULE,
    }
    return render(request, "loans/act.html", context)


def _new(request: HttpRequest, group: SavingsGroup, loan: Loan | None, kind: str) -> HttpResponse:
    cash_refused = cash_refusal(group, timezone.localdate()) if kind == LoanAct.Kind.RECOVERY else ""
    first = {"way": Way.TRANSFER} if cash_refused else {}
    form: AnyActForm = FORMS[kind](request.POST or None, group=group, loan=loan, initial=first)
    plan: ActPlan | None = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "preview":
            plan = _previewed(group, form)
        elif (row := _requested(request, group, form)) is not None:
            messages.success(request, _("Written down. Now the second officer approves."))
            return redirect("loans:act", group.code, row.pk)
    context: dict[str, Any] = {
        "group": group,
        "loan": loan,
        "kind": kind,
        "title": TITLES[kind],
        "form": form,
        "plan": plan,
        "lines": planned_instalments(plan.content) if plan else (),
        "is_open": is_open(group),
        "cash_refused": cash_refused,
        **(_of_loan(loan, kind) if loan is not None else {"allowance": allowance(group)}),
    }
    return render(request, "loans/act_new.html", context)


def _of_loan(loan: Loan, kind: str) -> dict[str, Any]:
    """What is known of the loan where an act is asked for."""
    stands = standing_of(loan) if loan.paid_out_on and loan.paid_out_on <= timezone.localdate() else None
    lost = written_off(loan)
    return {
        "standing": stands,
        "free": free_to_set_off(loan) if kind == LoanAct.Kind.SET_OFF else None,
        "claims": paid_by_guarantors(loan),
        "lost": lost,
        "not_recovered": lost - recovered(loan),
    }


def _previewed(group: SavingsGroup, form: AnyActForm) -> ActPlan | None:
    try:
        return plan_act(group, form.asked())
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(type(refusal)))
    return None


def _requested(request: HttpRequest, group: SavingsGroup, form: AnyActForm) -> LoanAct | None:
    cleaned = form.cleaned_data
    try:
        return request_act(
            group=group,
            asked=form.asked(),
            reason=cleaned["reason"],
            resolution=cleaned.get("resolution"),
            operation=cleaned["operation"],
            by=lists.person(request),
        )
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(type(refusal)))
    return None


def _decide(request: HttpRequest, row: LoanAct) -> HttpResponse:
    user, wanted = lists.person(request), request.POST.get("act")
    if wanted in ("cancel", "ask", "signed") and not has_right(user, row.group, Right.KEEP_LOANS):
        raise Http404
    if wanted in ("ask", "signed") and row.requested_by_id != user.pk:
        raise Http404
    try:
        if wanted == "cancel":
            cancel_act(act=row, by=user)
            messages.success(request, _("Taken back. Nothing was posted."))
        elif wanted == "ask":
            ask_signature(act=row)
        elif wanted in ("approve", "signed"):
            done = approve_signed_act(act=row) if wanted == "signed" else approve_act(act=row, by=user)
            assert done.entry is not None
            messages.success(request, _("Approved and posted as entry %(number)s.") % {"number": done.entry.n})
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("loans:act", row.group.code, row.pk)


def _heads() -> list[str]:
    return [
        _("Date"), _("Act"), _("Contract number"), _("Member no."), _("Name"), _("Amount"), _("Reason"),
        _("Resolution"), _("State"), _("Entry"), _("Asked for by"), _("Approved by"),
    ]  # fmt: skip


def _line(row: Any) -> list[Cell]:
    loan = row.loan
    return [
        row.done_on, str(row.get_kind_display()), loan.number if loan else "", loan.member.number if loan else None,
        loan.member.full_name if loan else "", Money(row.satang), row.reason,
        row.resolution.number if row.resolution else "", str(state_text(row)), row.entry.n if row.entry else None,
        row.requested_by.display_name, row.approved_by.display_name if row.approved_by else "",
    ]  # fmt: skip


def state_text(row: Any) -> str:
    """How far an act is, in words."""
    if row.cancelled_at:
        return _("Cancelled")
    if row.is_waiting:
        return _("Waiting for the second officer")
    return _("Reversed") if row.is_reversed else _("Posted")
