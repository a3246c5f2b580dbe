"""Asking for a loan on the own page, and giving one's word as a guarantor."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.views.pages import person
from loans.forms.applications import ApplicationForm, first_shown
from loans.forms.guarantors import GuarantorForm
from loans.models import Guarantee, LoanApplication
from loans.selectors.applications import application_view, applications_of
from loans.selectors.guarantors import asked_guarantees, may_confirm_from, own_guarantees, own_members
from loans.selectors.products import products_given
from loans.services.guarantors import confirm_guarantee, decline_guarantee
from loans.views.applications import application_or_404, done
from loans.views.asking import asked_typed, limits_of, write_or_submit
from members.access import Right, group_or_404
from members.errors import DomainError
from members.models import Member, SavingsGroup
from window.views.passbooks import common, opened

OWN_ACTS = ("submit", "withdraw", "name")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def loan_apply(request: HttpRequest, group_code: str) -> HttpResponse:
    """Ask for a loan: only for the own passbook; what may be borrowed, and why not more, stands beside the form."""
    member, books = opened(request, group_code)
    draft = _draft(request, member)
    offered = products_given(member.group)
    is_own = own_members(person(request), member.group).filter(pk=member.pk).exists()
    context: dict[str, Any] = {
        **common(member, books),
        "is_own": is_own,
        "offered": offered,
        "applications": applications_of(member) if is_own else [],
        "draft": draft,
    }
    if is_own and offered and member.status == Member.Status.ACTIVE:
        form = ApplicationForm(request.POST or None, offered=offered, initial=first_shown(draft, offered))
        context |= {"form": form, "asked": asked_typed(form, member, without=draft)}
        if request.method == "POST" and form.is_valid():
            row = write_or_submit(request, form, member, by_member=True)
            if row is not None:
                return redirect("window:loan-application", member.group.code, row.pk)
    return render(request, "window/loan_apply.html", context)


@require_safe
def loan_limits(request: HttpRequest, group_code: str) -> HttpResponse:
    """What the member may borrow and what it comes to, as typed so far: a piece of the form's page."""
    member, _books = opened(request, group_code)
    if not own_members(person(request), member.group).filter(pk=member.pk).exists():
        raise Http404
    return limits_of(request, member)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def loan_application(request: HttpRequest, group_code: str, application_id: int) -> HttpResponse:
    """Show an own application; hand it in, name guarantors, take it back."""
    group = group_or_404(request.user, group_code, Right.OWN_WINDOW)
    row = application_or_404(group, application_id)
    if not own_members(person(request), group).filter(pk=row.member_id).exists():
        raise Http404
    form = None
    if request.method == "POST":
        form = (
            GuarantorForm(request.POST, group=group, shows_names=False) if request.POST.get("act") == "name" else None
        )
        if done(request, row, form, acts=OWN_ACTS) or form is None:
            return redirect("window:loan-application", group.code, row.pk)
    view = application_view(row)
    if form is None and view.is_open:
        form = GuarantorForm(group=group, shows_names=False)
    return render(request, "window/loan_application.html", {"group": group, "view": view, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guarantees(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show what one is asked to stand for, give or refuse the word; show what one stands for already."""
    group = group_or_404(request.user, group_code, Right.OWN_WINDOW)
    user = person(request)
    if request.method == "POST":
        _answer(request, group)
        return redirect("window:guarantees", group.code)
    context = {
        "group": group,
        "asked": [application_view_of(each) for each in asked_guarantees(user, group)],
        "from_day": may_confirm_from(user),
        "standings": own_guarantees(user, group),
    }
    return render(request, "window/guarantees.html", context)


def application_view_of(guarantee: Guarantee) -> dict[str, Any]:
    """A guarantee that is asked for, with the part it would stand for and the rings it would close."""
    assert guarantee.application is not None
    guarantee.application.group = guarantee.application.member.group = guarantee.member.group
    view = application_view(guarantee.application)
    return {"guarantee": guarantee, "row": guarantee.application, "part": view.cover.part, "quote": view.asked.quote}


def _answer(request: HttpRequest, group: SavingsGroup) -> None:
    typed, act = request.POST.get("guarantee", ""), request.POST.get("act")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    guarantee = asked_guarantees(person(request), group).filter(pk=number).first()
    if guarantee is None or act not in ("confirm", "decline"):
        messages.error(request, _("This guarantee no longer waits for an answer."))
        return
    try:
        if act == "confirm":
            confirm_guarantee(guarantee=guarantee, way=Guarantee.Way.OWN_PAGE, by=person(request))
            messages.success(request, _("Your word is given. Thank you."))
        else:
            decline_guarantee(guarantee=guarantee, by=person(request))
            messages.success(request, _("You do not stand guarantor; the committee sees it."))
    except DomainError as refusal:
        messages.error(request, refusal.message)


def _draft(request: HttpRequest, member: Member) -> LoanApplication | None:
    typed = request.GET.get("draft", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        return None
    row = applications_of(member).filter(pk=int(typed), status=LoanApplication.Status.DRAFT, by_member=True).first()
    if row is None:
        raise Http404
    return row
