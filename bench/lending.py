"""Loans to measure with: paid out together half a year ago, some paid as planned, some behind."""

import uuid
from datetime import date

from django.utils import timezone

from bench import stage
from funds.accounts import accounts_for
from funds.journal import EntryDraft, Line, credit, debit, post_entries
from loans.models import Loan, Repayment, ScheduledInstalment, ScheduleVersion
from loans.services.schedules import planned_schedule
from members.models import Member, SavingsGroup

PRINCIPAL = 12_000_00
MONTHS = 12


def lend_to(group: SavingsGroup, count: int, *, on: date, paid: int) -> list[Loan]:
    """So many loans of 12,000 baht over twelve months; every second one has paid so many instalments, others fewer."""
    members = list(Member.objects.filter(group=group).order_by("number")[:count])
    numbers = [f"{member.number}/2568" for member in members]
    accounts = accounts_for(
        group, [("O1200", ""), ("O3300", ""), ("O4100", ""), *(("O1300", each) for each in numbers)]
    )
    bank, funds = accounts["O1200", ""], accounts["O3300", ""]
    loans = Loan.objects.bulk_create(
        Loan(
            group=group,
            number=number,
            member=member,
            operation=uuid.uuid4(),
            satang=PRINCIPAL,
            instalments=MONTHS,
            contracted_on=on,
            first_due_on=on,
            rate_bp=100,
            made_at=timezone.now(),
            paid_out_on=on,
        )
        for number, member in zip(numbers, members, strict=True)
    )
    given = [debit(bank, PRINCIPAL * count), credit(funds, PRINCIPAL * count)]
    payouts = [
        _draft("loan_disbursement", on, [debit(accounts["O1300", loan.number], PRINCIPAL), credit(bank, PRINCIPAL)])
        for loan in loans
    ]
    drafts = [_draft("donation", on, given), *payouts]
    post_entries(group=group, drafts=drafts, operation=drafts[-1].operation or uuid.uuid4())
    _schedules(loans, on)
    for month in range(paid):
        _repaid(group, [loan for place, loan in enumerate(loans) if place % 2 or month < paid // 2], month)
    return loans


def _draft(kind: str, on: date, lines: list[Line]) -> EntryDraft:
    people = (stage.CHECKER,)
    return EntryDraft(kind=kind, on=on, lines=lines, operation=uuid.uuid4(), by=stage.MAKER, ok=people)


def _schedules(loans: list[Loan], on: date) -> None:
    versions = ScheduleVersion.objects.bulk_create(
        ScheduleVersion(
            loan=loan,
            version=1,
            starts_on=on,
            first_due_on=planned_schedule(loan, on)[0].due_on,
            satang=loan.satang,
            instalments_count=MONTHS,
            made_at=timezone.now(),
        )
        for loan in loans
    )
    ScheduledInstalment.objects.bulk_create(
        ScheduledInstalment(
            schedule=version,
            number=line.number,
            due_on=line.due_on,
            principal_satang=line.principal,
            interest_satang=line.interest,
        )
        for version in versions
        for line in planned_schedule(version.loan, on)
    )


def _repaid(group: SavingsGroup, loans: list[Loan], month: int) -> None:
    lines = {loan.pk: list(loan.schedules.get(version=1).lines.all())[month] for loan in loans}
    keys = [("O1200", ""), ("O4100", ""), *(("O1300", loan.number) for loan in loans)]
    accounts = accounts_for(group, keys)
    drafts = [
        _draft(
            "receipt",
            line.due_on,
            [
                debit(accounts["O1200", ""], line.principal_satang + line.interest_satang),
                credit(accounts["O1300", loan.number], line.principal_satang),
                credit(accounts["O4100", ""], line.interest_satang),
            ],
        )
        for loan in loans
        for line in [lines[loan.pk]]
    ]
    entries = post_entries(group=group, drafts=drafts, operation=drafts[-1].operation or uuid.uuid4())
    Repayment.objects.bulk_create(
        Repayment(
            group=group,
            loan=loan,
            entry=entry,
            paid_on=lines[loan.pk].due_on,
            principal_satang=lines[loan.pk].principal_satang,
            interest_satang=lines[loan.pk].interest_satang,
            payer_id=loan.member_id,
        )
        for loan, entry in zip(loans, entries, strict=True)
    )
