"""verify_books finds what was done to leavers behind the program; the database refuses what it can see itself."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from members.models import Member
from membership.errors import SettlementStays
from membership.guards import GUARDS
from membership.leaving_checks import LEAVING_CHECKS
from membership.models import Leaving, Settlement, SettlementLine, SettlementPayee
from membership.services import approve_settlement, cancel_settlement
from reports.verification import damage_of
from tests.membership.leavers import NOV_22, Leavers
from tests.village import TestVillage


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)


@pytest.fixture
def leavers(village: TestVillage) -> Leavers:
    return Leavers(village)


def rules(leavers: Leavers) -> list[str]:
    return sorted({rule for check in LEAVING_CHECKS for rule, _n, _text in check(leavers.group)})


def test_an_honest_village_has_no_finding(leavers: Leavers) -> None:
    cancel_settlement(settlement=leavers.settle(leavers.ask("Chai")), by=leavers.village.treasurer)
    leavers.leave()
    leavers.leave("Somchai", "expulsion")
    assert [str(damage) for damage in damage_of(leavers.group)] == []


def test_whoever_left_behind_the_program_is_found_by_the_balance(leavers: Leavers) -> None:
    Member.objects.filter(pk=leavers["Kasem"].pk).update(status="resigned", left_on=NOV_22)
    assert rules(leavers) == ["leaver-balance"]


def test_a_leaving_without_settlement_and_a_leaver_who_stayed_are_found(leavers: Leavers) -> None:
    leaving = leavers.ask("Somchai")
    Member.objects.filter(pk=leavers["Somchai"].pk).update(status="resigned", left_on=NOV_22)
    assert rules(leavers) == ["leaver-settled"]
    Member.objects.filter(pk=leavers["Somchai"].pk).update(status="active", left_on=None)
    approve_settlement(settlement=leavers.settle(leaving), by=leavers.village.auditor)
    Member.objects.filter(pk=leavers["Somchai"].pk).update(status="active", left_on=None)
    assert rules(leavers) == ["leaver-settled"]


def test_a_settlement_without_its_entry_and_an_entry_without_its_settlement_are_found(leavers: Leavers) -> None:
    row = leavers.leave()
    GUARDS.drop(connection)
    Settlement.objects.filter(pk=row.pk).update(entry=None, approved_by=None, approved_at=None)
    assert rules(leavers) == ["settlement-posted"]
    found = [n for check in LEAVING_CHECKS for _rule, n, _text in check(leavers.group)]
    assert row.entry is not None
    assert sorted(found) == [0, row.entry.n]


def test_other_lines_or_other_shares_than_posted_are_found(leavers: Leavers) -> None:
    row = leavers.leave()
    GUARDS.drop(connection)
    SettlementPayee.objects.filter(settlement=row).update(satang=1)
    assert rules(leavers) == ["settlement-full"]
    SettlementLine.objects.filter(settlement=row, account_code="O2100").update(satang=1)
    assert rules(leavers) == ["settlement-full", "settlement-posted"]


def test_a_settlement_is_not_reversed_and_one_that_was_is_found(leavers: Leavers, settings: Any) -> None:
    row = leavers.leave()
    assert row.entry is not None
    with pytest.raises(SettlementStays):
        leavers.void(row.entry)
    settings.REVERSAL_RULES = []
    leavers.void(row.entry)
    assert "settlement-reversed" in rules(leavers)


def test_a_readmission_of_somebody_who_never_left_is_found(leavers: Leavers) -> None:
    Member.objects.filter(pk=leavers["Fon"].pk).update(former=leavers["Prani"])
    assert rules(leavers) == ["readmission"]


CHANGES = {
    "the amount": lambda row: Settlement.objects.filter(pk=row.pk).update(
        owed_satang=1, set_off_satang=0, paid_satang=1
    ),
    "the entry again": lambda row: Settlement.objects.filter(pk=row.pk).update(
        entry=None, approved_by=None, approved_at=None
    ),
    "the day of the leaving": lambda row: Leaving.objects.update(ended_on=date(2026, 1, 1)),
    "that it is settled": lambda row: Leaving.objects.update(settled_at=None),
    "a line": lambda row: SettlementLine.objects.update(satang=1),
    "a payee": lambda row: SettlementPayee.objects.update(name="ก"),
    "no payee any more": lambda row: SettlementPayee.objects.all().delete(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_database_keeps_what_was_posted(leavers: Leavers, what: str) -> None:
    row = leavers.leave()
    with transaction.atomic(), pytest.raises(DatabaseError):
        CHANGES[what](row)


@pytest.mark.parametrize("what", CHANGES)
def test_control_without_the_guards_it_would_change(leavers: Leavers, what: str) -> None:
    row = leavers.leave()
    GUARDS.drop(connection)
    CHANGES[what](row)
