"""What the database itself refuses about a deposit or withdrawal at the bank, past every line of Python."""

import pytest
from django.db import IntegrityError, connection, transaction

from funds.guards import drop_guards
from funds.models import BankMove
from funds.services.bank_moves import approve_move, cancel_move
from tests.funds.forge import execute
from tests.funds.test_bank_rooms import Bank, bank  # noqa: F401 - a fixture

CHANGES = {
    "amount": "satang = satang - 1",
    "pool": "pool = 'A'",
    "day": "moved_on = '2026-01-21'",
    "slip": "slip_ref = 'another'",
    "note": "memo = 'another'",
    "when it was asked for": "requested_at = '2026-01-01 00:00:00'",
    "when it was approved": "approved_at = '2026-01-01 00:00:00'",
    "entry": "entry_id = NULL, approved_by_id = NULL, approved_at = NULL",
}


def refused_until_unguarded(statement: str, words: str) -> None:
    """The control: with the guards gone the same statement goes through."""
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        execute(statement)
    drop_guards(connection)
    execute(statement)


@pytest.fixture
def carried(bank: Bank) -> BankMove:  # noqa: F811 - a fixture
    """300 baht carried to the bank, approved and posted."""
    return approve_move(move=bank.carry(), by=bank.village.auditor)


@pytest.mark.parametrize("what", CHANGES)
def test_a_posted_move_stays_as_it_was_signed(what: str, carried: BankMove) -> None:
    refused_until_unguarded(f"UPDATE funds_bankmove SET {CHANGES[what]}", "satcha:(frozen|set_once|not_its_entry)")


def test_a_move_is_not_deleted(carried: BankMove) -> None:
    refused_until_unguarded("DELETE FROM funds_bankmove", "satcha:kept")


def test_a_move_is_posted_by_its_own_entry_only(bank: Bank, carried: BankMove) -> None:  # noqa: F811 - a fixture
    waiting = bank.carry(100_00)
    signed = f"approved_by_id = {bank.village.auditor.pk}, approved_at = requested_at"
    opening = f"(SELECT min(id) FROM funds_entry WHERE group_id = {bank.group.pk})"
    statement = f"UPDATE funds_bankmove SET entry_id = {opening}, {signed} WHERE id = {waiting.pk}"
    refused_until_unguarded(statement, "satcha:not_its_entry")


def test_a_move_taken_back_is_never_taken_up_again(bank: Bank) -> None:  # noqa: F811 - a fixture
    cancel_move(move=bank.carry(), by=bank.village.treasurer)
    statement = "UPDATE funds_bankmove SET cancelled_by_id = NULL, cancelled_at = NULL"
    refused_until_unguarded(statement, "satcha:set_once")
