"""Early warnings: each rule finds what it is for, and nothing where all is well."""

from datetime import date
from typing import Any

import pytest

from loans.models import Guarantee, Loan
from loans.selectors.warnings import Warned, warnings
from members.group_settings import change_setting
from members.models import Office
from tests.loans.acting import NOV_22, Acting
from tests.village import TestVillage

SEP_5 = date(2026, 9, 5)


@pytest.fixture
def lending(time_machine: Any, village: TestVillage) -> Acting:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    found = Acting(village)
    by = village.chair
    for key in ("warn_largest_percent", "warn_committee_percent"):
        change_setting(group=village.group, key=key, value=100, valid_from=NOV_22, by=by)
    return found


def found(lending: Acting) -> list[Warned]:
    return warnings(lending.group, NOV_22)


def rules(lending: Acting) -> list[str]:
    return [each.rule for each in found(lending)]


def pay_off(lending: Acting, loan: Loan, on: date) -> None:
    lending.repay(loan, on, principal=loan.satang, interest=120_00)


def test_a_sound_village_has_no_warning(lending: Acting) -> None:
    lending.save("Boonmee", 20_000_00)
    lending.lend()
    assert rules(lending) == []


def test_a_new_loan_within_7_days_of_closing_one_is_named(lending: Acting) -> None:
    first = lending.lend(satang=3_000_00, guarantors=())
    pay_off(lending, first, SEP_5)
    lending.lend(satang=5_000_00, on=date(2026, 9, 12), guarantors=())
    assert rules(lending) == ["reopened"]
    assert [loan.number for loan in found(lending)[0].loans] == ["ก.2/2569", "ก.1/2569"]


def test_a_new_loan_on_the_eighth_day_or_of_another_member_is_not(lending: Acting) -> None:
    first = lending.lend(satang=3_000_00, guarantors=())
    pay_off(lending, first, SEP_5)
    lending.lend(satang=5_000_00, on=date(2026, 9, 13), guarantors=())
    lending.lend("Kasem", satang=5_000_00, on=date(2026, 9, 6), guarantors=())
    assert rules(lending) == []


def test_a_repayment_and_a_new_loan_on_one_day_are_named_even_if_the_old_one_is_still_owed(lending: Acting) -> None:
    first = lending.lend(satang=3_000_00, guarantors=())
    lending.repay(first, SEP_5, principal=500_00, interest=30_00)
    lending.lend(satang=5_000_00, on=SEP_5, guarantors=())
    assert [(each.rule, each.level) for each in found(lending)] == [("same_day", "late")]


def test_the_largest_borrower_and_the_committee_are_named_above_the_groups_limits(lending: Acting) -> None:
    lending.lend("Kasem", satang=6_000_00, guarantors=())
    lending.lend("Prani", satang=4_000_00, guarantors=())
    kasem = {"user": lending.village.user("Kasem"), "member": lending["Kasem"]}
    Office.objects.create(
        group=lending.group, role="promotion", starts_on=SEP_5, started_by=lending.village.chair, **kasem
    )
    assert rules(lending) == []
    for key, value in (("warn_largest_percent", 60), ("warn_committee_percent", 59)):
        change_setting(group=lending.group, key=key, value=value, valid_from=NOV_22, by=lending.village.secretary)
    assert rules(lending) == ["committee"]
    assert "60.0%" in found(lending)[0].text


def test_a_guarantor_whose_savings_no_longer_cover_is_named(lending: Acting) -> None:
    lending.save("Boonmee", 5_000_00)
    lending.lend(satang=12_000_00)
    assert [(each.rule, "12,000.00" in each.text, "5,000.00" in each.text) for each in found(lending)] == [
        ("over_cover", True, True)
    ]


def test_guarantors_in_a_circle_are_named_once(lending: Acting) -> None:
    for borrower, guarantor in (("Somchai", "Boonmee"), ("Boonmee", "Kasem"), ("Kasem", "Somchai")):
        lending.lend(borrower, satang=1_000_00, guarantors=(guarantor,))
    Guarantee.objects.update(satang=0)
    assert rules(lending) == ["ring"]
    assert len(found(lending)[0].loans) == 3


def test_a_contract_that_waits_for_its_signatures_is_named_after_a_week(lending: Acting) -> None:
    lending.contract(is_signed=False, guarantors=(), on=date(2026, 11, 15))
    assert rules(lending) == []
    lending.contract("Kasem", is_signed=False, guarantors=(), on=date(2026, 11, 14))
    assert rules(lending) == ["unsigned"]


def test_two_new_schedules_are_one_too_many(lending: Acting, time_machine: Any) -> None:
    loan = lending.lend(guarantors=())
    lending.reschedule(loan)
    assert rules(lending) == []
    lending.reschedule(loan, instalments=12)
    assert rules(lending) == ["rescheduled_twice"]
