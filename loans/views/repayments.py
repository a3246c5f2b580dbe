"""Repaying beside the meeting: the form with what frees the borrower today, and the list of what was paid."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.selectors import is_open
from loans.forms.repayments import RepayForm
from loans.models import Loan, LoanReceipt
from loans.repayment_errors import RepaymentError
from loans.selectors.repayments import (
    SHOWS,
    RepaidSum,
    ToRepay,
    claims_on,
    loans_to_repay,
    paid_back_by,
    payers_of,
    repaid_sum,
    repayments,
    waiting_transfers,
)
from loans.services.receipts import record_loan_receipt
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from members.models import SavingsGroup
from papers.tables import Cell, Money
from savings.errors import SlipTaken
from savings.views import lists
from savings.views.deposits import cash_refusal


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def repay(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """Take money for a loan, and for the borrower's others; the receipt follows at once."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    loan = _loan_or_404(group, contract_id)
    today = timezone.localdate()
    loans = loans_to_repay(loan, today)
    if request.method == "POST" and not loans and (receipt := _sent_before(request, group)):
        return redirect("reports:receipt", group.code, receipt.entry.n)
    cash_refused = cash_refusal(group, today)
    context: dict[str, Any] = {
        "group": group,
        "loan": loan,
        "loans": loans,
        "today": today,
        "is_open": is_open(group),
        "cash_refused": cash_refused,
        "claims": claims_on(each.loan for each in loans),
    }
    if loans and context["is_open"]:
        payers = payers_of([each.loan for each in loans], loan.member)
        form = RepayForm(
            request.POST or None, loans=loans, payers=payers, initial=_initial(request, loan, loans, cash_refused)
        )
        if request.method == "POST" and form.is_valid():
            receipt = _record(request, group, form)
            if receipt is not None:
                return redirect("reports:receipt", group.code, receipt.entry.n)
        context["form"] = form
    return render(request, "loans/repay.html", context)


def _loan_or_404(group: SavingsGroup, contract_id: int) -> Loan:
    loan = Loan.objects.filter(group=group, pk=contract_id).select_related("member").first()
    if loan is None:
        raise Http404
    loan.group = loan.member.group = group
    return loan


def _sent_before(request: HttpRequest, group: SavingsGroup) -> LoanReceipt | None:
    """The receipt of a form that is sent again after it has paid everything off."""
    try:
        operation = UUID(request.POST.get("operation", ""))
    except ValueError:
        return None
    return LoanReceipt.objects.filter(group=group, operation=operation).select_related("entry").first()


def _initial(request: HttpRequest, loan: Loan, loans: list[ToRepay], cash_refused: str) -> dict[str, Any]:
    """What is due on the loan that was opened; the address may ask for what pays one off."""
    found: dict[str, Any] = {"way": "transfer"} if cash_refused else {}
    settle = request.GET.get("settle", "")
    for each in loans:
        name = f"loan_{each.loan.pk}"
        if settle == str(each.loan.pk):
            found[name] = each.standing.settlement
        elif each.loan.pk == loan.pk and each.standing.due_satang:
            found[name] = each.standing.due_satang
    return found


def _record(request: HttpRequest, group: SavingsGroup, form: RepayForm) -> LoanReceipt | None:
    try:
        receipt = record_loan_receipt(
            group=group, money=form.money(), operation=form.cleaned_data["operation"], by=lists.person(request)
        )
    except DomainError as refusal:
        form.add_error(_field_of(refusal, form), refusal.message)
        return None
    messages.success(request, _("Received; receipt no. %(number)s") % {"number": receipt.entry.n})
    for number in paid_back_by(receipt):
        text = _("Contract %(number)s is paid back. The savings that secured it are free again.")
        messages.success(request, text % {"number": number})
    return receipt


def _field_of(refusal: DomainError, form: RepayForm) -> str | None:
    if isinstance(refusal, SlipTaken):
        return "slip_ref"
    return next(iter(form.parts)) if isinstance(refusal, RepaymentError) else None


@require_safe
def repayment_list(request: HttpRequest, group_code: str) -> HttpResponse:
    """Show what was paid on loans, at meetings and beside them, and which transfers the bank book has not shown yet."""
    group = group_or_404(request.user, group_code, Right.SEE_PEOPLE)
    words, show = lists.words_of(request), lists.chosen(request, "show", SHOWS)
    found = repayments(group, q=words, show=show)
    total = repaid_sum(found)
    if lists.wants_file(request):
        return lists.file_of(request, f"{group.code}-repayments", _heads(), _lines(list(found), total))
    context = {
        "group": group,
        "page": lists.page_of(request, found),
        "total": total,
        "waiting": waiting_transfers(group),
        "words": words,
        "show": show,
        "kept": [("show", show)] if show != SHOWS[0] else [],
        "query": lists.query_without(request),
        "query_shows": lists.query_without(request, "show"),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "loans/repayment_list.html", context)


def _heads() -> list[str]:
    return [
        _("Date"), _("Receipt"), _("Contract number"), _("Member no."), _("Name"), _("Principal"), _("Interest"),
        _("Fine"), _("Together"), _("Kind"), _("Who paid"), _("Number of the transfer slip"), _("State"),
    ]  # fmt: skip


def _lines(found: list[Any], total: RepaidSum) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [
            row.paid_on, row.entry.n, row.loan.number, row.loan.member.number, row.loan.member.full_name,
            Money(row.principal_satang), Money(row.interest_satang), Money(row.fine_satang), Money(row.together),
            str(row.get_kind_display()), row.payer.full_name, row.slip or "", _state(row),
        ]
        for row in found
    ]  # fmt: skip
    sums: list[Cell] = [Money(total.principal), Money(total.interest), Money(total.fine), Money(total.together)]
    return [*lines, [None, None, None, None, _("Total"), *sums, None, None, None, None]]


def _state(row: Any) -> str:
    if row.reversed_n:
        return _("Reversed")
    if row.way is None:
        return _("At a meeting") if row.kind == row.Kind.PAYMENT else str(row.get_kind_display())
    if row.way == "cash":
        return _("Received in cash")
    return _("Found in the bank book") if row.is_matched else _("Waiting to be checked against the bank book")
