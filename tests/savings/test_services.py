"""Vows follow each other, months add up to their receipt, special books are numbered within the member."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from members.models import Member
from savings.errors import MonthsDisagree, NotAMember, PledgeMonthPaid, PledgeMonthTaken, PledgeOutOfBounds
from savings.models import PledgeMonth, PledgePeriod, SpecialBook
from savings.services import PaidMonth, open_special_book, open_special_books, record_pledge_months, set_pledge

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in range(1, 4))


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


def test_a_vow_begins_on_the_first_of_its_month(savers):
    savers.vow("Prani", 100_00, starts_on=date(2026, 1, 20))
    assert PledgePeriod.objects.get().starts_on == JANUARY


@pytest.mark.parametrize("satang", [1_00, 75_00, 1_050_00, -50_00])
def test_a_vow_is_a_whole_number_of_units_up_to_the_most(savers, satang):
    with pytest.raises(PledgeOutOfBounds) as refused:
        savers.vow("Prani", satang)
    assert "1,000" in refused.value.message


def test_a_vow_of_a_paper_book_is_kept_as_written(savers):
    set_pledge(member=savers["Prani"], satang=75_00, starts_on=JANUARY, by=None, from_paper=True)
    assert PledgePeriod.objects.get().satang == 75_00


@pytest.mark.parametrize("month", [JANUARY, FEBRUARY])
def test_a_vow_is_never_overwritten_or_put_before_another(savers, month):
    savers.vow("Prani", 100_00, starts_on=FEBRUARY)
    with pytest.raises(PledgeMonthTaken):
        savers.vow("Prani", 200_00, starts_on=month)


def test_a_vow_does_not_change_a_month_that_is_paid(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY, FEBRUARY)
    with pytest.raises(PledgeMonthPaid):
        savers.vow("Prani", 200_00, starts_on=FEBRUARY)
    savers.vow("Prani", 200_00, starts_on=MARCH)


def test_who_has_left_makes_no_vow_and_opens_no_book(savers):
    with pytest.raises(NotAMember):
        savers.vow("Dam", 100_00)
    with pytest.raises(NotAMember):
        open_special_book(member=savers["Dam"], by=None)


def test_the_months_of_a_receipt_add_up_to_its_pledge_line(savers):
    savers.vow("Prani", 100_00)
    entry = savers.pay("Prani", date(2026, 1, 5), JANUARY)
    wrong = [PaidMonth(entry.pk, savers["Prani"].pk, FEBRUARY, 99_00)]
    with pytest.raises(MonthsDisagree):
        record_pledge_months(group=savers.group, paid=wrong)
    assert PledgeMonth.objects.count() == 1


def test_no_months_is_no_work(savers):
    assert record_pledge_months(group=savers.group, paid=[]) == 0


def test_special_books_are_numbered_within_the_member(savers):
    first = open_special_book(member=savers["Prani"], by=None)
    second = open_special_book(member=savers["Prani"], by=None)
    assert (first.number, second.number) == (f"{savers['Prani'].holder}-1", f"{savers['Prani'].holder}-2")


def test_first_books_are_opened_for_those_who_lack_one(savers):
    people = [savers["Prani"], savers["Kasem"]]
    own = open_special_book(member=savers["Prani"], by=None)
    books = open_special_books(group=savers.group, members=people, by=None)
    assert books[savers["Prani"].pk] == own
    assert books[savers["Kasem"].pk].number == f"{savers['Kasem'].holder}-1"
    assert open_special_books(group=savers.group, members=people, by=None) == books
    assert SpecialBook.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda row: PledgePeriod.objects.filter(pk=row.pk).update(starts_on=date(2026, 1, 2)),
        lambda row: PledgePeriod.objects.filter(pk=row.pk).update(satang=-1),
        lambda row: PledgePeriod.objects.create(group=row.group, member=row.member, satang=1, starts_on=row.starts_on),
    ],
)
def test_the_database_itself_refuses_a_wrong_vow(savers, change):
    savers.vow("Prani", 100_00)
    row = PledgePeriod.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        change(row)


def test_the_database_itself_refuses_a_wrong_paid_month_or_book(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    row = PledgeMonth.objects.get()
    for wrong in ({"month": date(2026, 1, 5)}, {"satang": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PledgeMonth.objects.filter(pk=row.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialBook.objects.create(group=savers.group, member=savers["Prani"], number="5-1")
    assert Member.objects.filter(group=savers.group).exists()
