"""The cast itself: what the other tests begin with stands in the rows and in the books."""

from datetime import date

import pytest

from funds.selectors import balances
from loans.models import ScheduledInstalment
from tests.loans.cast import AUGUST_5, Lending
from tests.village import TestVillage


@pytest.fixture
def lending(time_machine: object, village: TestVillage) -> Lending:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)  # type: ignore[attr-defined]
    return Lending(village)


def test_a_loan_that_was_lent_is_in_the_books_with_its_schedule(lending: Lending) -> None:
    loan = lending.lend(satang=12_000_00, on=AUGUST_5)
    lines = list(ScheduledInstalment.objects.filter(schedule__loan=loan))
    assert balances(lending.group, "O1300") == {"ก.1/2569": 12_000_00}
    assert (len(lines), lines[0].due_on, sum(line.interest_satang for line in lines)) == (12, date(2026, 9, 5), 780_00)


def test_instalments_paid_as_planned_lower_the_loan(lending: Lending) -> None:
    loan = lending.lend(on=AUGUST_5)
    paid = lending.pay_instalments(loan, 2)
    assert [row.interest_satang for row in paid] == [120_00, 110_00]
    assert balances(lending.group, "O1300")[loan.number] == 10_000_00


def test_savings_are_held_for_a_contract_the_borrowers_first(lending: Lending) -> None:
    lending.save("Somchai", 4_000_00)
    lending.save("Boonmee", 9_000_00)
    loan = lending.contract(satang=12_000_00)
    guarantee = loan.guarantees.get()
    assert loan.hold is not None
    assert guarantee.hold is not None
    assert (loan.hold.satang, guarantee.satang, guarantee.hold.satang) == (4_000_00, 8_000_00, 8_000_00)
