"""What the database itself refuses about vows, paid months, deposits and withdrawals, past every line of Python."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from savings.guards import GUARDS
from savings.models import Deposit, PledgeMonth, PledgePeriod
from savings.services import open_special_book
from savings.services.products import approve_interest
from savings.services.withdrawals import approve_withdrawal
from tests.funds.forge import insert
from tests.savings.asked import interest_of_june
from tests.savings.products.conftest import take
from tests.savings.test_deposits import bring

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
FORGED = {
    "a vow's amount": "UPDATE savings_pledgeperiod SET satang = satang + 100",
    "a vow's month": "UPDATE savings_pledgeperiod SET starts_on = '2025-01-01'",
    "a vow gone": "DELETE FROM savings_pledgeperiod",
    "a month's amount": "UPDATE savings_pledgemonth SET satang = satang + 100",
    "a month moved": "UPDATE savings_pledgemonth SET month = '2026-03-01'",
    "a month gone": "DELETE FROM savings_pledgemonth",
}
TABLES = {"savings_pledgeperiod": PledgePeriod, "savings_pledgemonth": PledgeMonth}


@pytest.fixture
def paid(savers):
    savers.vow("Prani", 100_00)
    return savers.pay("Prani", date(2026, 1, 5), JANUARY)


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def refused_until_unguarded(statement, words):
    with pytest.raises(IntegrityError, match=words):
        execute(statement)
    GUARDS.drop(connection)
    assert execute(statement) > 0, "the guard is what refused"


def vow_row(group, member):
    return {
        "group_id": group.pk,
        "member_id": member.pk,
        "satang": 100_00,
        "starts_on": FEBRUARY,
        "set_at": "2026-02-05 12:00:00",
    }


def month_row(group, member, entry):
    return {
        "group_id": group.pk,
        "member_id": member.pk,
        "entry_id": entry.pk,
        "month": FEBRUARY,
        "satang": 100_00,
    }


@pytest.mark.parametrize("forged", FORGED)
def test_what_was_vowed_and_paid_does_not_change_by_sql(paid, forged):
    refused_until_unguarded(FORGED[forged], "satcha:(added_only|kept)")


def test_a_vow_belongs_to_the_group_of_its_member(savers, paid):
    strangers = insert("savings_pledgeperiod", vow_row(savers.village.neighbour.group, savers["Prani"]))
    refused_until_unguarded(strangers, "satcha:of_other_group")


@pytest.mark.parametrize("whose", ["member", "entry", "neither"])
def test_a_paid_month_belongs_to_the_group_of_its_member_and_of_its_receipt(savers, paid, whose):
    neighbour = savers.village.neighbour
    entry = neighbour.group.entries.order_by("n").first()
    rows = {
        "member": month_row(savers.group, neighbour.member, paid),
        "entry": month_row(savers.group, savers["Prani"], entry),
        "neither": month_row(neighbour.group, savers["Prani"], paid),
    }
    refused_until_unguarded(insert("savings_pledgemonth", rows[whose]), "satcha:of_other_group")


def test_one_strange_month_among_many_is_refused(savers, paid):
    own = month_row(savers.group, savers["Prani"], paid)
    strange = month_row(savers.group, savers.village.neighbour.member, paid)
    refused_until_unguarded(insert("savings_pledgemonth", own, strange), "satcha:of_other_group")


@pytest.mark.sqlite
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("by_id", [True, False])
def test_no_row_is_replaced_by_another(savers, paid, table, by_id):
    found = TABLES[table].objects.values().get()
    row = found | {"satang": 1_00}
    row = {name: value for name, value in row.items() if value is not None and (by_id or name != "id")}
    statement = insert(table, row).replace("INSERT", "INSERT OR REPLACE")
    refused_until_unguarded(statement, "satcha:exists")


@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied(paid, table):
    statement = f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"
    with pytest.raises(IntegrityError, match="satcha:kept"):
        execute(statement)
    GUARDS.drop(connection)
    execute(statement)
    assert not TABLES[table].objects.exists()


# --- deposits, withdrawals, interest --------------------------------------------------------------

ROWS = {
    "a deposit": ("savings_deposit", "special_satang = special_satang + 1"),
    "a deposit's member": ("savings_deposit", "member_id = (SELECT max(id) FROM members_member)"),
    "a withdrawal": ("savings_withdrawal", "satang = satang - 1"),
    "a withdrawal's way": ("savings_withdrawal", "bank_holder = 'another'"),
}


@pytest.fixture
def moved(savers):
    """A deposit, and a withdrawal from it, paid today."""
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        bring(savers, special=500_00, received_on=date(2026, 7, 10))
        approve_withdrawal(withdrawal=take(savers, 200_00), by=savers.village.auditor)
        yield savers


@pytest.mark.parametrize("what", ROWS)
def test_what_was_brought_and_paid_stays_as_it_was_written(what, moved):
    table, change = ROWS[what]
    refused_until_unguarded(f"UPDATE {table} SET {change}", "satcha:")


@pytest.mark.parametrize("table", ["savings_deposit", "savings_withdrawal"])
def test_what_was_brought_and_paid_is_not_deleted(table, moved):
    refused_until_unguarded(f"DELETE FROM {table}", "satcha:kept")


@pytest.fixture
def credited(savers):
    """Half a year's interest, in the books."""
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        yield approve_interest(run=interest_of_june(savers, "Prani"), by=savers.village.auditor)


INTEREST = {
    "a run's total": ("UPDATE savings_interestrun SET total_satang = total_satang + 1", "satcha:frozen"),
    "a run's approver": ("UPDATE savings_interestrun SET approved_by_id = NULL", "satcha:set_once"),
    "a run gone": ("DELETE FROM savings_interestrun", "satcha:kept"),
    "a line's amount": ("UPDATE savings_interestline SET satang = satang + 1", "satcha:added_only"),
    "a line's book": ("UPDATE savings_interestline SET book_id = book_id + 1", "satcha:added_only"),
    "a line gone": ("DELETE FROM savings_interestline", "satcha:kept"),
}


@pytest.mark.parametrize("what", INTEREST)
def test_interest_that_was_credited_stays_as_it_was_written(what, credited):
    statement, words = INTEREST[what]
    with pytest.raises(IntegrityError, match=words):
        execute(statement)


@pytest.mark.parametrize("what", ["a run's total", "a line's amount", "a line gone"])
def test_the_guard_alone_keeps_credited_interest(what, credited):
    refused_until_unguarded(INTEREST[what][0], "satcha:")


def test_no_line_is_added_to_interest_once_it_is_credited(savers, credited):
    with time_machine.travel("2026-07-10 12:00+07:00", tick=False):
        other = open_special_book(member=savers["Kasem"], by=None)
    row = {"run_id": credited.pk, "book_id": other.pk, "satang": 100}
    refused_until_unguarded(insert("savings_interestline", row), "satcha:posted")


def test_a_withdrawal_is_paid_by_its_own_entry_only(moved):
    strange, row = Deposit.objects.get().entry_id, take(moved, 100_00)
    columns = f"entry_id = {strange}, approved_by_id = {moved.village.auditor.pk}, approved_at = requested_at"
    refused_until_unguarded(f"UPDATE savings_withdrawal SET {columns} WHERE id = {row.pk}", "satcha:not_its_entry")
