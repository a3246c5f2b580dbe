"""Applications for loans: the list, the form with what may be borrowed, one of them with its guarantors."""

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loans.applying_errors import GuarantorError
from loans.forms.guarantors import GuarantorForm, ReplaceForm
from loans.models import Guarantee, LoanApplication
from loans.selectors.applications import (
    SHOWS,
    ApplicationTotals,
    application_totals,
    application_view,
    applications,
)
from loans.services.applications import submit_application, withdraw_application
from loans.services.guarantors import confirm_guarantee, decline_guarantee, name_guarantor, replace_guarantor
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.views import lists

ACTS = ("submit", "withdraw", "name", "confirm", "decline")


@require_safe
def application_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show who has asked for how much, and where each application stands."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    found = applications(group, q=words, show=show)
    totals = application_totals(found)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-loan-applications", _heads(), _lines(list(found), totals))
    context = {
        "group": group,
        "page": lists.page_of(request, found),
        "totals": totals,
        "words": words,
        "show": show,
        "shows": LoanApplication.Status.choices,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
    }
    return render(request, "loans/application_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, group_code: str, application_id: int) -> HttpResponse:
    """Show an application with its guarantors; hand it in, take it back, name guarantors and record their word."""
    right = Right.KEEP_LOANS if request.method == "POST" else Right.SEE_GROUP
    group = group_or_404(request.user, group_code, right)
    row = application_or_404(group, application_id)
    if request.method == "POST":
        form = GuarantorForm(request.POST, group=group) if request.POST.get("act") == "name" else None
        if done(request, row, form) or form is None:
            return redirect("loans:application", group.code, row.pk)
    else:
        form = GuarantorForm(group=group)
    context = {
        "group": group,
        "view": application_view(row),
        "form": form,
        "may_write": has_right(request.user, group, Right.KEEP_LOANS),
    }
    return render(request, "loans/application.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guarantor_replace(request: HttpRequest, group_code: str, guarantee_id: int) -> HttpResponse:
    """Let another member stand in a guarantor's place."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    found = Guarantee.objects.select_related("member", "application__group", "loan__group")
    guarantee = found.filter(pk=guarantee_id, member__group=group).first()
    if guarantee is None:
        raise Http404
    form = ReplaceForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = replace_guarantor(
                guarantee=guarantee,
                member=data["guarantor"],
                reason=data["reason"],
                signed_on=data["signed_on"],
                by=lists.person(request),
            )
        except DomainError as refusal:
            form.refuse(refusal, "guarantor" if isinstance(refusal, GuarantorError) else None)
        else:
            messages.success(request, _("%(name)s stands in now.") % {"name": made.member.full_name})
            if made.application_id is not None:
                return redirect("loans:application", group.code, made.application_id)
            return redirect("loans:guarantor", group.code, made.member.number)
    return render(request, "loans/guarantor_replace.html", {"group": group, "guarantee": guarantee, "form": form})


def application_or_404(group: SavingsGroup, application_id: int) -> LoanApplication:
    """The group's application that the address names."""
    related = ("member", "product", "entered_by", "withdrawn_by")
    row = LoanApplication.objects.filter(group=group, pk=application_id).select_related(*related).first()
    if row is None:
        raise Http404
    row.group = row.member.group = row.product.group = group
    return row


def done(
    request: HttpRequest, row: LoanApplication, form: GuarantorForm | None, *, acts: Collection[str] = ACTS
) -> bool:
    """Do what a button of the application's page asks for, if it is one of `acts`; whether it was done."""
    act, person = request.POST.get("act"), lists.person(request)
    if act not in acts:
        return False
    try:
        if act == "submit":
            submit_application(application=row, by=person)
            messages.success(request, _("Handed in. Next come the guarantors."))
        elif act == "withdraw":
            withdraw_application(application=row, by=person)
            messages.success(request, _("The application is taken back."))
        elif act == "name" and form is not None and form.is_valid():
            named = name_guarantor(application=row, member=form.cleaned_data["guarantor"], by=person)
            messages.success(request, _("%(name)s is named as guarantor.") % {"name": named.member.full_name})
        elif act in ("confirm", "decline"):
            _word(request, row, act)
        else:
            return False  # the name could not be read
    except DomainError as refusal:
        if form is None:
            messages.error(request, refusal.message)
        else:
            form.refuse(refusal, "guarantor")
        return False
    return True


def _word(request: HttpRequest, row: LoanApplication, act: str) -> None:
    guarantee = guarantee_or_404(request, row)
    if act == "confirm":
        confirm_guarantee(guarantee=guarantee, way=Guarantee.Way.PAPER, by=lists.person(request))
        messages.success(request, _("The signature of %(name)s is recorded.") % {"name": guarantee.member.full_name})
    else:
        decline_guarantee(guarantee=guarantee, by=lists.person(request))
        words = {"name": guarantee.member.full_name}
        messages.success(request, _("%(name)s does not stand guarantor. Name somebody else.") % words)


def guarantee_or_404(request: HttpRequest, row: LoanApplication) -> Guarantee:
    """The guarantee of an application that a form names."""
    typed = request.POST.get("guarantee", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    guarantee = Guarantee.objects.filter(application=row, pk=number).select_related("member").first()
    if guarantee is None:
        raise Http404
    guarantee.application = row
    return guarantee


def _heads() -> list[str]:
    return [
        _("No."), _("Asked on"), _("Member no."), _("Name"), _("Loan"), _("Purpose"), _("Term in months"),
        _("Amount asked for"), _("State"),
    ]  # fmt: skip


def _lines(found: list[LoanApplication], totals: ApplicationTotals) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [
            row.number, row.asked_on, row.member.number, row.member.full_name, row.product.name,
            str(row.get_purpose_display()), row.instalments, Money(row.satang), str(row.get_status_display()),
        ]
        for row in found
    ]  # fmt: skip
    return [*lines, [None, None, None, _("Total"), None, None, None, Money(totals.satang), None]]
