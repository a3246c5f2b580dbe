"""The papers of a loan as PDF; whose paper was printed is recorded."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loans import papers
from loans.models import Loan
from loans.selectors.contracts import guarantees_of
from loans.views.applications import application_or_404
from loans.views.contracts import contract_or_404
from members.access import Right, group_or_404
from members.services import record_access
from members.views.lists import pdf_of
from savings.views import lists


@require_safe
def blank_application(request: HttpRequest, group_code: str) -> HttpResponse:
    """The application on paper, to be filled in by hand."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    return pdf_of(papers.blank_application_file(group), f"{group.code}-loan-application")


@require_safe
def application(request: HttpRequest, group_code: str, application_id: int) -> HttpResponse:
    """The application with what was written down, to be signed."""
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    row = application_or_404(group, application_id)
    record_access(user=lists.person(request), members=[row.member], page="loans:paper-application")
    return pdf_of(papers.application_file(row), f"{group.code}-loan-application-{row.number}")


@require_safe
def contract(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """The contract."""
    return _paper(request, group_code, contract_id, "contract", papers.contract_file)


@require_safe
def guarantees(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """The guarantee contracts, a page each."""
    return _paper(request, group_code, contract_id, "guarantees", papers.guarantees_file)


@require_safe
def consent(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """The consent of the spouses, a page each."""
    return _paper(request, group_code, contract_id, "consent", papers.consent_file)


@require_safe
def schedule(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """Every instalment."""
    return _paper(request, group_code, contract_id, "schedule", papers.schedule_file)


@require_safe
def card(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """The repayment card."""
    return _paper(request, group_code, contract_id, "card", papers.card_file)


def _paper(
    request: HttpRequest, group_code: str, contract_id: int, name: str, print_it: Callable[[Loan], bytes]
) -> HttpResponse:
    group = group_or_404(request.user, group_code, Right.KEEP_LOANS)
    loan = contract_or_404(group, contract_id)
    people = [loan.member, *(each.member for each in guarantees_of(loan))]
    record_access(user=lists.person(request), members=people, page=f"loans:paper-{name}")
    return pdf_of(print_it(loan), f"{group.code}-{name}-{loan.pk}")
