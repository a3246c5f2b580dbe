"""Paying a contract out beside the meeting: asked for here, approved by another officer on this page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from funds.models import Way
from funds.selectors import is_open as books_open
from funds.waiting import require_free_cash
from loans.deciding_errors import PayoutGone
from loans.forms.contracts import PayoutForm
from loans.models import Disbursement, Loan
from loans.selectors.contracts import missing_signatures, quote_of, unconfirmed
from loans.selectors.payouts import payout_of
from loans.selectors.queue import lendable, loan_queue
from loans.services.payout_signatures import approve_signed_payout, ask_payout_signature
from loans.services.payouts import approve_payout, cancel_payout, request_payout
from loans.views.contracts import contract_or_404
from members.access import Right, group_or_404, has_right
from members.cosign import live_signature
from members.errors import DomainError
from members.models import SavingsGroup
from savings.views import lists

ANSWERS = ("approve", "signed", "ask", "cancel")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payout(request: HttpRequest, group_code: str, contract_id: int) -> HttpResponse:
    """Ask for the payout of a signed contract; let a second officer approve it, or take it back."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    loan = contract_or_404(group, contract_id)
    may_ask = has_right(request.user, group, Right.KEEP_MEETING)
    row = payout_of(loan)
    if request.method == "POST" and request.POST.get("act") in ANSWERS:
        return _answer(request, loan, row)
    missing = [*missing_signatures(loan), *unconfirmed(loan)]
    is_payable = row is None and loan.paid_out_on is None and loan.cancelled_on is None and not missing
    cash_refused = _cash_refusal(group)
    form = _form(request, group, cash_refused) if may_ask and is_payable and books_open(group) else None
    if request.method == "POST":
        if form is None:
            return redirect("loans:payout", group.code, loan.pk)
        if form.is_valid() and _request(request, loan, form):
            return redirect("loans:payout", group.code, loan.pk)
    user = lists.person(request)
    waits = [each for each in loan_queue(group) if each.loan is None or each.loan.pk != loan.pk]
    own = next((each.rank for each in loan_queue(group) if each.loan is not None and each.loan.pk == loan.pk), 0)
    context = {
        "group": group,
        "loan": loan,
        "row": row,
        "missing": missing,
        "form": form,
        "is_open": books_open(group),
        "quote": quote_of(loan, timezone.localdate()),
        "money": lendable(group),
        "before": [each for each in waits if each.rank < own and not each.is_asked_for],
        "is_own": row is not None and row.requested_by_id == user.pk,
        "at_meeting": row is not None and row.way == Disbursement.MEETING,
        "signature": live_signature(row) if row is not None else None,
        "here": request.path,
        "cash_refused": cash_refused,
    }
    return render(request, "loans/payout.html", context)


def _form(request: HttpRequest, group: SavingsGroup, cash_refused: str) -> PayoutForm:
    """While cash goes through the meeting alone, a transfer is what can be written down here."""
    return PayoutForm(request.POST or None, group=group, initial={"way": Way.TRANSFER} if cash_refused else {})


def _request(request: HttpRequest, loan: Loan, form: PayoutForm) -> bool:
    try:
        request_payout(
            loan=loan, payout=form.payout(), operation=form.cleaned_data["operation"], by=lists.person(request)
        )
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Written down. The money is held until a second officer approves."))
    return True


def _answer(request: HttpRequest, loan: Loan, row: Disbursement | None) -> HttpResponse:
    if row is None:
        messages.error(request, PayoutGone().message)
        return redirect("loans:payout", loan.group.code, loan.pk)
    act, person = request.POST["act"], lists.person(request)
    row.group = row.loan.group = loan.group
    if act in ("ask", "signed") and row.requested_by_id != person.pk:
        raise Http404
    try:
        if act == "cancel":
            cancel_payout(disbursement=row, by=person)
            messages.success(request, _("The payout is cancelled; the money is free again."))
        elif act == "ask":
            ask_payout_signature(disbursement=row)
        else:
            paid = (
                approve_signed_payout(disbursement=row)
                if act == "signed"
                else approve_payout(disbursement=row, by=person)
            )
            assert paid.entry is not None
            messages.success(request, _("Paid out. Print the voucher and let the borrower sign it."))
            return redirect("reports:receipt", loan.group.code, paid.entry.n)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("loans:payout", loan.group.code, loan.pk)


def _cash_refusal(group: SavingsGroup) -> str:
    try:
        require_free_cash(group, timezone.localdate())
    except DomainError as refusal:
        return refusal.message
    return ""
