"""Money for loans on the meeting sheet: what is due in pencil, part and early payments, one sum for several loans."""

from datetime import date
from uuid import uuid4

import pytest

from meetings.errors import RowChanged, RowRefused
from meetings.models import SheetRow
from meetings.selectors.sheet import sheet_lines
from meetings.services.rows import receive_rest
from tests.loans.cast import Lending
from tests.meetings.evening import Evening

SEPTEMBER_5, OCTOBER_5, NOVEMBER_5 = date(2026, 9, 5), date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture
def lending(village) -> Lending:
    """Somchai owes 12,000 baht since August, 1 % a month on what is left, and paid September and October."""
    made = Lending(village)
    made.loan = made.lend("Somchai")
    made.pay_instalments(made.loan, 2)
    return made


@pytest.fixture
def evening(lending) -> Evening:
    return Evening(lending.village, held_on=NOVEMBER_5)


def line_of(evening, name):
    number = evening.village.member(name).number
    return next(line for line in sheet_lines(evening.meeting) if line.number == number)


def test_the_instalment_of_the_day_stands_in_pencil_and_nobody_else_has_a_loan(evening, lending):
    line = line_of(evening, "Somchai")
    assert (line.loan_due_satang, line.received) == (1_000_00 + 100_00, False)
    [owed] = line.owed_loans
    assert (owed.loan_id, owed.number, owed.settlement) == (lending.loan.pk, lending.loan.number, 10_100_00)
    assert not any(other.has_loans for other in sheet_lines(evening.meeting) if other.number != line.number)


def test_a_line_says_which_loan_its_money_pays(evening, lending):
    row = evening.receive("Somchai", loan=1_100_00)
    assert (row.loan_satang, row.loans, row.total_satang) == (1_100_00, [[lending.loan.pk, 1_100_00]], 1_100_00)


@pytest.mark.parametrize("satang", [1, 300_00, 5_000_00, 10_100_00])
def test_a_part_an_early_payment_and_the_settlement_can_be_typed(evening, satang):
    assert evening.receive("Somchai", loan=satang).loan_satang == satang


def test_more_than_pays_the_loan_off_is_refused_with_the_sum_that_does(evening, lending):
    with pytest.raises(RowRefused) as refused:
        evening.receive("Somchai", loan=10_100_01)
    assert list(refused.value.errors) == ["loan"]
    assert "10,100.00" in refused.value.errors["loan"]
    assert lending.loan.number in refused.value.errors["loan"]


def test_money_for_a_loan_from_someone_without_one_is_refused(evening):
    with pytest.raises(RowRefused) as refused:
        evening.receive("Prani", loan=100_00)
    assert list(refused.value.errors) == ["loan"]


def test_one_sum_pays_what_is_due_the_longest_first(evening, lending):
    younger = lending.lend("Somchai", 6_000_00, on=SEPTEMBER_5, guarantors=("Kasem",), instalments=6)
    assert [owed.loan_id for owed in line_of(evening, "Somchai").owed_loans] == [younger.pk, lending.loan.pk]
    due = 2 * 1_000_00 + 60_00 + 60_00  # October and November of the younger one, which nobody paid
    row = evening.receive("Somchai", loan=due + 100_00)
    assert row.loans == [[younger.pk, due], [lending.loan.pk, 100_00]]


def test_what_is_beyond_all_that_is_due_goes_to_the_first_then_to_the_next(evening, lending):
    younger = lending.lend("Somchai", 6_000_00, on=SEPTEMBER_5, guarantors=("Kasem",), instalments=6)
    owed = {loan.loan_id: loan for loan in line_of(evening, "Somchai").owed_loans}
    most = sum(loan.settlement for loan in owed.values())
    row = evening.receive("Somchai", loan=most - 1)
    assert row.loans == [[younger.pk, owed[younger.pk].settlement], [lending.loan.pk, 10_100_00 - 1]]
    with pytest.raises(RowRefused):
        evening.receive("Somchai", loan=most + 1, version=1)


def test_the_treasurer_may_divide_the_sum_among_the_loans(evening, lending):
    younger = lending.lend("Somchai", 6_000_00, on=SEPTEMBER_5, guarantors=("Kasem",), instalments=6)
    parts = ((lending.loan.pk, 1_100_00), (younger.pk, 400_00))
    assert evening.receive("Somchai", loan=1_500_00, loans=parts).loans == [list(part) for part in parts]


def test_a_division_that_does_not_add_up_or_names_a_strangers_loan_is_refused(evening, lending):
    strange = lending.lend("Kasem", 1_000_00, guarantors=("Prani",))
    for parts in (((lending.loan.pk, 1_000_00),), ((lending.loan.pk, 1_000_00), (strange.pk, 100_00))):
        with pytest.raises(RowRefused) as refused:
            evening.receive("Somchai", loan=1_100_00, loans=parts)
        assert list(refused.value.errors) == ["loan"]


def test_all_others_pay_what_is_due_of_their_loans_too(evening, lending):
    sweep, _rows = receive_rest(meeting=evening.meeting, operation=uuid4(), by=evening.village.treasurer)
    row = SheetRow.objects.get(member=evening.village.member("Somchai"))
    assert (row.loan_satang, row.loans) == (1_100_00, [[lending.loan.pk, 1_100_00]])
    assert sweep.satang == sum(each.total_satang for each in SheetRow.objects.all())


def test_a_loan_paid_on_a_later_day_already_takes_no_money_of_this_one(village):
    lending = Lending(village)
    loan = lending.lend("Somchai")
    lending.repay(loan, date(2026, 11, 7), 100_00)
    evening = Evening(village, held_on=NOVEMBER_5)
    assert line_of(evening, "Somchai").loan_due_satang == 0
    with pytest.raises(RowRefused) as refused:
        evening.receive("Somchai", loan=100_00)
    assert loan.number in refused.value.errors["loan"]


def test_a_line_says_that_its_loan_was_paid_elsewhere_since_and_is_saved_again_as_it_stands(evening, lending):
    operation = uuid4()
    evening.receive("Somchai", operation=operation, loan=1_100_00)
    assert not line_of(evening, "Somchai").is_moved
    lending.repay(lending.loan, NOVEMBER_5, 500_00)
    assert line_of(evening, "Somchai").is_moved
    again = evening.receive("Somchai", operation=operation, loan=1_100_00, version=1)
    assert (again.version, line_of(evening, "Somchai").is_moved) == (2, False)


def test_the_same_line_sent_again_stays_one_version_while_its_loan_stands(evening):
    operation = uuid4()
    first = evening.receive("Somchai", operation=operation, loan=1_100_00)
    again = evening.receive("Somchai", operation=operation, loan=1_100_00, version=1)
    assert (first.version, again.version) == (1, 1)
    with pytest.raises(RowChanged):
        evening.receive("Somchai", loan=1_000_00)


def test_the_sheet_asks_the_same_questions_however_many_loans_there_are(evening, lending, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        sheet_lines(evening.meeting)
    for name in ("Kasem", "Prani", "Boonmee"):
        lending.lend(name, 2_000_00, guarantors=("Malee",))
    with django_assert_num_queries(len(one)):
        sheet_lines(evening.meeting)


def test_a_row_typed_keeps_its_loan_amount_in_the_database_or_nothing(evening, lending):
    from django.db import IntegrityError, transaction

    row = evening.receive("Somchai", loan=1_100_00)
    for forged in ({"loans": []}, {"loan_satang": 0}, {"loan_satang": -1}, {"received": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SheetRow.objects.filter(pk=row.pk).update(**forged)
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetRow.objects.filter(pk=row.pk).update(given_satang=1_099_99)
