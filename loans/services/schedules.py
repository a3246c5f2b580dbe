"""The first version of a loan's schedule, reckoned from the day on which the money really left."""

from datetime import date

from django.utils import timezone

from funds.models import Entry
from loans.models import Disbursement, Loan, ScheduledInstalment, ScheduleVersion
from loans.schedule import DayCount, Instalment, Method, Rhythm, build_schedule
from loans.selectors.contracts import first_due_if_paid


def planned_schedule(loan: Loan, paid_on: date) -> tuple[Instalment, ...]:
    """What falls due when, if the loan is paid out on a day; a pure reading of the contract's terms."""
    return build_schedule(
        principal=loan.satang,
        monthly_rate=loan.monthly_rate,
        instalments=loan.instalments,
        method=Method(loan.method),
        rhythm=Rhythm(loan.rhythm),
        starts_on=paid_on,
        first_due_on=first_due_if_paid(loan, paid_on),
        day_count=DayCount(loan.day_count),
        round_to=loan.round_to,
        grace_principal=loan.grace,
    )


def note_paid_out(*, disbursement: Disbursement, entry: Entry, on: date) -> Loan:
    """Let a loan know its payout, and write the first version of its schedule from the real day on.

    Called in the transaction that posts the payout, behind the book's lock.
    """
    loan = Loan.objects.select_for_update(of=("self",)).select_related("group").get(pk=disbursement.loan_id)
    lines = planned_schedule(loan, on)
    loan.paid_out_on, loan.entry, loan.first_due_on = on, entry, lines[0].due_on
    loan.save(update_fields=["paid_out_on", "entry", "first_due_on"])
    version = ScheduleVersion.objects.create(
        loan=loan,
        version=1,
        starts_on=on,
        first_due_on=lines[0].due_on,
        satang=loan.satang,
        instalments_count=len(lines),
        grace=loan.grace,
        made_at=timezone.now(),
    )
    ScheduledInstalment.objects.bulk_create(
        ScheduledInstalment(
            schedule=version,
            number=line.number,
            due_on=line.due_on,
            principal_satang=line.principal,
            interest_satang=line.interest,
        )
        for line in lines
    )
    return loan
