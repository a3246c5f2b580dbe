"""The command: exit codes, checkpoints, every package asked."""

from collections.abc import Callable

import pytest
from django.db import connection

from funds.checks.rows import read_journal
from funds.guards import drop_guards
from funds.models import Posting
from reports.verification import all_checks
from tests.funds.conftest import Books
from tests.funds.forge import execute
from tests.reports.verify_books.conftest import found_in, verify


def test_intact_books_end_with_0_and_say_their_code(plain: Books) -> None:
    code, said = verify()
    assert code == 0
    assert f"ban-nong: 3 entries, intact, head 3 {plain.last.paper_code}" in said


def test_damage_ends_with_1_and_names_the_entry(books: Books, tamper: Callable[..., None]) -> None:
    tamper("UPDATE funds_entry SET maker = 'somebody' WHERE id = :e + 2")
    code, said = verify("--group", "ban-nong")
    assert code == 1
    assert "ban-nong entry 2: I6 its content does not match its hash" in said


def test_a_checkpoint_of_paper_is_accepted(plain: Books) -> None:
    last = plain.last
    assert verify("--group", "ban-nong", "--checkpoint", f"3:{last.hash}")[0] == 0
    assert verify("--group", "ban-nong", "--checkpoint", f"3:{last.paper_code}")[0] == 0
    assert verify("--group", "ban-nong", "--checkpoint", f"2:{last.hash}")[0] == 1
    assert verify("--group", "ban-nong", "--checkpoint", f"4:{last.hash}")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--group", "nowhere"],
        ["--checkpoint", "1:" + "0" * 64],
        ["--group", "ban-nong", "--checkpoint", "1"],
        ["--group", "ban-nong", "--checkpoint", "x:" + "0" * 64],
        ["--group", "ban-nong", "--checkpoint", "1:123"],
    ],
)
def test_what_cannot_run_ends_with_2(arguments: list[str], books: Books) -> None:
    assert verify(*arguments)[0] == 2


def test_a_broken_database_ends_with_2(books: Books) -> None:
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE")
    drop_guards(connection)
    execute("ALTER TABLE funds_posting RENAME TO funds_lost")
    assert verify()[0] == 2


def test_every_package_is_asked() -> None:
    packages = {check.__module__.split(".")[0] for check in all_checks()}
    assert {"funds", "savings"} <= packages


def test_reading_in_pieces_reads_all(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funds.checks.rows.PIECE", 3)
    assert [entry.n for entry, _ in read_journal(books.group)] == list(range(1, 16))
    assert sum(len(rows) for _, rows in read_journal(books.group)) == Posting.objects.filter(group=books.group).count()
    assert found_in(books) == set()
