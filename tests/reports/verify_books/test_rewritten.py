"""Rewritten with right hashes: the invariants and the checkpoint find what the chain cannot."""

from collections.abc import Callable

import pytest
from django.db import connection

from funds import chain
from funds.checks.rows import read_journal
from reports.verification import Checkpoint
from tests.funds.conftest import ANONG, Books
from tests.funds.forge import execute
from tests.reports.verify_books.conftest import found_in, journal_damage


def rewrite_all(books: Books) -> None:
    """The cleverest tamperer: a new history with every hash recomputed."""
    prev = chain.NO_HASH
    for entry, postings in list(read_journal(books.group)):
        form = entry._replace(prev=prev).canonical_form(str(books.group.uuid), postings)
        fresh = chain.hash_of(form)
        execute(f"UPDATE funds_entry SET prev = '{prev}', hash = '{fresh}' WHERE id = {entry.id}")
        prev = fresh


def test_a_part_of_a_second_is_found(books: Books, tamper: Callable[..., None]) -> None:
    later = (
        "recorded_at + interval '1 microsecond'" if connection.vendor == "postgresql" else "recorded_at || '.000001'"
    )
    tamper(f"UPDATE funds_entry SET recorded_at = {later} WHERE id = :e + 3")
    assert [(damage.n, damage.rule) for damage in journal_damage(books)][:1] == [(3, "I6")]
    rewrite_all(books)
    assert (3, "I10") in {(damage.n, damage.rule) for damage in journal_damage(books)}


@pytest.mark.postgres
def test_an_operation_that_stands_twice_is_found(books: Books, tamper: Callable[..., None]) -> None:
    operation = books.number(2).operation
    tamper(
        "ALTER TABLE funds_entry DROP CONSTRAINT entry_operation_once",
        f"UPDATE funds_entry SET operation = '{operation}' WHERE id = :e + 3",
    )
    rewrite_all(books)
    assert "I7" in {damage.rule for damage in journal_damage(books)}


def test_a_full_rewrite_is_found_through_a_checkpoint_only(books: Books, tamper: Callable[..., None]) -> None:
    paper = books.number(13).paper_code
    tamper("UPDATE funds_entry SET maker = 'somebody' WHERE id = :e + 2")
    rewrite_all(books)
    assert found_in(books) == set()
    damage = journal_damage(books, [Checkpoint.parse(f"13:{paper}")])
    assert [(fault.rule, fault.n) for fault in damage] == [("checkpoint", 13)]


def test_a_cut_tail_is_found_through_a_checkpoint_only(books: Books, tamper: Callable[..., None]) -> None:
    last = books.last
    for table, column in (("funds_posting", "entry_id"), ("funds_entrydetails", "entry_id"), ("funds_entry", "id")):
        tamper(f"DELETE FROM {table} WHERE {column} = :e + 15")
    assert found_in(books) == set()
    damage = journal_damage(books, [Checkpoint.parse(f"15:{last.hash}")])
    assert [(fault.rule, fault.n) for fault in damage] == [("checkpoint", 15)]


def redated(day: str, n: int) -> str:
    entry = f"UPDATE funds_entry SET booked_on = '{day}' WHERE id = :e + {n}"
    return f"{entry};UPDATE funds_posting SET booked_on = '{day}' WHERE entry_id = :e + {n}"


REWRITTEN = {
    "withdrawal below zero": ("UPDATE funds_posting SET amount = amount * 900 WHERE entry_id = :e + 4", "I9"),
    "cash not as declared": ("UPDATE funds_posting SET amount = amount * 2 WHERE entry_id = :e + 2", "I4"),
    "nobody approved": ("UPDATE funds_entry SET approvers = '' WHERE id = :e + 4", "I11"),
    "its maker approved": ("UPDATE funds_entry SET approvers = maker WHERE id = :e + 4", "I11"),
    "payee approved": (f"UPDATE funds_entry SET approvers = '{ANONG}' WHERE id = :e + 4", "I11"),
    "unsorted approvers": ("UPDATE funds_entry SET approvers = 'b,a' WHERE id = :e + 4", "I11"),
    "mirror of another amount": (
        "UPDATE funds_posting SET amount = 2 * amount WHERE entry_id = :e + 13",
        "I1",
    ),
    "unbalanced": ("UPDATE funds_posting SET amount = amount + 1 WHERE entry_id = :e + 2 AND line = 1", "I1"),
    "unknown kind": ("UPDATE funds_entry SET kind = 'gift' WHERE id = :e + 2", "I1"),
    "pools crossed": ("UPDATE funds_account SET code = 'O1900' WHERE group_id = :g AND code = 'O4300'", "I2"),
    "in a closed year": (redated("2026-01-30", 15), "I10"),
    "on a declared day": (redated("2026-01-05", 7), "I10"),
    "in the future": (redated("2999-01-05", 15), "I10"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_what_a_rewriter_forgets_is_found(name: str, books: Books, tamper: Callable[..., None]) -> None:
    statements, rule = REWRITTEN[name]
    tamper(*statements.split(";"))
    rewrite_all(books)
    assert rule in {damage.rule for damage in journal_damage(books)}
