"""verify_books is proven by tampering in SQL with the guards off: whatever was changed is named."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from funds import chain
from funds.checks import CHECKS
from funds.checks.rows import read_journal
from funds.guards import drop_guards
from funds.journal import correct_entry, correct_prior_year, reverse_entry
from funds.models import AccountYear, Entry, EntryDetails, Hold, Opening, Posting, entry_id
from funds.services import erase_details, open_account_year, place_hold, write_openings
from reports.verification import Checkpoint, Damage, all_checks, damage_of
from tests.funds.conftest import ANONG, FEBRUARY_5, SOMPORN, WICHAI, Books, make_group
from tests.funds.forge import checks_off, execute

JANUARY_31 = date(2026, 1, 31)


@pytest.fixture
def books(db: None) -> Books:
    """Two months of a village with all that a check looks at."""
    books = Books(make_group("ban-nong"), savings="O2350")  # the savings' own checks have their own tests
    books.open(lines=books.lines(("O1200", "", 1000_00), ("O2350", "0001", -1000_00)))
    books.receive(200_00, "0001", details={"payer": "สมชาย"})
    books.receive(300_00, "0002", ok=[WICHAI], details={"payer": "ปราณี"})
    books.pay_back(50_00, "0001", payee=ANONG)
    books.close(operating=450_00)
    interest = books.post("income", ("O1200", "", 30_00), ("O4300", "", -30_00))
    wrong = books.receive(500_00, "0003", on=date(2026, 1, 20))
    close = books.post("year_close", ("O4300", "", 30_00), ("O3900", "", -30_00), on=JANUARY_31, ok=[WICHAI])
    AccountYear.objects.filter(group=books.group).update(ends_on=JANUARY_31, closing=close)
    write_openings(group=books.group, ends_on=JANUARY_31)
    open_account_year(group=books.group, starts_on=date(2026, 2, 1))
    how: dict[str, Any] = {"by": SOMPORN, "ok": [WICHAI]}
    books.pay_back(450_00, "0003", on=FEBRUARY_5)
    right = books.draft("receipt", ("O1100", "", 460_00), ("O2350", "0003", -460_00), on=timezone.localdate())
    correct_entry(entry=wrong, replacement=right, operation=uuid.uuid4(), reason="460", **how)
    correct_prior_year(entry=interest, operation=uuid.uuid4(), resolution="1/2569", reason="theirs", **how)
    reverse_entry(entry=books.number(4), operation=uuid.uuid4(), reason="twice", **how)
    erase_details(entry=books.number(3), operation=uuid.uuid4(), reason="asked", **how)
    place_hold(account=books.account("O2350", "0002"), satang=300_00, reason="guarantee", by=SOMPORN)
    books.receive(100_00, "0004", on=timezone.localdate())
    return books


@pytest.fixture
def plain(db: None) -> Books:
    """Three entries that no other package has rows behind."""
    books = Books(make_group("ban-nong"))
    books.open()
    books.post("donation", ("O1100", "", 500_00), ("O3300", "", -500_00))
    books.post("subsidy", ("O1200", "", 500_00), ("O3200", "", -500_00))
    return books


def journal_damage(books: Books, checkpoints: Iterable[Checkpoint] = ()) -> list[Damage]:
    """What the journal's own checks find; the meetings and savings behind these entries have tests of their own."""
    return list(damage_of(books.group, checkpoints, CHECKS))


def found_in(books: Books) -> set[int]:
    return {damage.n for damage in journal_damage(books)}


def verify(*arguments: str) -> tuple[int, str]:
    """The command's exit code and what it says."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_books", *arguments, stdout=out, stderr=err)
    except CommandError as problem:
        return problem.returncode, out.getvalue() + err.getvalue() + str(problem)
    return 0, out.getvalue()


def test_honest_books_are_intact(books: Books) -> None:
    assert journal_damage(books) == []


def test_intact_books_end_with_0_and_say_their_code(plain: Books) -> None:
    code, said = verify()
    assert code == 0
    assert f"ban-nong: 3 entries, intact, head 3 {plain.last.paper_code}" in said


def off() -> None:
    """A tamperer with the rights of the database's owner: triggers, CHECKs and foreign keys off."""
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL session_replication_role = replica")
    drop_guards(connection)
    checks_off()


@pytest.fixture
def tamper(books: Books) -> Iterator[Callable[..., None]]:
    """Run SQL on the books with everything off."""

    def run(*statements: str) -> None:
        off()
        execute(
            *(
                text.replace(":g", str(books.group.pk)).replace(":e", str(entry_id(books.group.pk, 0)))
                for text in statements
            )
        )

    with transaction.atomic():
        yield run
        transaction.set_rollback(True)
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = OFF")


OTHER_ACCOUNT = "(SELECT id FROM funds_account WHERE group_id = :g AND code = 'O2350' AND holder = '0002')"
SOMEBODY = "'somebody'"
ENTRY_FIELDS = {
    "group_id": "group_id + 1",
    "n": "n + 1000",
    "operation": "'" + ("f" * 32) + "'",
    "kind": "'income'",
    "booked_on": "'2026-01-06'",
    "recorded_at": "'2026-11-05 03:00:00'",
    "maker": SOMEBODY,
    "approvers": SOMEBODY,
    "reverses_id": ":e + 2",
    "memo_hash": "'" + "1" * 64 + "'",
    "declared": '\'{"O1100": 1, "A1100": 0}\'',
    "prev": "'" + "2" * 64 + "'",
    "hash": "'" + "3" * 64 + "'",
    "lines": "lines + 1",
    "locked_through": "'2020-01-01'",
    "declared_through": "'2020-01-01'",
}


@pytest.mark.parametrize("column", ENTRY_FIELDS)
@pytest.mark.parametrize("n", [3, 5])
def test_a_changed_column_of_an_entry_is_found(column: str, n: int, books: Books, tamper: Callable[..., None]) -> None:
    if connection.vendor == "postgresql":
        tamper("ALTER TABLE funds_entry DROP CONSTRAINT entry_number_once")
    tamper(f"UPDATE funds_entry SET {column} = {ENTRY_FIELDS[column]} WHERE id = :e + {n}")
    assert n in found_in(books)


def test_a_changed_id_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("UPDATE funds_entry SET id = id + 1000 WHERE id = :e + 15")
    assert found_in(books) >= {15, 1015}


POSTING_FIELDS = {
    "entry_id": ":e + 2",
    "line": "3",
    "group_id": "group_id + 1",
    "account_id": OTHER_ACCOUNT,
    "booked_on": "'2026-01-06'",
    "amount": "amount - 1",
}


@pytest.mark.parametrize("column", POSTING_FIELDS)
def test_a_changed_column_of_a_posting_is_found(column: str, books: Books, tamper: Callable[..., None]) -> None:
    if column == "entry_id":
        tamper("UPDATE funds_posting SET line = 9 WHERE entry_id = :e + 4 AND line = 2")
    tamper(f"UPDATE funds_posting SET {column} = {POSTING_FIELDS[column]} WHERE entry_id = :e + 4 AND line IN (2, 9)")
    assert 4 in found_in(books)


@pytest.mark.parametrize("change", ["code = 'O3100'", "holder = '0077'", "group_id = group_id + 1", "code = 'O9999'"])
def test_a_changed_account_is_found(change: str, books: Books, tamper: Callable[..., None]) -> None:
    tamper(f"UPDATE funds_account SET {change} WHERE group_id = :g AND code = 'O2350' AND holder = '0002'")
    assert 3 in found_in(books)


@pytest.mark.parametrize(
    "change", ["salt = '00'", "salt = 'zz'", """text = '{"payer":"another"}'""", "entry_id = :e + 900"]
)
def test_changed_words_are_found(change: str, books: Books, tamper: Callable[..., None]) -> None:
    tamper(f"UPDATE funds_entrydetails SET {change} WHERE entry_id = :e + 2")
    assert 2 in found_in(books)


def test_words_erased_without_a_decision_are_found(books: Books) -> None:
    EntryDetails.objects.filter(entry__n=2).delete()
    assert found_in(books) == {2}


DELETED = {
    "first": 1,
    "middle": 4,
    "decision": 14,
}


@pytest.mark.parametrize("name", DELETED)
def test_a_deleted_entry_is_found(name: str, books: Books, tamper: Callable[..., None]) -> None:
    n = DELETED[name]
    tamper(
        f"DELETE FROM funds_posting WHERE entry_id = :e + {n}",
        f"DELETE FROM funds_entrydetails WHERE entry_id = :e + {n}",
        f"DELETE FROM funds_entry WHERE id = :e + {n}",
    )
    assert n + 1 in found_in(books)


def test_an_entry_deleted_without_its_postings_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM funds_entry WHERE id = :e + 15")
    assert 15 in found_in(books)


def test_a_deleted_posting_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM funds_posting WHERE entry_id = :e + 4 AND line = 2")
    assert 4 in found_in(books)


def test_an_inserted_entry_is_found(books: Books, tamper: Callable[..., None]) -> None:
    columns = ", ".join(
        str(field.column) for field in Entry._meta.fields if field.column not in ("id", "n", "operation")
    )
    key = "'" + "9" * 32 + "'"
    tamper(
        f"INSERT INTO funds_entry (id, n, operation, {columns}) SELECT id + 14, 16, {key}, {columns} FROM funds_entry"
        " WHERE id = :e + 2"
    )
    assert 16 in found_in(books)


def test_inserted_postings_are_found(books: Books, tamper: Callable[..., None]) -> None:
    rows = (
        "SELECT entry_id, line + 2, group_id, account_id, booked_on, amount FROM funds_posting WHERE entry_id = :e + 2"
    )
    tamper(f"INSERT INTO funds_posting (entry_id, line, group_id, account_id, booked_on, amount) {rows}")
    assert 2 in found_in(books)


def test_swapped_entries_are_found(books: Books, tamper: Callable[..., None]) -> None:
    for table, column in (("funds_entry", "id"), ("funds_posting", "entry_id"), ("funds_entrydetails", "entry_id")):
        for change in (":e + 2 THEN 900", ":e + 3 THEN 2", ":e + 900 THEN 3"):
            old, new = change.split(" THEN ")
            extra = f", n = {new}" if column == "id" else ""
            tamper(f"UPDATE {table} SET {column} = :e + {new}{extra} WHERE {column} = {old}")
    assert found_in(books) >= {2, 3}


def test_swapped_amounts_are_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("UPDATE funds_posting SET amount = -amount WHERE entry_id = :e + 2")
    assert 2 in found_in(books)


def rewrite_all(books: Books) -> None:
    """The cleverest tamperer: a new history with every hash recomputed."""
    prev = chain.NO_HASH
    for entry, postings in list(read_journal(books.group)):
        form = entry._replace(prev=prev).canonical_form(str(books.group.uuid), postings)
        fresh = chain.hash_of(form)
        execute(f"UPDATE funds_entry SET prev = '{prev}', hash = '{fresh}' WHERE id = {entry.id}")
        prev = fresh


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


# --- rewritten with right hashes: the invariants find what the chain cannot -----------------------


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


# --- what no hash covers --------------------------------------------------------------------------


def test_a_changed_opening_row_is_found(books: Books) -> None:
    row = Opening.objects.filter(group=books.group)[0]
    Opening.objects.filter(pk=row.pk).update(amount=row.amount + 1)
    assert {fault.rule for fault in journal_damage(books)} == {"I3", "I4"}


def test_a_missing_opening_row_is_found(books: Books) -> None:
    Opening.objects.filter(group=books.group)[0].delete()
    assert {fault.rule for fault in journal_damage(books)} == {"I3", "I4"}


def test_a_hold_without_cover_is_found(books: Books) -> None:
    drop_guards(connection)
    Hold.objects.filter(group=books.group).update(satang=900_00)
    assert [fault.rule for fault in journal_damage(books)] == ["I9"]


def test_a_year_opened_again_is_found(books: Books) -> None:
    AccountYear.objects.filter(group=books.group, closing__isnull=False).update(closing=None)
    assert [(fault.rule, fault.n) for fault in journal_damage(books)] == [("I10", 8)]


def test_a_closed_year_that_keeps_income_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper("UPDATE funds_account SET code = 'O4500' WHERE group_id = :g AND code = 'O3900'")
    rewrite_all(books)
    assert "I10" in {damage.rule for damage in journal_damage(books)}


def test_a_missing_guard_is_damage(books: Books) -> None:
    drop_guards(connection)
    code, said = verify("--group", "ban-nong")
    assert code == 1
    assert "satcha_entry_chain is missing" in said


# --- the command ----------------------------------------------------------------------------------


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
