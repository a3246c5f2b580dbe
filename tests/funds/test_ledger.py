"""docs/LEDGER.md: every row names accounts of the chart, every kind has a row, and the gate takes every row."""

import uuid
from datetime import date
from typing import Any

import pytest

from funds import chart, kinds
from funds.chart import Holder, Type
from funds.journal import correct_prior_year, reverse_entry
from funds.services import erase_details
from tests.funds.conftest import FEBRUARY_5, SOMPORN, WICHAI, Books, make_group
from tests.funds.ledger import Row, assert_entry, assert_ledger_row, ledger_rows

HOLDERS = {Holder.NONE: "", Holder.MEMBER: "0001", Holder.BOOK: "0001-1", Holder.NAMED: "x", Holder.OPTIONAL: "123"}
MIRRORS = ("reversal", "prior_year")
ROWS = [row for row in ledger_rows() if row.kind not in (*MIRRORS, "opening", "meeting_close", "erasure")]


def test_every_kind_has_a_row() -> None:
    assert {kinds.plain(row.kind) for row in ledger_rows()} == set(kinds.BY_NAME)


@pytest.mark.parametrize("row", ledger_rows(), ids=lambda row: f"{row.kind}: {row.event}")
def test_a_row_names_accounts_of_the_chart_and_whose_they_are(row: Row) -> None:
    for code, holder in (row.debits | row.credits).items():
        kind = chart.head_of(code).holder
        assert bool(holder) == (kind is not Holder.NONE and not (kind is Holder.OPTIONAL and not holder)), code
    lines = kinds.kind_of(row.kind).lines
    assert bool(row.debits) == bool(row.credits)
    assert bool(row.debits) or lines is not kinds.Lines.REQUIRED or row.kind in MIRRORS


def test_no_event_stands_twice() -> None:
    keys = [(row.kind, row.event) for row in ledger_rows()]
    assert len(keys) == len(set(keys))


@pytest.fixture
def rich(db: None) -> Books:
    """Books in which every account of the chart has money on its own side."""
    books = Books(make_group("ban-nong"))
    moves = []
    for pool, rest in (("O", "O3900"), ("A", "A3100")):
        sums = 0
        for head in chart.HEADS:
            if head.unit == pool and head.type <= Type.FUND and head.code != rest:
                satang = 1000_00 * (head.floor.value or -1)
                moves.append((head.code, HOLDERS[head.holder], satang))
                sums += satang
        moves.append((rest, "", -sums))
    moves += [("KR1100", "", 1000), ("KR1300", "x", 1000), ("KR2100", "0001", -1000), ("KR3100", "", -1000)]
    books.open(lines=books.lines(*moves))
    return books


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.event}")
def test_the_gate_takes_what_a_row_says(row: Row, rich: Books) -> None:
    moves: list[tuple[str, str, int]] = []
    for unit in {chart.unit_of(code) for code in row.debits}:
        debits = [code for code in row.debits if chart.unit_of(code) == unit]
        credits_ = [code for code in row.credits if chart.unit_of(code) == unit]
        moves += [(code, HOLDERS[chart.head_of(code).holder], len(credits_)) for code in debits]
        moves += [(code, HOLDERS[chart.head_of(code).holder], -len(debits)) for code in credits_]
    entry = rich.post(row.kind, *moves, ok=[WICHAI])
    assert_ledger_row(row.event, entry)


def test_opening_reversal_prior_year_and_erasure_post_what_their_rows_say(rich: Books) -> None:
    opening = rich.group.entries.get(n=1)
    assert_ledger_row("the books begin with what the group has and owes", opening)
    income = rich.post("income", ("O1200", "123", 30_00), ("O4300", "", -30_00))
    receipt = rich.receive(200_00)
    rich.post("year_close", ("O4300", "", 30_00), ("O3900", "", -30_00), on=date(2026, 1, 31), ok=[WICHAI])
    how: dict[str, Any] = {"by": SOMPORN, "ok": [WICHAI], "reason": "wrong"}
    undone = reverse_entry(entry=receipt, operation=uuid.uuid4(), **how)
    assert_entry(undone, debits=[("O2100", "0001", 200_00)], credits=[("O1100", 200_00)])
    mirrored = correct_prior_year(entry=income, operation=uuid.uuid4(), resolution="1", **how)
    assert_entry(mirrored, debits=[("O3900", 30_00)], credits=[("O1200", "123", 30_00)])
    erased = erase_details(entry=receipt, operation=uuid.uuid4(), **how)
    assert_ledger_row("the words of an entry are erased", erased)


def test_the_helpers_refuse_what_is_otherwise(rich: Books) -> None:
    entry = rich.receive(200_00, on=FEBRUARY_5)
    event = "a member pays at a meeting in cash"
    assert_entry(entry, debits=[("O1100", 200_00)], credits=[("O2100", "0001", 200_00)])
    assert_ledger_row(event, entry)
    for debits, credits_ in (
        ([("O1100", 100_00)], [("O2100", 200_00)]),
        ([("O1100", 200_00)], [("O2100", "0002", 200_00)]),
        ([("O2100", 200_00)], [("O1100", 200_00)]),
        ([("O1100", 200_00)], []),
    ):
        with pytest.raises(AssertionError):
            assert_entry(entry, debits=debits, credits=credits_)
    for other in (
        "a member pays by bank transfer",
        "a loan is paid out",
        "no such event",
        "an officer hands out a slip",
    ):
        with pytest.raises(AssertionError):
            assert_ledger_row(other, entry)
