"""verify_books finds what was done to loans behind the program: each rule by a forgery with the guards off."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from funds.accounts import account_for
from funds.models import Hold
from funds.services import place_hold
from loans.checks import CHECKS
from loans.models import (
    Decision,
    Disbursement,
    Guarantee,
    Loan,
    LoanAct,
    Repayment,
    ScheduledInstalment,
    ScheduleVersion,
)
from loans.services.held import REASON
from members.triggers import drop_guards
from tests.loans.acting import NOV_22, Acting, Kind
from tests.village import TestVillage


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Acting(village)
    found.save("Somchai", 4_000_00)
    found.save("Boonmee", 20_000_00)
    found.save("Kasem", 300_00)
    return found


@pytest.fixture
def loan(lending: Acting) -> Loan:
    """12,000 baht of Somchai's, 4,000 of it his own savings, the rest Boonmee's; one instalment paid."""
    loan = lending.lend()
    lending.pay_instalments(loan, 1)
    drop_guards(connection)
    return loan


def rules(lending: Acting) -> list[str]:
    return sorted({rule for check in CHECKS for rule, _n, _text in check(lending.group)})


def test_an_honest_village_has_no_finding(lending: Acting) -> None:
    loan = lending.lend()
    lending.pay_instalments(loan, 1)
    lending.reschedule(loan)
    lending.do(Kind.WRITE_OFF, loan)
    lending.do(Kind.RECOVERY, loan, satang=100_00, way="cash", payer="นายสมชาย")
    lending.undo(lending.do(Kind.WRITE_OFF, lending.lend(satang=6_000_00)))
    assert rules(lending) == []


def test_a_loan_above_its_limit_at_the_decision_is_found(lending: Acting, loan: Loan) -> None:
    assert rules(lending) == []  # 4,000 of savings, three times
    Decision.objects.update(satang=12_000_01)
    assert rules(lending) == ["I9"]
    Decision.objects.update(satang=12_000_00, instalments=13)
    assert rules(lending) == ["I9"]
    Decision.objects.update(instalments=12)
    Decision.objects.update(satang=11_000_00)  # less was decided than the contract says
    assert rules(lending) == ["I9"]


def test_savings_that_were_too_small_at_the_decision_are_found(lending: Acting) -> None:
    lending.lend("Kasem", satang=1_000_00)
    assert rules(lending) == ["I9"]


def test_a_guarantor_held_above_what_they_stand_for_or_another_members_savings_are_found(
    lending: Acting, loan: Loan
) -> None:
    Guarantee.objects.update(satang=7_000_00)
    assert rules(lending) == ["I9"]
    Guarantee.objects.update(satang=8_000_00)
    Hold.objects.filter(satang=8_000_00).update(account=account_for(lending.group, "O2100", lending["Kasem"].holder))
    assert rules(lending) == ["I9"]


def test_more_held_than_saved_is_found(lending: Acting, loan: Loan) -> None:
    Guarantee.objects.update(satang=21_000_00)
    Hold.objects.filter(satang=8_000_00).update(satang=21_000_00)
    assert rules(lending) == ["I9"]


def test_savings_let_go_while_owed_or_held_for_no_loan_are_found(lending: Acting, loan: Loan) -> None:
    Hold.objects.filter(satang=8_000_00).update(released_at=timezone.now(), released_by="import")
    assert rules(lending) == ["I9"]
    Hold.objects.filter(satang=8_000_00).update(released_at=None, released_by="")
    assert rules(lending) == []
    account = account_for(lending.group, "O2100", lending["Boonmee"].holder)
    place_hold(account=account, satang=1_00, reason=REASON, by=lending.village.treasurer)
    assert rules(lending) == ["I9"]


def test_savings_held_for_a_loan_that_is_paid_back_are_found(lending: Acting) -> None:
    lending.repay(lending.lend(), NOV_22, principal=12_000_00, interest=360_00)  # past the service that lets go
    assert rules(lending) == ["I9"]


def test_a_payout_of_one_person_or_with_the_borrower_is_found(lending: Acting, loan: Loan) -> None:
    row = Disbursement.objects.get(loan=loan)
    Disbursement.objects.filter(pk=row.pk).update(approved_by=lending.village.secretary)
    assert rules(lending) == ["I11"]
    Disbursement.objects.filter(pk=row.pk).update(approved_by=lending.village.auditor)
    assert rules(lending) == []
    Loan.objects.filter(pk=loan.pk).update(member=lending["Somporn"])
    assert "I11" in rules(lending)
    Loan.objects.filter(pk=loan.pk).update(member=lending["Somchai"])
    Disbursement.objects.filter(pk=row.pk).update(entry=None, approved_by=None, approved_at=None)
    assert rules(lending) == ["I11"]


@pytest.mark.parametrize("field", ["principal_satang", "interest_satang", "fine_satang"])
def test_a_repayment_that_differs_from_its_entry_is_found(lending: Acting, loan: Loan, field: str) -> None:
    Repayment.objects.update(**{field: 2_000_00})
    assert "repayments" in rules(lending)


def test_a_credit_on_a_loan_without_its_repayment_is_found(lending: Acting, loan: Loan) -> None:
    Repayment.objects.all().delete()
    assert rules(lending) == ["outstanding", "repayments"]


def test_a_schedule_that_divides_another_sum_is_found(lending: Acting, loan: Loan) -> None:
    line = ScheduledInstalment.objects.filter(schedule__loan=loan).order_by("-number").first()
    assert line is not None
    ScheduledInstalment.objects.filter(pk=line.pk).update(principal_satang=999_99)
    assert rules(lending) == ["schedule"]


def test_a_new_schedule_about_another_sum_than_was_owed_is_found(lending: Acting) -> None:
    loan = lending.lend()
    lending.reschedule(loan)
    drop_guards(connection)
    newest = ScheduleVersion.objects.get(loan=loan, version=2)
    ScheduleVersion.objects.filter(pk=newest.pk).update(satang=11_000_00)
    first = ScheduledInstalment.objects.filter(schedule=newest).order_by("number").first()
    assert first is not None
    ScheduledInstalment.objects.filter(pk=first.pk).update(principal_satang=first.principal_satang - 1_000_00)
    assert "schedule" in rules(lending)


def test_a_paid_out_loan_without_a_schedule_is_found(lending: Acting, loan: Loan) -> None:
    ScheduledInstalment.objects.all().delete()
    ScheduleVersion.objects.all().delete()
    assert rules(lending) == ["schedule"]


def test_a_live_account_without_a_loan_is_named(lending: Acting) -> None:
    lending.post("loan_disbursement", ("O1300", "ผ.1/2569", 500_00), ("O1200", "", -500_00), on=NOV_22)
    found = [text for check in CHECKS for rule, _n, text in check(lending.group) if rule == "loan-account"]
    assert found == ["account O1300 ผ.1/2569 is no loan of the group"]


def test_a_payout_of_another_day_than_its_entry_is_found(lending: Acting, loan: Loan) -> None:
    Loan.objects.filter(pk=loan.pk).update(paid_out_on=date(2026, 8, 6))
    assert rules(lending) == ["outstanding"]


def test_an_act_of_another_amount_day_or_people_is_found(lending: Acting) -> None:
    act = lending.do(Kind.SET_OFF, lending.lend(satang=9_000_00), satang=1_000_00)
    drop_guards(connection)
    row = LoanAct.objects.filter(pk=act.pk)
    row.update(satang=1_00)
    assert rules(lending) == ["loan-act"]
    row.update(satang=1_000_00, done_on=date(2026, 11, 21))
    assert rules(lending) == ["loan-act"]
    row.update(done_on=NOV_22, requested_by=lending.village.secretary)
    assert rules(lending) == ["I11"]


def test_a_write_off_without_the_general_meeting_is_found(lending: Acting) -> None:
    act = lending.do(Kind.WRITE_OFF, lending.lend())
    drop_guards(connection)
    LoanAct.objects.filter(pk=act.pk).update(resolution=lending.resolve())
    assert rules(lending) == ["loan-act"]
