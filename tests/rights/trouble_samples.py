"""A loan that is late, for the walk: a contract from paper, a reminder about it, a write-off that waits."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from loans.adoption import PaperLoan
from loans.selectors.act_plans import ActAsked
from loans.services.acts import request_act
from loans.services.adoption import adopt_loans
from loans.services.letters import write_notices, write_reminder
from members.models import Member, Resolution, SavingsGroup, User
from members.services import record_resolution

LENT, FIRST_DUE = date(2026, 8, 5), date(2026, 9, 5)


def trouble_samples(group: SavingsGroup, borrower: Member, treasurer: User) -> dict[str, Any]:
    """600 baht lent on 5 August over 6 months, none paid; another member stands guarantor."""
    bank, loans, gift = (account_for(group, *key) for key in (("O1200", ""), ("O1300", "ท.1/2569"), ("O3300", "")))
    for kind, lines in (
        ("paper_donation", [debit(bank, 600_00), credit(gift, 600_00)]),
        ("paper_loan_disbursement", [debit(loans, 600_00), credit(bank, 600_00)]),
    ):
        post_entry(group=group, kind=kind, on=LENT, by="import", lines=lines, operation=uuid4())
    others = Member.objects.filter(group=group, status="active", kind="ordinary", parent=None)
    guarantor = others.exclude(pk=borrower.pk).order_by("-number").first()
    assert guarantor is not None
    contract = PaperLoan(
        number="ท.1/2569", member=borrower.pk, satang=600_00, instalments=6, contracted_on=LENT,
        first_due_on=FIRST_DUE, guarantors=(guarantor.pk,),
    )  # fmt: skip
    loan = adopt_loans(group=group, contracts=[contract])[0]
    loan.group = loan.member.group = group
    reminder = write_reminder(loan=loan, by=treasurer)
    write_notices(loan=loan, by=treasurer)
    meeting = record_resolution(
        group=group, number="ญ.1/2569", decided_on=LENT, subject="ตัดหนี้สูญ", by=treasurer, body=Resolution.Body.GENERAL
    )
    act = request_act(
        group=group,
        asked=ActAsked(kind="write_off", loan=loan, on=timezone.localdate()),
        reason="ย้ายออกจากหมู่บ้าน",
        resolution=meeting,
        operation=uuid4(),
        by=treasurer,
    )
    return {"contract_id": loan.pk, "letter_id": reminder.pk, "loan_act_id": act.pk, "act_kind": "reschedule"}
