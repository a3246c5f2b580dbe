"""The group's own loans: the list, one loan with its schedule, an instalment paid."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.forms.money_in import BankLoanForm, KnownLoanForm, ScheduleForm
from funds.forms.vouchers import InstalmentForm
from funds.models import BankLoan
from funds.selectors import is_open
from funds.selectors.bank_loans import loan_state, loan_states, owed_total, received_of, unrecorded_loans
from funds.services.bank_loans import change_schedule, record_known_loan, take_bank_loan
from funds.views.pages import file_of, person, query_of, wants_file, words_of
from funds.views.vouchers import answer_form
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from papers.tables import Cell, Money


@require_safe
@never_cache
def bank_loans(request: HttpRequest, group_code: str) -> HttpResponse:
    """Every loan that the group took, what is owed, what comes next."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    words = words_of(request)
    found = loan_states(group, timezone.localdate(), words=words)
    if wants_file(request):
        heads = [_("Loan no."), _("Lender"), _("Received on"), _("Amount"), _("Still owed"), _("Next instalment due")]
        rows: list[list[Cell]] = [
            [
                each.loan.number,
                each.loan.lender,
                each.loan.received_on,
                Money(each.loan.principal_satang),
                Money(each.owed),
                each.next.instalment.due_on if each.next else None,
            ]
            for each in found
        ]
        rows.append([_("Together"), None, None, None, Money(owed_total(found)), None])
        return file_of(request, _("Loans that the group took"), heads, rows)
    context = {
        "group": group,
        "states": found,
        "total": owed_total(found),
        "unrecorded": unrecorded_loans(group),
        "words": words,
        "query": query_of(request),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/bank_loans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def bank_loan_new(request: HttpRequest, group_code: str) -> HttpResponse:
    """Receive a loan; `?number=` names one that the books know already from their opening."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    number = request.GET.get("number", "")
    owed = unrecorded_loans(group).get(number, 0)
    form: BankLoanForm | KnownLoanForm
    if owed:
        form = KnownLoanForm(request.POST or None)
    else:
        form = BankLoanForm(request.POST or None, request.FILES or None, group=group)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            if isinstance(form, KnownLoanForm):
                loan = record_known_loan(
                    group=group,
                    number=number,
                    lender=cleaned["lender"],
                    rate=cleaned["rate"],
                    received_on=cleaned["received_on"],
                    schedule=form.plan(owed),
                    by=person(request),
                )
            else:
                loan = take_bank_loan(
                    group=group,
                    receipt=form.receipt(),
                    rate=cleaned["rate"],
                    schedule=form.plan(cleaned["satang"]),
                    operation=cleaned["operation"],
                    by=person(request),
                )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Loan %(number)s and its schedule are written down.") % {"number": loan})
            return redirect("funds:bank-loan", group.code, loan.pk)
    context = {"group": group, "form": form, "number": number, "owed": owed, "is_open": is_open(group)}
    return render(request, "funds/bank_loan_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def bank_loan(request: HttpRequest, group_code: str, loan_id: int) -> HttpResponse:
    """One loan: what is owed, its schedule; `?change=1` opens the schedule for correction."""
    loan = _loan_or_404(
        request, group_code, loan_id, Right.KEEP_MEETING if request.method == "POST" else Right.SEE_GROUP
    )
    state = loan_state(loan, timezone.localdate())
    may_write = has_right(request.user, loan.group, Right.KEEP_MEETING)
    wants_change = may_write and (request.method == "POST" or "change" in request.GET)
    form = ScheduleForm(request.POST or None, state=state) if wants_change else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            change_schedule(loan=loan, schedule=form.schedule())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The schedule is changed."))
            return redirect("funds:bank-loan", group_code, loan_id)
    context = {
        "group": loan.group,
        "loan": loan,
        "received": received_of(loan),
        "state": state,
        "form": form,
        "may_write": may_write,
    }
    return render(request, "funds/bank_loan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pay_instalment(request: HttpRequest, group_code: str, loan_id: int, instalment: int) -> HttpResponse:
    """Pay an instalment: a voucher with principal and interest, as the bank's slip says them."""
    loan = _loan_or_404(request, group_code, loan_id, Right.KEEP_MEETING)
    row = next(
        (each for each in loan_state(loan, timezone.localdate()).rows if each.instalment.number == instalment), None
    )
    if row is None:
        raise Http404
    if row.voucher is not None:
        return redirect("funds:voucher", group_code, row.voucher.pk)
    row.instalment.loan = loan
    memo = _("Instalment %(number)s of loan %(loan)s") % {"number": instalment, "loan": loan}
    initial = {
        "principal": row.instalment.principal_satang,
        "interest": row.instalment.interest_satang,
        "memo": memo,
    }
    form = InstalmentForm(
        request.POST or None, request.FILES or None, group=loan.group, instalment=row.instalment, initial=initial
    )
    return answer_form(request, loan.group, form, title=memo)


def _loan_or_404(request: HttpRequest, group_code: str, loan_id: int, right: Right) -> BankLoan:
    group = group_or_404(request.user, group_code, right)
    loan = BankLoan.objects.filter(group=group, pk=loan_id).first()
    if loan is None:
        raise Http404
    loan.group = group
    return loan
