"""verify_books finds what somebody with a database console did to the bank's rows."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from funds.checks.bank import check_bank
from funds.models import BankLine, BankMatch, BankMove, BankPage, Reconciliation
from funds.selectors.bank_book import compare, proposals
from funds.services.bank_matches import match
from funds.services.bank_moves import approve_move
from members.triggers import drop_guards
from tests.funds.test_bank_rooms import JANUARY, Bank, bank  # noqa: F401 - a fixture


@pytest.fixture
def signed(bank: Bank) -> Bank:  # noqa: F811 - a fixture
    """A deposit posted, found in the bank book and signed."""
    approve_move(move=bank.carry(), by=bank.village.auditor)
    bank.type(JANUARY, "1,100", ("21", "ฝาก S-777", "300", "", "1400"))
    found = compare(bank.account, JANUARY)
    assert found is not None
    [proposal] = proposals(found)
    lines, postings = [line.pk for line in proposal.lines], [posting.key for posting in proposal.postings]
    match(account=bank.account, by=bank.village.chair, lines=lines, postings=postings)
    bank.sign()
    return bank


DAMAGE: dict[str, tuple[Callable[[Bank], object], str]] = {
    "a signed figure changed with the one that hides it": (
        lambda there: Reconciliation.objects.update(book_satang=1500_00, open_lines_satang=100_00), "I4",
    ),
    "the month that was signed is another": (
        lambda there: Reconciliation.objects.update(through=date(2026, 1, 30)), "I4",
    ),
    "another auditor signed": (
        lambda there: Reconciliation.objects.update(signed_by=there.village.chair), "I11",
    ),
    "the treasurer typed it": (lambda there: BankPage.objects.update(typed_by=there.village.treasurer), "I11"),
    "a line was made larger": (lambda there: BankLine.objects.update(in_satang=400_00), "I4"),
    "the last balance was made larger": (lambda there: BankPage.objects.update(closing_satang=1500_00), "I4"),
    "a match lost its line": (lambda there: BankMatch.objects.get().lines.all().delete(), "I4"),
    "a deposit says another amount": (lambda there: BankMove.objects.update(satang=200_00), "I4"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_to_the_banks_rows_is_found(what: str, signed: Bank) -> None:
    assert list(check_bank(signed.group)) == []
    damage, rule = DAMAGE[what]
    with transaction.atomic():
        drop_guards(connection)
        damage(signed)
        assert rule in {finding.rule for finding in check_bank(signed.group)}
        transaction.set_rollback(True)


def test_a_signed_month_whose_row_is_gone_is_found_by_its_entry(signed: Bank) -> None:
    with transaction.atomic():
        drop_guards(connection)
        BankMatch.objects.update(sealed=None)
        Reconciliation.objects.all().delete()
        assert any("is gone" in finding.text for finding in check_bank(signed.group))
        transaction.set_rollback(True)


def test_what_is_entered_later_into_a_signed_month_is_no_damage(signed: Bank) -> None:
    approve_move(move=signed.carry(5_00, slip_ref="S-9"), by=signed.village.auditor)
    assert list(check_bank(signed.group)) == []
