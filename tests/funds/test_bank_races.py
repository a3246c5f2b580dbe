"""Two officers at once at the bank's pages: a line of the bank book is matched once, a deposit is posted once."""

import contextlib
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection

from funds.bank_errors import MatchTaken, MoveDone
from funds.errors import BooksError
from funds.journal import gate
from funds.models import BankMatch, BankMove, Entry, MatchedLine
from funds.selectors.bank_book import compare
from funds.services import bank_matches, bank_moves, keeping
from funds.services.bank_matches import match
from funds.services.bank_moves import approve_move
from tests.funds.test_bank_rooms import BOOK, JANUARY, Bank, bank  # noqa: F401 - a fixture
from tests.funds.test_races import of_type, together
from tests.funds.test_voucher_races import meet_after

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@contextlib.contextmanager
def unguarded(is_guarded: bool) -> Iterator[None]:
    """Without the constraint that a line of the bank book stands in one match; put back, its rows gone."""
    if is_guarded:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE funds_matchedline DROP CONSTRAINT funds_matchedline_line_id_key")
    try:
        yield
    finally:
        BankMatch.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE funds_matchedline ADD CONSTRAINT funds_matchedline_line_id_key UNIQUE (line_id)"
            )


@pytest.mark.parametrize("is_guarded", [True, False])
def test_two_officers_matching_the_same_line_at_once_match_it_once(
    is_guarded: bool,
    bank: Bank,  # noqa: F811 - a fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _time in range(2):  # twice the same amount: each officer thinks of another entry
        bank.books.post("income", ("O1200", BOOK.number, 7_00), ("O4300", "", -7_00))
    bank.type(JANUARY, "1,100", ("6", "ดอกเบี้ย", "7", "", "1107"))
    found = compare(bank.account, JANUARY)
    assert found is not None
    [line], keys = [item.line.pk for item in found.lines], [item.posting.key for item in found.postings]
    monkeypatch.setattr(bank_matches, "lock_book", lambda group: None)  # both come as far as the row itself
    meet_after(monkeypatch, bank_matches, "_postings")

    with unguarded(is_guarded):
        results = together([
            lambda: match(account=bank.account, by=bank.village.chair, lines=[line], postings=keys[:1]),
            lambda: match(account=bank.account, by=bank.village.secretary, lines=[line], postings=keys[1:]),
        ])  # fmt: skip
        times = MatchedLine.objects.filter(line=line).count()

    assert times == (1 if is_guarded else 2), results
    assert len(of_type(results, MatchTaken)) == (1 if is_guarded else 0)


@pytest.mark.parametrize("locked", [True, False])
def test_two_approvals_of_one_deposit_at_once_post_once(
    locked: bool,
    bank: Bank,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    move = bank.carry()
    meet_after(monkeypatch, bank_moves, "_lock_waiting")
    if not locked:  # neither the book nor the row is locked; what refuses then is the operation's own number
        for module in (bank_moves, gate, keeping):
            monkeypatch.setattr(module, "lock_book", lambda group: None)
        monkeypatch.setattr(bank_moves, "_lock_waiting", _read)
        meet_after(monkeypatch, bank_moves, "_lock_waiting")

    results = together([
        lambda: approve_move(move=move, by=bank.village.auditor),
        lambda: approve_move(move=move, by=bank.village.secretary),
    ])  # fmt: skip

    assert Entry.objects.filter(group=bank.group, kind="bank_carry").count() == 1
    assert len(of_type(results, BankMove)) == 1
    if locked:
        assert len(of_type(results, MoveDone)) == 1
    else:
        assert of_type(results, IntegrityError) + of_type(results, BooksError)
        assert not of_type(results, MoveDone)


def _read(move: BankMove) -> BankMove:
    return BankMove.objects.select_related("source", "target", "hold", "signature", "requested_by", "group").get(
        pk=move.pk
    )
