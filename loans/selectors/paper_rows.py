"""What the papers of a loan list: the instalments of the schedule in force, and the payments so far."""

from datetime import date

from loans.models import Loan, Repayment
from loans.schedule import Instalment
from loans.selectors.contracts import quote_of
from thai.dates import format_date
from thai.money import format_baht


def instalments_of(loan: Loan) -> tuple[tuple[Instalment, ...], int, date, int]:
    """The instalments of the schedule in force, the principal it divides, its first day and version.

    Before the payout version 0, as the contract plans it.
    """
    schedule = loan.schedules.prefetch_related("lines").order_by("-version").first()
    if schedule is None:
        return quote_of(loan).instalments, loan.satang, loan.contracted_on, 0
    lines = tuple(
        Instalment(line.number, line.due_on, line.principal_satang, line.interest_satang)
        for line in sorted(schedule.lines.all(), key=lambda line: line.number)
    )
    return lines, schedule.satang, schedule.starts_on, schedule.version


def paid_rows(loan: Loan) -> list[dict[str, str]]:
    """The payout and every payment that counts, oldest first, with what was outstanding after each."""
    if loan.paid_out_on is None:
        return []
    begins, rest = loan.brought_on or loan.paid_out_on, loan.brought_satang or loan.satang
    number = str(loan.entry.n) if loan.entry is not None and loan.brought_on is None else ""
    rows = [_row(begins, number, rest)]
    paid = Repayment.objects.filter(loan=loan, entry__reversals__isnull=True).select_related("entry")
    for each in paid.order_by("paid_on", "entry_id"):
        rest -= each.principal_satang
        amounts = (each.principal_satang, each.interest_satang, each.fine_satang)
        rows.append(_row(each.paid_on, str(each.entry.n), rest, amounts))
    return rows


def _row(on: date, receipt: str, rest: int, amounts: tuple[int, int, int] | None = None) -> dict[str, str]:
    principal, interest, fine = ("", "", "") if amounts is None else (_baht(satang) for satang in amounts)
    return {
        "on": format_date(on, "short"),
        "receipt": receipt,
        "principal": principal,
        "interest": interest,
        "fine": fine,
        "total": "" if amounts is None else format_baht(sum(amounts)),
        "rest": format_baht(rest),
    }


def _baht(satang: int) -> str:
    return format_baht(satang) if satang else ""
