"""What the meeting needs of loans: what is due today, how a sum is laid, what moved since a line was saved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from funds.selectors import head
from loans.laying import lay_on_loans
from loans.models import Loan, Repayment, ScheduleVersion
from loans.repayment_errors import MoreThanSettlement, NoLoanToPay, PartsDisagree, RepaymentError
from loans.selectors.due import LoanDue, allocations, loans_due, loans_due_by_books
from meetings.errors import LoansMoved
from meetings.lines import OwedLoan, RowInput
from meetings.models import Correction, Meeting, SheetRow
from meetings.plan import PlannedRepayment
from meetings.selectors.brought import Brought
from thai.money import format_baht

Parts = list[tuple[int, int]]
Repaid = tuple[PlannedRepayment, ...]


def owed_loans(meeting: Meeting, members: Iterable[int] | None = None) -> dict[int, tuple[OwedLoan, ...]]:
    """The loans that can be paid tonight by member id, all or of some members; constant queries.

    The whole sheet is asked for with every line that is saved; while the books stand it is reckoned once.
    """
    found: Mapping[int, Sequence[LoanDue]]
    if members is None:
        found = loans_due_by_books(meeting.group, meeting.held_on)
    else:
        found = loans_due(meeting.group, meeting.held_on, members=members)
    return {member_id: tuple(map(_on_sheet, loans)) for member_id, loans in found.items()}


def _on_sheet(loan: LoanDue) -> OwedLoan:
    if loan.later_on is not None:
        return OwedLoan(loan.loan_id, loan.number, 0, 0, loan.later_on)
    return OwedLoan(loan.loan_id, loan.number, loan.due_satang, loan.settlement)


def laid_on_loans(meeting: Meeting, member_id: int, row: RowInput) -> Parts:
    """Which loan (id) gets how much of a line's money: as chosen, else what is due the longest first.

    Raises RepaymentError where no loan can take it.
    """
    if not row.loan:
        return []
    loans = owed_loans(meeting, [member_id]).get(member_id, ())
    if not loans:
        raise NoLoanToPay
    parts = _laid(row.loan, loans) if row.loans is None else _chosen(row, loans)
    allocations(meeting.group, meeting.held_on, dict(parts))
    return parts


def _laid(satang: int, loans: Sequence[OwedLoan]) -> Parts:
    parts, rest = lay_on_loans(satang, loans)
    if not rest:
        return parts
    if all(loan.waits_for for loan in loans):
        return [(loans[0].loan_id, satang)]  # whoever looks closer says why it cannot be paid
    most = sum(loan.settlement for loan in loans)
    raise MoreThanSettlement(number=", ".join(loan.number for loan in loans), most=format_baht(most))


def _chosen(row: RowInput, loans: Sequence[OwedLoan]) -> Parts:
    parts = [(loan_id, satang) for loan_id, satang in row.loans or () if satang]
    together = sum(satang for _loan_id, satang in parts)
    if together != row.loan:
        raise PartsDisagree(parts=format_baht(together), sum=format_baht(row.loan))
    if not {loan_id for loan_id, _satang in parts} <= {loan.loan_id for loan in loans}:
        raise NoLoanToPay
    return parts


def repayments_of(meeting: Meeting, rows: Iterable[Brought]) -> dict[int, Repaid]:
    """What each line (its id) pays of its member's loans, for the close; constant queries.

    Raises LoansMoved where a loan was paid or changed elsewhere since the line was saved.
    """
    paying = [row for row in rows if row.received and row.loan]
    if not paying:
        return {}
    amounts = {loan_id: satang for row in paying for loan_id, satang in row.loans}
    moved = _moved_by(amounts)
    for row in paying:
        if _is_after(moved, row.loans, row.loans_read):
            raise LoansMoved(number=row.number)
    loans = {loan.pk: loan for loan in Loan.objects.filter(group=meeting.group_id, pk__in=amounts)}
    try:
        paid = allocations(meeting.group, meeting.held_on, amounts)
    except RepaymentError as refusal:
        numbers = {loans[loan_id].number: row.number for row in paying for loan_id, _satang in row.loans}
        raise LoansMoved(number=numbers.get(str(refusal.values.get("number")), paying[0].number)) from None
    return {
        row.pk: tuple(
            PlannedRepayment(
                loan_id, loans[loan_id].number, paid[loan_id].fine, paid[loan_id].interest, paid[loan_id].principal
            )
            for loan_id, _satang in row.loans
        )
        for row in paying
    }


def corrected_repayments(correction: Correction) -> Repaid:
    """What a corrected receipt pays of loans, as of the meeting's day and as if the wrong one had never been.

    Raises RepaymentError.
    """
    amounts = dict(correction.loans)
    meeting = correction.row.meeting
    numbers = dict(Loan.objects.filter(group=meeting.group_id, pk__in=amounts).values_list("pk", "number"))
    paid = allocations(meeting.group, meeting.held_on, amounts, without=correction.entry_id)
    return tuple(
        PlannedRepayment(loan_id, numbers[loan_id], part.fine, part.interest, part.principal)
        for loan_id, part in paid.items()
    )


def loans_to_correct(row: SheetRow) -> list[Loan]:
    """The loans that a receipt paid, or could have paid on its day, by contract."""
    meeting = row.meeting
    owed = loans_due(meeting.group, meeting.held_on, members=[row.member_id]).get(row.member_id, [])
    corrected = [loan_id for correction in row.corrections.all() for loan_id, _satang in correction.loans]
    keys = {*dict(row.loans), *corrected, *(loan.loan_id for loan in owed)}
    return list(Loan.objects.filter(group=meeting.group_id, pk__in=keys).order_by("number"))


def loans_of_correction(correction: Correction) -> list[tuple[str, int]]:
    """What a correction says was paid on each contract, satang."""
    amounts = dict(correction.loans)
    loans = Loan.objects.filter(pk__in=amounts).order_by("number")
    return [(loan.number, amounts[loan.pk]) for loan in loans]


def moved_rows(rows: Iterable[Mapping[str, Any]]) -> set[int]:
    """The members (ids) whose loans were paid or changed elsewhere since their line was saved; constant queries.

    rows: the lines with their columns member_id, loans and loans_read.
    """
    saved = [row for row in rows if row["loans"]]
    moved = _moved_by(loan_id for row in saved for loan_id, _satang in row["loans"])
    return {row["member_id"] for row in saved if _is_after(moved, row["loans"], row["loans_read"])}


def has_moved(row: SheetRow) -> bool:
    """Whether a loan of this line was paid or changed elsewhere since the line was saved."""
    return _is_after(_moved_by(loan_id for loan_id, _satang in row.loans), row.loans, row.loans_read)


def loans_read_at(meeting: Meeting) -> int | None:
    """The last entry (id) of the books: what the loans were read from."""
    last = head(meeting.group)
    return last.pk if last else None


def _is_after(moved: Mapping[int, int], loans: Iterable[Sequence[int]], read: int | None) -> bool:
    return any(moved.get(loan_id, 0) > (read or 0) for loan_id, _satang in loans)


def _moved_by(loans: Iterable[int]) -> dict[int, int]:
    """The last entry (id) by which each loan was paid, had a payment or its payout reversed, or got a new schedule."""
    keys = set(loans)
    if not keys:
        return {}
    found: defaultdict[int, int] = defaultdict(int)
    repaid = Repayment.objects.filter(loan__in=keys).order_by().values_list("loan_id")
    undone = Loan.objects.filter(pk__in=keys, entry__reversals__isnull=False).order_by()
    versions = ScheduleVersion.objects.filter(loan__in=keys, act__entry__isnull=False).order_by().values_list("loan_id")
    for rows in (
        repaid.annotate(paid=Max("entry_id"), undone=Max("entry__reversals")),
        undone.values_list("pk", "entry__reversals"),
        versions.annotate(made=Max("act__entry_id")),
    ):
        for loan_id, *entries in rows:
            found[loan_id] = max(found[loan_id], *(entry or 0 for entry in entries))
    return dict(found)
