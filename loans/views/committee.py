"""The loan committee at a meeting: what is before it, what it resolved, the confirmation, the queue."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loans.deciding_errors import DecisionDone, NotBeforeCommittee
from loans.forms.decisions import CommitteeForm, RankForm
from loans.models import DecisionProposal, LoanApplication
from loans.selectors.applications import application_view
from loans.selectors.contracts import contract_of
from loans.selectors.decisions import (
    INTERESTS,
    before_committee,
    deciders,
    interests,
    proposals_of,
    quorum_of,
    signature_of_any,
    votes_of,
    waiting_proposals,
)
from loans.selectors.queue import lendable, loan_queue
from loans.services.decision_signatures import ask_signature, confirm_signed
from loans.services.decisions import cancel_proposals, confirm_decisions, propose_decisions, written_by_form
from loans.services.queue import rank_application
from loans.views.applications import application_or_404
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import Resolution, SavingsGroup
from members.services.resolutions import ResolutionTaken
from savings.views import lists

DIGITS = 19
A_PAGE = 10  # applications on one page, each with all that speaks for and against it


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show what is before the committee and what it can lend; write down one resolution about several applications."""
    group = group_or_404(request.user, group_code, _right(request))
    asked = [one for one in _before(group) if not one.waiting]  # type: ignore[attr-defined]
    page = Paginator(asked, A_PAGE).get_page(request.GET.get("page"))
    named = [*_sent_before(request, group), *_named(request, asked)]
    form = _form(request, group, named if request.method == "POST" else list(page))
    if request.method == "POST" and (gone := _gone(request, group, form.asked)):
        messages.error(request, NotBeforeCommittee(number=gone.number, state=_said(gone)).message)
    elif request.method == "POST" and form.is_valid():
        resolution = _propose(request, group, form)
        if resolution is not None:
            return redirect("loans:resolved", group.code, resolution.pk)
    context = {
        "group": group,
        "form": form,
        "page": page,
        "query": lists.query_without(request),
        "views": [application_view(one) for one in form.asked],
        "waiting": list(waiting_proposals(group)),
        "money": lendable(group),
        "queue": loan_queue(group),
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
        "quorum": quorum_of(len(form.committee)),
        "may_decide": has_right(request.user, group, Right.DECIDE_LOANS),
        **_interests_said(form),
    }
    return render(request, "loans/committee.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, group_code: str, application_id: int) -> HttpResponse:
    """Show one application to the committee with everything about it; write down what was resolved about it alone."""
    group = group_or_404(request.user, group_code, _right(request))
    row = application_or_404(group, application_id)
    proposal = row.proposals.filter(cancelled_at__isnull=True).select_related("resolution", "recorded_by").first()
    is_open = row.status == LoanApplication.Status.READY and proposal is None
    was_sent = bool(_sent_before(request, group))
    if request.method == "POST" and not is_open and not was_sent:
        messages.error(request, DecisionDone().message)
        return redirect("loans:decide", group.code, row.pk)
    form = _form(request, group, [row] if is_open or was_sent else [])
    if request.method == "POST" and form.is_valid():
        resolution = _propose(request, group, form)
        if resolution is not None:
            return redirect("loans:resolved", group.code, resolution.pk)
    decision = getattr(row, "decision", None)
    context = {
        "group": group,
        "row": row,
        "view": application_view(row),
        "form": form if is_open else None,
        "proposal": proposal,
        "decision": decision,
        "votes": _votes_said(decision),
        "loan": contract_of(row),
        "money": lendable(group),
        "quorum": quorum_of(len(form.committee)),
        "may_decide": has_right(request.user, group, Right.DECIDE_LOANS),
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
        **_interests_said(form, [row]),
    }
    return render(request, "loans/decide.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resolved(request: HttpRequest, group_code: str, resolution_id: int) -> HttpResponse:
    """Show what was written down of a resolution; let a second officer confirm it, or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    resolution = Resolution.objects.filter(group=group, pk=resolution_id).first()
    if resolution is None:
        raise Http404
    rows = list(proposals_of(group, resolution))
    for row in rows:
        row.application.group = group
    waiting = [row for row in rows if row.is_waiting]
    if request.method == "POST":
        _answer(request, waiting or rows)
        return redirect("loans:resolved", group.code, resolution.pk)
    user = lists.person(request)
    context = {
        "group": group,
        "resolution": resolution,
        "rows": [{"row": row, "votes": votes_of(row)} for row in rows],
        "waiting": waiting,
        "is_own": any(row.recorded_by_id == user.pk for row in waiting),
        "signature": signature_of_any(waiting),
        "here": reverse("loans:resolved", args=[group.code, resolution.pk]),
        "may_decide": has_right(user, group, Right.DECIDE_LOANS),
    }
    return render(request, "loans/resolved.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rank(request: HttpRequest, group_code: str, application_id: int) -> HttpResponse:
    """Give an approved application a place in the queue, with its reason."""
    group = group_or_404(request.user, group_code, Right.DECIDE_LOANS)
    row = application_or_404(group, application_id)
    initial = {"rank": row.queue_rank or "", "reason": row.queue_reason}
    form = RankForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rank_application(application=row, by=lists.person(request), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The place in the queue is written down."))
            return redirect("loans:committee", group.code)
    may_write = has_right(request.user, group, Right.KEEP_LOANS)
    context = {"group": group, "row": row, "form": form, "queue": loan_queue(group), "may_write": may_write}
    return render(request, "loans/rank.html", context)


def _right(request: HttpRequest) -> Right:
    return Right.DECIDE_LOANS if request.method == "POST" else Right.SEE_GROUP


def _before(group: SavingsGroup) -> list[LoanApplication]:
    asked = list(before_committee(group))
    for one in asked:
        one.group = one.member.group = one.product.group = group
    return asked


def _named(request: HttpRequest, asked: Sequence[LoanApplication]) -> list[LoanApplication]:
    """Those that the form sent speaks of, whichever page they stand on by now."""
    return [one for one in asked if f"outcome_{one.pk}" in request.POST]


def _sent_before(request: HttpRequest, group: SavingsGroup) -> list[LoanApplication]:
    """Those about which this very form wrote something down already: it is sent again and says so again."""
    try:
        operation = UUID(request.POST.get("operation", ""))
    except ValueError:
        return []
    found = written_by_form(group, _sent_about(request), operation)
    for one in found:
        one.group = one.member.group = one.product.group = group
    return found


def _sent_about(request: HttpRequest) -> set[int]:
    """The applications (ids) about which the form sent says something."""
    sent = [key.removeprefix("outcome_") for key, said in request.POST.items() if key.startswith("outcome_") and said]
    return {int(key) for key in sent if key.isascii() and key.isdigit() and len(key) < DIGITS}


def _gone(request: HttpRequest, group: SavingsGroup, asked: Sequence[LoanApplication]) -> LoanApplication | None:
    """The first application about which something was sent and which is not before the committee any more."""
    gone = LoanApplication.objects.filter(group=group, pk__in=_sent_about(request) - {one.pk for one in asked})
    return gone.order_by("number").first()


def _said(row: LoanApplication) -> str:
    if row.status == LoanApplication.Status.READY:
        return _("a decision is written down and waits for the second officer")
    return str(row.get_status_display())


def _form(request: HttpRequest, group: SavingsGroup, asked: Sequence[LoanApplication]) -> CommitteeForm:
    people = deciders(group)
    data = request.POST if request.method == "POST" else None
    return CommitteeForm(data, group=group, asked=asked, committee=people, interests=interests(group, asked, people))


def _propose(request: HttpRequest, group: SavingsGroup, form: CommitteeForm) -> Resolution | None:
    try:
        made = propose_decisions(
            group=group,
            verdicts=form.verdicts(),
            resolution=form.behind(_("Decisions on loans")),
            operation=form.cleaned_data["operation"],
            by=lists.person(request),
        )
    except ResolutionTaken as refusal:
        form.refuse(refusal, "number")
    except DomainError as refusal:
        form.refuse(refusal)
    else:
        count = len([row for row in made if row.is_waiting])  # sent again, it may be confirmed or taken back by now
        said = ngettext(
            "%(count)d decision is written down. It holds once a second officer confirms it.",
            "%(count)d decisions are written down. They hold once a second officer confirms them.",
            count,
        )
        if count:
            messages.success(request, said % {"count": count})
        return made[0].resolution
    return None


def _answer(request: HttpRequest, rows: Sequence[DecisionProposal]) -> None:
    act, person = request.POST.get("act"), lists.person(request)
    if act in ("ask", "signed") and any(row.recorded_by_id != person.pk for row in rows):
        raise Http404
    try:
        if act == "cancel":
            cancel_proposals(proposals=rows, by=person)
            messages.success(request, _("Taken back. It can be written down anew."))
        elif act == "ask":
            ask_signature(proposals=rows)
        elif act in ("confirm", "signed"):
            made = confirm_signed(proposals=rows) if act == "signed" else confirm_decisions(proposals=rows, by=person)
            messages.success(request, _decided_text(len(made)))
    except DomainError as refusal:
        messages.error(request, refusal.message)


def _decided_text(count: int) -> str:
    return ngettext("%(count)d decision holds.", "%(count)d decisions hold.", count) % {"count": count}


def _interests_said(form: CommitteeForm, asked: Sequence[LoanApplication] | None = None) -> dict[str, Any]:
    """Who leaves which vote, in words."""
    names = {user.pk: user.display_name for user in form.committee}
    return {
        "leaving": [
            {"application": one, "name": names[pk], "interest": INTERESTS[key]}
            for one in (form.asked if asked is None or form.asked else ())
            for pk, key in form.interests.get(one.pk, {}).items()
        ]
    }


def _votes_said(decision: Any) -> list[dict[str, Any]]:
    if decision is None:
        return []
    return [
        {"name": vote.voter.display_name, "vote": vote.get_vote_display(), "interest": INTERESTS.get(vote.interest, "")}
        for vote in decision.votes.select_related("voter").order_by("voter__display_name")
    ]
