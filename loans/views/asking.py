"""Asking for a loan: the form, and beside it at once what may be borrowed and why not more."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loans.applying_errors import (
    AboveTheCap,
    LessThanLent,
    MoreThanAllowed,
    StepTooCoarse,
    TermTooLong,
    TooLittleAMonth,
)
from loans.forms.applications import ApplicationForm, first_shown
from loans.forms.guarantors import member_meant
from loans.models import LoanApplication, LoanProduct
from loans.selectors.asking import Asked, asked_for
from loans.selectors.products import products_given
from loans.services.applications import submit_application, write_application
from loans.views.applications import application_or_404
from members.access import Right, group_or_404
from members.errors import DomainError
from members.models import Member, SavingsGroup
from members.views.lists import words_of
from savings.views import lists
from thai.digits import to_western

FIELDS: dict[type[DomainError], str] = {
    AboveTheCap: "instalments",
    LessThanLent: "satang",
    MoreThanAllowed: "satang",
    StepTooCoarse: "satang",
    TermTooLong: "instalments",
    TooLittleAMonth: "instalments",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, group_code: str) -> HttpResponse:
    """Write an application for a member: whose it is, then what for; what may be borrowed stands beside it."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    draft = _draft(request, group)
    typed = words_of(request, "member")
    member, refused = (draft.member, "") if draft else _member(group, typed)
    offered = products_given(group)
    context: dict[str, Any] = {"group": group, "typed": typed, "refused": refused, "member": member, "draft": draft}
    if member is not None and offered:
        form = ApplicationForm(request.POST or None, offered=offered, initial=first_shown(draft, offered))
        context |= {"form": form, "asked": asked_typed(form, member, without=draft)}
        if request.method == "POST" and form.is_valid():
            row = write_or_submit(request, form, member)
            if row is not None:
                return redirect("loans:application", group.code, row.pk)
    return render(request, "loans/application_form.html", context | {"offered": offered})


@require_safe
def limits(request: HttpRequest, group_code: str) -> HttpResponse:
    """What a member may borrow and what it comes to, as typed so far: a piece of the form's page."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    member, refused = _member(group, words_of(request, "member"))
    return limits_of(request, member) if member is not None else HttpResponse(refused, content_type="text/plain")


def write_or_submit(
    request: HttpRequest, form: ApplicationForm, member: Member, *, by_member: bool = False
) -> LoanApplication | None:
    """Keep what was typed as a draft, and hand it in if asked to; a refusal stands beside its field."""
    person = lists.person(request)
    try:
        row = write_application(
            member=member,
            application=form.application(),
            operation=form.cleaned_data["operation"],
            by=person,
            by_member=by_member,
        )
        row.member, row.group = member, member.group
        if request.POST.get("act") == "submit":
            submit_application(application=row, by=person)
            messages.success(request, _("Handed in. Next come the guarantors."))
        else:
            messages.success(request, _("Kept as a draft."))
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(type(refusal)))
        return None
    return row


def asked_typed(form: ApplicationForm, member: Member, *, without: LoanApplication | None = None) -> Asked | None:
    """What the form comes to as it stands."""
    values: dict[str, Any] = dict(form.initial)
    if form.is_bound:
        form.is_valid()
        values = form.cleaned_data
    chosen = values.get("product")
    product = chosen if isinstance(chosen, LoanProduct) else form.product_of(chosen)
    if product is None:
        return None
    return asked_for(
        member,
        product,
        satang=values.get("satang"),
        months=values.get("instalments"),
        income=values.get("income_satang"),
        without=without,
    )


def limits_of(request: HttpRequest, member: Member) -> HttpResponse:
    """The piece of page that says what may be borrowed, by an address's questions; what cannot be read is left out."""
    offered = products_given(member.group)
    form = ApplicationForm(request.GET, offered=offered)
    form.is_valid()
    values = form.cleaned_data
    product = values.get("product") or (offered[0][0] if offered else None)
    if product is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    operation = values.get("operation")
    known = LoanApplication.objects.filter(operation=operation, member=member) if operation else None
    asked = asked_for(
        member,
        product,
        satang=values.get("satang"),
        months=values.get("instalments"),
        income=values.get("income_satang"),
        without=known.first() if known is not None else None,
    )
    return render(request, "loans/application_asked.html", {"asked": asked})


def _draft(request: HttpRequest, group: SavingsGroup) -> LoanApplication | None:
    typed = request.GET.get("draft", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        return None
    row = application_or_404(group, int(typed))
    if row.status != LoanApplication.Status.DRAFT or row.by_member:
        raise Http404
    return row


def _member(group: SavingsGroup, typed: str) -> tuple[Member | None, str]:
    if not typed:
        return None, ""
    try:
        return member_meant(group, to_western(typed)), ""
    except DomainError as refusal:
        return None, refusal.message
