"""Loans and ledger agree: what was repaid, what is owed, what the schedules divide. Findings: (rule, number, text)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Count, Sum

from funds import kinds
from funds.models import Entry
from loans.checks.rows import FINES, INTEREST, LOANS, honest_postings, loans_of, numbers_of, owed_of
from loans.models import Loan, Repayment, ScheduledInstalment, ScheduleVersion
from loans.selectors.standings import histories
from members.models import SavingsGroup
from thai.money import format_baht

Finding = tuple[str, int, str]


def check_repayments(group: SavingsGroup) -> Iterator[Finding]:
    """Each repayment's principal is its entry's credit on the loan; interest and fine lie within the entry's own."""
    rows = list(Repayment.objects.filter(group=group).select_related("loan"))
    numbers = numbers_of(row.entry_id for row in rows)
    known = set(Loan.objects.filter(group=group).values_list("number", flat=True))
    credited: dict[tuple[int, str], int] = defaultdict(int)
    for entry_id, holder, amount in honest_postings(group, LOANS).values_list("entry_id", "account__holder", "amount"):
        if amount < 0 and holder in known:
            credited[entry_id, holder] -= amount
    named = {(row.entry_id, row.loan.number): row.principal_satang for row in rows}
    for key in sorted({*credited, *(key for key, satang in named.items() if satang)}):
        if named.get(key, 0) != credited.get(key, 0):
            said, booked = format_baht(named.get(key, 0)), format_baht(credited.get(key, 0))
            number = numbers.get(key[0]) or numbers_of([key[0]]).get(key[0], 0)
            yield "repayments", number, f"{said} of principal are noted for contract {key[1]}, {booked} are credited"
    yield from _income_faults(group, rows, numbers)
    for row in rows:
        if row.entry_id >> 32 != group.pk or row.loan.group_id != group.pk:
            yield "repayments", numbers.get(row.entry_id, 0), f"repayment {row.pk} is another group's"


def _income_faults(group: SavingsGroup, rows: Sequence[Repayment], numbers: dict[int, int]) -> Iterator[Finding]:
    for code, field in ((INTEREST, "interest_satang"), (FINES, "fine_satang")):
        booked_by = dict(honest_postings(group, code).values_list("entry_id").annotate(total=Sum("amount")))
        said_by: dict[int, int] = defaultdict(int)
        for row in rows:
            said_by[row.entry_id] += getattr(row, field)
        for entry_id, satang in sorted(said_by.items()):
            booked = -booked_by.get(entry_id, 0)
            if satang > booked:
                detail = f"{format_baht(satang)} are noted for loans, {format_baht(booked)} credited on {code}"
                yield "repayments", numbers[entry_id], detail


def check_schedules(group: SavingsGroup) -> Iterator[Finding]:
    """A schedule divides its principal, the first one all that was lent, a later one what was owed that day."""
    versions = ScheduleVersion.objects.filter(loan__group=group).select_related("loan", "act__entry")
    lines = ScheduledInstalment.objects.filter(schedule__loan__group=group).order_by()
    found = lines.values_list("schedule_id").annotate(total=Sum("principal_satang"), count=Count("pk"))
    sums = {pk: (total, count) for pk, total, count in found}
    for version in versions.order_by("loan_id", "version"):
        said = f"schedule {version.version} of contract {version.loan.number}"
        total, count = sums.get(version.pk, (0, 0))
        entry = version.act.entry if version.act else None
        number = entry.n if entry else 0
        if total != version.satang:
            yield "schedule", number, f"{said} divides {format_baht(total)} of {format_baht(version.satang)}"
        if not count:
            yield "schedule", number, f"{said} has no instalments"
        if version.version == 1:
            if version.satang != version.loan.satang:
                yield "schedule", number, f"{said} is about another sum than the contract"
        elif entry is None or version.act is None or version.act.loan_id != version.loan_id:
            yield "schedule", number, f"{said} rests on no decision"
        elif version.satang != _owed_before(version.loan, entry):
            yield "schedule", number, f"{said} is about another sum than was owed"
    for loan in loans_of(group).filter(paid_out_on__isnull=False, schedules__isnull=True):
        yield "schedule", loan.entry.n if loan.entry else 0, f"contract {loan.number} is paid out without a schedule"


def check_outstanding(group: SavingsGroup) -> Iterator[Finding]:
    """What a loan owes by its schedule and payments is its account's balance; no live account is without a loan."""
    owed = owed_of(group)
    loans = list(loans_of(group).exclude(entry__reversals__isnull=False))
    known = {loan.number for loan in loans if loan.paid_out_on is not None}
    for number in sorted(number for number, satang in owed.items() if satang and number not in known):
        yield "loan-account", 0, f"account {LOANS} {number} is no loan of the group"
    last = Entry.objects.filter(group=group).order_by("-booked_on").values_list("booked_on", flat=True).first()
    if last is None:
        return
    told = histories([loan for loan in loans if loan.number in owed], last)
    for loan in loans:
        if loan.pk not in told:
            continue
        try:
            says = told[loan.pk](last).outstanding
        except ValueError as problem:
            yield "outstanding", 0, f"contract {loan.number}: {problem}"
            continue
        if says != owed[loan.number]:
            detail = (
                f"contract {loan.number} owes {format_baht(says)}, its account says {format_baht(owed[loan.number])}"
            )
            yield "outstanding", 0, detail
    for loan in loans:
        if loan.entry is not None and not _is_paid_out_by(loan, loan.entry):
            yield "outstanding", loan.entry.n, f"is not the payout of contract {loan.number} as its row says"


def _is_paid_out_by(loan: Loan, entry: Entry) -> bool:
    rows = honest_postings(loan.group, LOANS).filter(entry=entry, account__holder=loan.number)
    amounts = list(rows.values_list("amount", flat=True))
    return (
        kinds.plain(entry.kind) == "loan_disbursement"
        and entry.booked_on == loan.paid_out_on
        and sum(amounts) == loan.satang
    )


def _owed_before(loan: Loan, entry: Entry) -> int:
    """The balance of a loan's account as the books stood when an entry was made, of what still counts."""
    rows = honest_postings(loan.group, LOANS).filter(account__holder=loan.number, entry_id__lt=entry.pk)
    rows = rows.filter(entry__reversals__isnull=True)
    total: int = rows.aggregate(total=Sum("amount", default=0))["total"]
    return total
