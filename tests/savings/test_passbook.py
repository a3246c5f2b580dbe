"""The passbook is the member's postings in order, with what each paid and the balance after it."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from funds.services import start_books
from members.models import Member, SavingsGroup
from savings.checks import check_months_add_up, check_rows_stay_in_group, check_special_books_exist
from savings.guards import GUARDS
from savings.models import PledgeMonth
from savings.selectors import MemberBalance, balances_of_members, passbook, special_books_of
from savings.services import open_special_book, set_pledge
from savings.wording import line_text, months_text

JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in range(1, 5))


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-05 12:00+07:00", tick=False):
        yield


def pledge_lines(savers, name: str, **days) -> list[tuple]:
    return [(line.on.day, line.kind, line.amount, line.balance) for line in passbook(savers[name], **days).pledge.lines]


def test_each_receipt_is_a_line_with_the_balance_after_it(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    savers.pay("Prani", date(2026, 2, 6), FEBRUARY, MARCH)
    assert pledge_lines(savers, "Prani") == [(5, "receipt", 100_00, 100_00), (6, "receipt", 200_00, 300_00)]
    line = passbook(savers["Prani"]).pledge.lines[1]
    assert (line.months, line.receiver, line.paid_in, line.paid_out) == (
        (FEBRUARY, MARCH),
        savers["Somporn"].first_name,
        200_00,
        0,
    )


def test_a_missed_meeting_stands_as_a_line_without_money(savers):
    savers.vow("Kasem", 100_00)
    savers.pay("Kasem", date(2026, 1, 5), JANUARY)
    savers.close(date(2026, 1, 5))
    savers.close(date(2026, 2, 5))
    savers.pay("Kasem", date(2026, 3, 5), FEBRUARY, MARCH)
    savers.close(date(2026, 3, 5))
    lines = passbook(savers["Kasem"]).pledge.lines
    assert [(line.on.month, line.kind, line.balance) for line in lines] == [
        (1, "receipt", 100_00),
        (2, "missed", 100_00),
        (3, "receipt", 300_00),
    ]
    assert lines[1].months == (FEBRUARY,)


def test_a_month_paid_in_advance_is_not_missed(savers):
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY, FEBRUARY)
    savers.close(date(2026, 1, 5))
    savers.close(date(2026, 2, 5))
    assert [line.kind for line in passbook(savers["Prani"]).pledge.lines] == ["receipt"]


def test_a_meeting_before_the_vow_is_not_missed(savers):
    savers.vow("Prani", 100_00, starts_on=MARCH)
    savers.close(date(2026, 2, 5))
    assert passbook(savers["Prani"]).pledge.lines == ()


def test_a_reversal_stands_beside_what_it_reverses(savers):
    savers.vow("Prani", 100_00)
    entry = savers.pay("Prani", date(2026, 1, 5), JANUARY)
    reversal = savers.void(entry)
    first, second = passbook(savers["Prani"]).pledge.lines
    assert (first.reversed_by, second.reverses) == (reversal.n, entry.n)
    assert (second.paid_out, second.balance) == (100_00, 0)


def test_the_passbook_of_some_days_brings_forward_what_came_before(savers):
    savers.vow("Prani", 100_00)
    for month, on in ((JANUARY, date(2026, 1, 5)), (FEBRUARY, date(2026, 2, 5)), (MARCH, date(2026, 3, 5))):
        savers.pay("Prani", on, month)
    book = passbook(savers["Prani"], since=date(2026, 2, 5), until=date(2026, 2, 28)).pledge
    assert (book.brought_forward, book.brought_on, book.balance, len(book.lines)) == (
        100_00,
        date(2026, 2, 5),
        200_00,
        1,
    )
    assert (book.paid_in, book.paid_out) == (100_00, 0)


def test_special_savings_are_a_book_of_their_own(savers):
    open_special_book(member=savers["Prani"], by=None)
    savers.pay("Prani", date(2026, 1, 5), JANUARY, special=500_00)
    book = passbook(savers["Prani"])
    assert [line.amount for line in book.pledge.lines] == [100_00]
    assert [(special.number, special.balance) for special in book.special] == [(f"{savers['Prani'].holder}-1", 500_00)]
    assert book.special[0].lines[0].months == ()
    assert special_books_of(savers.group, [savers["Prani"], savers["Kasem"]]) == {
        savers["Prani"].pk: f"{savers['Prani'].holder}-1"
    }


def test_no_line_of_another_member_or_group_is_in_a_passbook(savers):
    savers.pay("Kasem", date(2026, 1, 5), JANUARY)
    assert passbook(savers["Prani"]).pledge.lines == ()
    stranger = Member.objects.get(group=savers.village.neighbour.group, number=savers["Kasem"].number % 5 + 1)
    assert passbook(stranger).pledge.lines == ()


def test_the_opening_balance_is_brought_forward(savers):
    group = SavingsGroup.objects.create(
        code="new-one", name="ใหม่", village=savers.group.village, first_year_starts_on=JANUARY
    )
    member = Member.objects.create(group=group, number=6, first_name="ก", status="active", admitted_on=date(2020, 1, 1))
    start_books(
        group=group,
        by="import",
        kind="paper_opening",
        operation=uuid4(),
        lines=[
            debit(account_for(group, "O1100"), 10_400_00),
            credit(account_for(group, "O2100", "0006"), 10_400_00),
        ],
    )
    book = passbook(member).pledge
    assert (book.brought_forward, book.brought_on, book.lines) == (10_400_00, JANUARY, ())


def test_balances_of_all_members_are_read_as_positive(savers):
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    savers.pay("Kasem", date(2026, 2, 5), JANUARY, special=50_00)
    assert balances_of_members(savers.group) == {
        savers["Prani"].holder: MemberBalance(100_00, 0),
        savers["Kasem"].holder: MemberBalance(100_00, 50_00),
    }
    assert balances_of_members(savers.group, as_of=date(2026, 1, 31)) == {
        savers["Prani"].holder: MemberBalance(100_00, 0)
    }


def test_a_passbook_takes_the_same_number_of_queries_for_any_number_of_lines(savers):
    def count_queries() -> int:
        member = Member.objects.select_related("group").get(pk=savers["Prani"].pk)
        with CaptureQueriesContext(connection) as captured:
            passbook(member)
        return len(captured)

    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY)
    few = count_queries()
    for month in (FEBRUARY, MARCH, APRIL):
        savers.pay("Prani", date(2026, month.month, 5), month)
        savers.close(date(2026, month.month, 5))
    assert count_queries() == few


@pytest.mark.parametrize(
    ("months", "thai", "english"),
    [
        ((JANUARY,), "ม.ค.", "Jan"),
        ((FEBRUARY, MARCH), "มี.ค. และ ก.พ.", "Mar and Feb"),
        ((JANUARY, FEBRUARY, MARCH), "มี.ค. ม.ค. และ ก.พ.", "Mar Jan and Feb"),
        ((JANUARY, FEBRUARY, MARCH, APRIL), "ม.ค.\u00a069 ถึง เม.ย.\u00a069", "Jan\u00a069 to Apr\u00a069"),
    ],
)
def test_the_months_of_a_line_are_named(months, thai, english):
    for language, expected in (("th", thai), ("en", english)):
        with translation.override(language):
            assert months_text(months, date(2026, 3, 5), language) == expected


def test_each_kind_of_line_says_what_it_is(savers):
    savers.vow("Kasem", 100_00)
    entry = savers.pay("Kasem", date(2026, 1, 5), JANUARY)
    savers.close(date(2026, 2, 5))
    savers.void(entry)
    with translation.override("th"):
        said = [line_text(line, "th") for line in passbook(savers["Kasem"]).pledge.lines]
    assert said == ["เงินสัจจะ ม.ค.", "ขาดส่ง ก.พ.", f"หักล้างรายการเลขที่\u00a0{entry.n}"]


def test_the_checks_find_nothing_in_a_sound_village(savers):
    open_special_book(member=savers["Prani"], by=None)
    savers.vow("Prani", 100_00)
    savers.pay("Prani", date(2026, 1, 5), JANUARY, special=10_00)
    for check in (check_months_add_up, check_rows_stay_in_group, check_special_books_exist):
        assert list(check(savers.group)) == []


def test_the_checks_name_what_is_wrong(savers):
    entry = savers.pay("Prani", date(2026, 1, 5), JANUARY)
    GUARDS.drop(connection)
    PledgeMonth.objects.filter(entry=entry).update(satang=99_00)
    assert [(rule, number) for rule, number, _ in check_months_add_up(savers.group)] == [("pledge-months", entry.n)]
    PledgeMonth.objects.filter(entry=entry).delete()
    assert [number for _, number, _ in check_months_add_up(savers.group)] == [entry.n]
    savers.pay("Kasem", date(2026, 2, 5), special=5_00)
    assert [detail for _, _, detail in check_special_books_exist(savers.group)] == [
        f"account O2200 {savers['Kasem'].holder}-1 is no member's book"
    ]
    set_pledge(member=savers["Prani"], satang=100_00, starts_on=JANUARY, by=None)
    savers["Prani"].pledges.update(group=savers.village.neighbour.group)
    assert len(list(check_rows_stay_in_group(savers.group))) == 1


def test_a_receipt_posted_without_months_is_found(savers):
    entry = post_entry(
        group=savers.group,
        kind="receipt",
        on=date(2026, 1, 5),
        by=savers.village.treasurer,
        lines=[
            debit(account_for(savers.group, "O1100"), 1_00),
            credit(account_for(savers.group, "O2100", savers["Prani"].holder), 1_00),
        ],
        operation=uuid4(),
    )
    assert [number for _, number, _ in check_months_add_up(savers.group)] == [entry.n]
