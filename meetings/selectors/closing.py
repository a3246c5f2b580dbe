"""From rows, payments and count to the plan of the close. The page and the close read the very same plan."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from funds.selectors import cash_balances
from loans.postings import repayment_lines
from meetings.cash import CashPosition
from meetings.errors import CountMissing, MonthsMoved, ReasonMissing
from meetings.models import CashCount, Meeting, PaymentLine
from meetings.plan import ClosePlan, PlannedEntry, PlannedRepayment, declared_cash, fingerprint
from meetings.postings import difference_lines, payment_lines
from meetings.selectors.brought import Brought, brought
from meetings.selectors.cash import position_of
from meetings.selectors.loans import repayments_of
from meetings.selectors.meetings import valid_count
from meetings.selectors.payments import bank_for_transfers
from meetings.selectors.pledges import books_of, number_with_moved_months
from savings.months import month_from_text
from savings.postings import Received, receipt_lines


def plan_close(meeting: Meeting, *, operation: UUID) -> ClosePlan:
    """Reckon the whole batch; writes nothing. Raises CountMissing, ReasonMissing, MonthsMoved, LoansMoved."""
    count = valid_count(meeting)
    if count is None:
        raise CountMissing
    if count.difference_satang and not count.reason:
        raise ReasonMissing
    rows = brought(meeting)
    if moved := number_with_moved_months(meeting, rows):
        raise MonthsMoved(number=moved)
    repaid = repayments_of(meeting, rows)
    lines = approved_payments(meeting)
    balances = cash_balances(meeting.group)
    position = position_of(balances, rows, lines)
    receipts = _receipts(meeting, rows, repaid)
    payments = {kind: tuple(_payment(meeting, line) for line in lines if line.kind in kind) for kind in _GROUPS}
    return ClosePlan(
        meeting_id=meeting.pk,
        label=str(meeting),
        held_on=meeting.held_on,
        fetched=payments[_FETCHED],
        receipts=receipts,
        payments=payments[_PAID],
        carried=payments[_CARRIED],
        difference=_difference(meeting, count, position.expected, operation),
        close=_close(meeting, count, position, balances, operation),
        position=position,
        counted=count.counted_satang,
        counted_by=count.counted_by_id,
        reason=count.reason,
        fingerprint=fingerprint_of(meeting, rows, lines, count, position.expected, repaid),
        denominations=count.denominations,
    )


_FETCHED = (PaymentLine.Kind.BANK_FETCH,)
_PAID = (PaymentLine.Kind.WITHDRAWAL, PaymentLine.Kind.EXPENSE, PaymentLine.Kind.LOAN)
_CARRIED = (PaymentLine.Kind.BANK_CARRY,)
_GROUPS = (_FETCHED, _PAID, _CARRIED)
Repaid = Mapping[int, tuple[PlannedRepayment, ...]]


class FirstDays(dict[str, date]):
    """The first day of a month by its text, each read once: a meeting names few months many times."""

    def __missing__(self, text: str) -> date:
        self[text] = month_from_text(text)
        return self[text]


def approved_payments(meeting: Meeting) -> list[PaymentLine]:
    """The payments that the close will post, in the order they were asked for."""
    lines = PaymentLine.objects.filter(meeting=meeting, state=PaymentLine.State.COSIGNED)
    return list(lines.select_related("requested_by", "cosigned_by", "member").order_by("pk"))


def _receipts(meeting: Meeting, rows: list[Brought], repaid: Repaid) -> tuple[PlannedEntry, ...]:
    paying = [row for row in rows if row.received and row.total]
    books = books_of(meeting, {row.member_id: row.holder for row in paying if row.special})
    bank = None if all(row.is_cash for row in paying) else bank_for_transfers(meeting.group)
    label, first_days = str(meeting), FirstDays()
    return tuple(
        PlannedEntry(
            kind="receipt",
            operation=row.operation,
            source=row.pk,
            member_id=row.member_id,
            months=tuple((first_days[month], satang) for month, satang in row.months) if row.pledge else (),
            repaid=repaid.get(row.pk, ()),
            lines=tuple(
                receipt_lines(
                    Received(
                        holder=row.holder,
                        pledge=row.pledge,
                        special=row.special,
                        fee=row.fee,
                        fine=row.fine,
                        book=books.get(row.member_id, ""),
                        bank=None if row.is_cash else bank,
                        also=tuple(repayment_lines((part.number, part) for part in repaid.get(row.pk, ()))),
                    )
                )
            ),
            details=_receipt_details(label, row),
        )
        for row in paying
    )


def _receipt_details(label: str, row: Brought) -> dict[str, Any]:
    """The words of a receipt: who paid, which months, how."""
    details: dict[str, Any] = {
        "payer": row.full_name,
        "member": row.holder,
        "meeting": label,
        "months": [month for month, _satang in row.months],
        "method": row.method,
    }
    return {**details, "slip": row.slip_ref} if row.slip_ref else details


def _payment(meeting: Meeting, line: PaymentLine) -> PlannedEntry:
    details = {
        "meeting": str(meeting),
        "payee": line.payee,
        "memo": line.memo,
        "slip": line.slip_ref,
        "member": line.member.holder if line.member else "",
        "contract": line.account_holder if line.kind == PaymentLine.Kind.LOAN else "",
    }
    assert line.cosigned_by is not None
    return PlannedEntry(
        kind=line.entry_kind,
        operation=line.operation,
        source=line.pk,
        lines=tuple(
            payment_lines(
                kind=line.kind,
                satang=line.satang,
                code=line.account_code,
                holder=line.account_holder,
                from_bank=line.from_bank,
                bank=line.bank_holder,
            )
        ),
        details={name: text for name, text in details.items() if text},
        by=line.requested_by.code,
        ok=(line.cosigned_by.code,),
        payee=line.member,
    )


def _difference(meeting: Meeting, count: CashCount, expected: int, operation: UUID) -> PlannedEntry | None:
    difference = count.counted_satang - expected
    if not difference:
        return None
    kind, lines = difference_lines(difference)
    return PlannedEntry(
        kind=kind,
        operation=uuid5(operation, "difference"),
        lines=tuple(lines),
        details={"meeting": str(meeting), "memo": count.reason},
    )


def _close(
    meeting: Meeting, count: CashCount, position: CashPosition, now: dict[str, int], operation: UUID
) -> PlannedEntry:
    past = meeting.held_on < timezone.localdate()  # nothing is ever booked later than today
    on_the_day = cash_balances(meeting.group, as_of=meeting.held_on) if past else now
    return PlannedEntry(
        kind="meeting_close",
        operation=operation,
        lines=(),
        details={"meeting": str(meeting), "place": meeting.place} if meeting.place else {"meeting": str(meeting)},
        declared=declared_cash(
            position,
            counted=count.counted_satang,
            later_operating=now["O1100"] - on_the_day["O1100"],
            later_administrative=now["A1100"] - on_the_day["A1100"],
        ),
    )


def fingerprint_of(
    meeting: Meeting,
    rows: list[Brought],
    lines: list[PaymentLine],
    count: CashCount,
    expected: int,
    repaid: Repaid,
) -> str:
    """The fingerprint of an evening: every line, what it pays of loans, every payment and piece counted."""
    return fingerprint(_content(meeting, rows, lines, count, expected, repaid))


def _content(
    meeting: Meeting,
    rows: list[Brought],
    lines: list[PaymentLine],
    count: CashCount,
    expected: int,
    repaid: Repaid,
) -> dict[str, Any]:
    return {
        "meeting": [meeting.pk, str(meeting), meeting.held_on.isoformat()],
        "rows": [
            [
                row.pk, row.member_id, row.version, row.present, row.received, row.pledge, row.special, row.fee,
                row.fine, row.loan, row.loans, row.months, row.method, row.slip_ref,
            ]
            for row in rows
        ],
        "repaid": [
            [row, [[part.loan_id, part.fine, part.interest, part.principal] for part in parts]]
            for row, parts in repaid.items()
        ],
        "payments": [
            [
                line.pk, line.kind, line.satang, line.account_code, line.account_holder, line.from_bank,
                line.bank_holder, line.payee, line.memo, line.slip_ref, line.requested_by_id, line.cosigned_by_id,
            ]
            for line in lines
        ],
        "count": [count.pk, count.denominations, count.counted_satang, expected, count.reason, count.counted_by_id],
    }  # fmt: skip
