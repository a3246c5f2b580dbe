"""What each way of paying a share posts, and what follows from it. Called behind the book's lock."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from funds.accounts import accounts_for
from funds.journal import EntryDraft, post_entries
from funds.journal import Line as EntryLine
from funds.models import Entry
from loans.allocation import Allocation
from loans.models import Loan, Repayment
from loans.postings import repayment_lines
from loans.selectors.due import LoanDue, allocations
from loans.services.repayments import RepaidPart, record_repayments
from members.models import SavingsGroup, User
from savings.models import SpecialBook
from savings.services.special import open_special_books
from shareout.models import SharePayment
from shareout.selectors.payees import payee_codes, receivers_of
from shareout.selectors.payments import overdue_loans
from shareout.share_out_errors import NothingInArrears
from shareout.share_out_postings import PAYABLE, Line
from thai.money import format_baht

Way = SharePayment.Way
Paid = list[tuple[Loan, Allocation]]
SPECIAL_SAVINGS = "O2200"


def post_payments(*, group: SavingsGroup, rows: Sequence[SharePayment], on: date, by: User) -> list[Entry]:
    """Post a list in one batch, an entry for each row, by who asked, ok = [who approves]; each row gets its entry."""
    saving = [row.member for row in rows if row.way == Way.SAVINGS]
    books = open_special_books(group=group, members=saving, by=by) if saving else {}
    paid = _set_off(group, [row for row in rows if row.way == Way.SET_OFF], on)
    lines = [[(PAYABLE, row.member.holder, row.satang), *_credits(row, books, paid)] for row in rows]
    accounts = accounts_for(group, {line[:2] for each in lines for line in each})
    payees = payee_codes(row.member_id for row in rows)
    receivers = receivers_of(row.member for row in rows)
    drafts = [
        EntryDraft(
            kind="share_payment",
            on=on,
            by=row.requested_by,
            ok=[by],
            lines=[EntryLine(accounts[code, holder], satang) for code, holder, satang in each],
            operation=row.operation,
            details=_details(row, paid, receivers[row.member_id]),
            payee=payees[row.member_id],
        )
        for row, each in zip(rows, lines, strict=True)
    ]
    entries = post_entries(group=group, drafts=drafts, operation=rows[-1].operation)
    for row, entry in zip(rows, entries, strict=True):
        row.entry = entry
    _note_repayments(group, rows, paid, on)
    return entries


def _credits(row: SharePayment, books: Mapping[int, SpecialBook], paid: Mapping[int, Paid]) -> list[Line]:
    if row.way == Way.CASH:
        return [("O1100", "", -row.satang)]
    if row.way == Way.TRANSFER:
        return [("O1200", row.bank_holder, -row.satang)]
    if row.way == Way.SAVINGS:
        return [(SPECIAL_SAVINGS, books[row.member_id].number, -row.satang)]
    parts = repayment_lines((loan.number, part) for loan, part in paid[row.pk])
    return _together(parts)


def _together(lines: Sequence[Line]) -> list[Line]:
    """Fines and interest of several loans in one line each."""
    sums: dict[tuple[str, str], int] = {}
    for code, holder, satang in lines:
        sums[code, holder] = sums.get((code, holder), 0) + satang
    return [(code, holder, satang) for (code, holder), satang in sums.items()]


def _set_off(group: SavingsGroup, rows: Sequence[SharePayment], on: date) -> dict[int, Paid]:
    """What each row pays of the borrower's loans in arrears, the one due the longest first; by the row's id."""
    if not rows:
        return {}
    late = overdue_loans(group, [row.member for row in rows], on)
    amounts: dict[int, dict[int, int]] = {row.pk: _spread(row, late.get(row.member_id, [])) for row in rows}
    wanted = {loan_id for each in amounts.values() for loan_id in each}
    loans = {loan.pk: loan for loan in Loan.objects.filter(group=group, pk__in=wanted).select_related("member")}
    for loan in loans.values():
        loan.group = loan.member.group = group
    together = {loan_id: satang for each in amounts.values() for loan_id, satang in each.items()}
    parts = allocations(group, on, together, loans=list(loans.values()))
    return {pk: [(loans[loan_id], parts[loan_id]) for loan_id in each] for pk, each in amounts.items()}


def _spread(row: SharePayment, loans: Sequence[LoanDue]) -> dict[int, int]:
    rest, found = row.satang, {}
    for loan in loans:
        part = min(rest, loan.due_satang)
        if part:
            found[loan.loan_id] = part
        rest -= part
    if rest:
        raise NothingInArrears(name=row.member.full_name, due=format_baht(row.satang - rest))
    return found


def _note_repayments(group: SavingsGroup, rows: Sequence[SharePayment], paid: Mapping[int, Paid], on: date) -> None:
    parts = [
        RepaidPart(
            loan=loan,
            entry_id=row.entry_id,
            kind=Repayment.Kind.SET_OFF,
            paid_on=on,
            payer=row.member,
            fine=part.fine,
            interest=part.interest,
            principal=part.principal,
        )
        for row in rows
        for loan, part in paid.get(row.pk, ())
        if row.entry_id is not None
    ]
    record_repayments(group=group, parts=parts)


def _details(row: SharePayment, paid: Mapping[int, Paid], receiver: str) -> dict[str, Any]:
    details: dict[str, Any] = {
        "payee": receiver or row.member.full_name,
        "member": row.member.holder,
        "method": row.way,
    }
    if row.slip_ref:
        details["slip"] = row.slip_ref
    if row.way == Way.SET_OFF:
        details["contracts"] = [loan.number for loan, _part in paid[row.pk]]
    return details
