"""Contracts: made from a decision, signed, cancelled before the payout."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loans import deciding_errors as errors
from loans.forms.contracts import CancelForm, ContractForm, SignaturesForm
from loans.models import Loan, LoanApplication
from loans.selectors.applications import application_view
from loans.selectors.contracts import (
    contract_of,
    contracts,
    guarantees_of,
    is_approved,
    missing_signatures,
    next_contract_number,
    quote_of,
    spouses_missing,
    unconfirmed,
    usual_due_day,
)
from loans.selectors.payouts import payout_of
from loans.services.contracts import cancel_contract, make_contract, record_signatures
from loans.views.applications import application_or_404
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from savings.views import lists

FIELDS: dict[type[DomainError], str] = {
    errors.ContractNumberTaken: "number",
    errors.ContractNumberLeavesGap: "number",
    errors.ContractNumberUnfit: "number",
    errors.ContractDayRefused: "contracted_on",
    errors.FirstDueRefused: "first_due_on",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contract_new(request: HttpRequest, group_code: str, application_id: int) -> HttpResponse:
    """Make the contract of an approved application."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    row = application_or_404(group, application_id)
    made = contract_of(row)
    if made is not None:
        return redirect("loans:contract", group.code, made.pk)
    decision = getattr(row, "decision", None)
    is_approved = row.status == LoanApplication.Status.APPROVED and decision is not None
    form = None
    if is_approved:
        today = timezone.localdate()
        initial = {
            "number": next_contract_number(group),
            "contracted_on": today,
            "first_due_on": usual_due_day(row, today),
        }
        form = ContractForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            loan = _make(request, row, form)
            if loan is not None:
                messages.success(request, _("The contract is made. Print it and let everybody sign."))
                return redirect("loans:contract", group.code, loan.pk)
    context = {"group": group, "row": row, "view": application_view(row), "decision": decision, "form": form}
    return render(request, "loans/contract_new.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """Show a contract with its papers and signatures; write down who signed, or cancel it before the payout."""
    right = Right.KEEP_LOANS if request.method == "POST" else Right.SEE_GROUP
    group = group_or_404(request.user, group_code, right)
    loan = contract_or_404(group, contract_id)
    may_write = has_right(request.user, group, Right.KEEP_LOANS)
    act = request.POST.get("act") if request.method == "POST" else None
    signing = SignaturesForm(request.POST if act == "sign" else None, request.FILES or None, loan=loan)
    ending = CancelForm(request.POST if act == "cancel" else None)
    if act == "sign" and signing.is_valid() and _sign(request, loan, signing):
        return redirect("loans:contract", group.code, loan.pk)
    if act == "cancel" and ending.is_valid() and _cancel(request, loan, ending):
        return redirect("loans:contract", group.code, loan.pk)
    is_open = loan.paid_out_on is None and loan.cancelled_on is None
    context: dict[str, Any] = {
        "group": group,
        "loan": loan,
        "quote": quote_of(loan),
        "guarantees": guarantees_of(loan),
        "missing": [*missing_signatures(loan), *unconfirmed(loan)],
        "payout": payout_of(loan),
        "signing": signing,
        "ending": ending if is_open else None,
        "is_open": is_open,
        "is_void": loan.entry is not None and loan.entry.reversals.exists(),
        "again": loan.application if is_approved(loan) else None,
        "spouses": spouses_missing(loan),
        "may_write": may_write,
        "may_pay": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "loans/contract.html", context)


def contract_or_404(group: SavingsGroup, contract_id: int) -> Loan:
    """The group's contract that the address names."""
    loan = contracts(group).filter(pk=contract_id).first()
    if loan is None:
        raise Http404
    loan.group = loan.member.group = group
    if loan.application is not None:
        loan.application.group = group
    return loan


def _make(request: HttpRequest, row: LoanApplication, form: ContractForm) -> Loan | None:
    try:
        return make_contract(
            application=row,
            contract=form.contract(),
            operation=form.cleaned_data["operation"],
            by=lists.person(request),
        )
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(type(refusal)))
    return None


def _sign(request: HttpRequest, loan: Loan, form: SignaturesForm) -> bool:
    try:
        record_signatures(loan=loan, signatures=form.signatures(), by=lists.person(request))
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("The signatures are written down."))
    return True


def _cancel(request: HttpRequest, loan: Loan, form: CancelForm) -> bool:
    try:
        cancel_contract(loan=loan, reason=form.cleaned_data["reason"], by=lists.person(request))
    except DomainError as refusal:
        form.refuse(refusal, "reason")
        return False
    messages.success(request, _("The contract is cancelled; the savings held for it are free again."))
    return True
