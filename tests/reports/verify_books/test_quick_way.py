"""The quick way past an evening's receipts finds what the whole check finds, whatever is changed in their midst."""

from collections.abc import Callable

import pytest

from funds.checks import journal
from funds.checks.journal import check_journal
from funds.findings import Finding
from tests.funds.conftest import WICHAI, Books, make_group
from tests.reports.verify_books.test_rewritten import rewrite_all
from tests.reports.verify_books.test_tampered import ENTRY_FIELDS, POSTING_FIELDS

MIDST = 8
RECEIPTS = 12


@pytest.fixture
def books(db: None) -> Books:
    """An evening of twelve receipts in cash, three of them for a loan, and its close."""
    books = Books(make_group("ban-nong"), savings="O2350")
    books.open(lines=books.lines(("O1300", "1/2569", 300_00), ("O3900", "", -300_00)))
    receipts = [
        books.draft("receipt", ("O1100", "", 120_00), ("O1300", "1/2569", -100_00), ("O4100", "", -20_00))
        if place % 4 == 3
        else books.draft("receipt", ("O1100", "", 200_00), ("O2350", f"{place:04}", -200_00), details={"no": place})
        for place in range(RECEIPTS)
    ]
    declared = {"O1100": 9 * 200_00 + 3 * 120_00, "A1100": 0}
    books.post_all(*receipts, books.draft("meeting_close", ok=[WICHAI], declared=declared))
    return books


def found(books: Books) -> list[Finding]:
    """What is found, which is the same without the quick way."""
    quick, whole = list(check_journal(books.group)), list(check_journal(books.group, quick_way=False))
    assert quick == whole
    return quick


def test_an_evenings_receipts_but_the_first_go_the_quick_way(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    whole = journal.effect_of

    def counted(postings: list[journal.PostingRow]) -> journal.Effect:
        looked_at.append(len(postings))
        return whole(postings)

    monkeypatch.setattr(journal, "effect_of", counted)
    assert list(check_journal(books.group)) == []
    assert looked_at == [2, 2, 0]  # the opening, the first receipt, the close


CHANGES = {
    **{f"entry {column}": f"UPDATE funds_entry SET {column} = {value} WHERE id = :e + {MIDST}"
       for column, value in ENTRY_FIELDS.items()},
    **{f"posting {column}": f"UPDATE funds_posting SET {column} = {value} WHERE entry_id = :e + {MIDST} AND line = 2"
       for column, value in POSTING_FIELDS.items() if column != "entry_id"},
    "a posting more": "INSERT INTO funds_posting (entry_id, line, group_id, account_id, booked_on, amount)"
    f" SELECT entry_id, 3, group_id, account_id, booked_on, amount FROM funds_posting WHERE entry_id = :e + {MIDST}"
    " AND line = 2",
    "a posting less": f"DELETE FROM funds_posting WHERE entry_id = :e + {MIDST} AND line = 1",
    "no postings": f"DELETE FROM funds_posting WHERE entry_id = :e + {MIDST}",
    "an entry less": f"DELETE FROM funds_entry WHERE id = :e + {MIDST}",
    "an account of the other pool": "UPDATE funds_account SET code = 'A3100', holder = '' WHERE code = 'O2350'"
    " AND holder = '0008' AND group_id = :g",
    "an account that is none": "UPDATE funds_account SET code = 'O9999' WHERE code = 'O2350' AND holder = '0008'"
    " AND group_id = :g",
    "an account between the pools": "UPDATE funds_account SET code = 'O2900', holder = '' WHERE code = 'O2350'"
    " AND holder = '0008' AND group_id = :g",
    "a unit book": "UPDATE funds_account SET code = 'KR2100' WHERE code = 'O2350' AND holder = '0008'"
    " AND group_id = :g",
    "more repaid than owed": "UPDATE funds_posting SET amount = CASE line WHEN 2 THEN -11900 ELSE -100 END"
    " WHERE entry_id = :e + 13 AND line IN (2, 3)",
    "money that leaves": f"UPDATE funds_posting SET amount = -amount WHERE entry_id = :e + {MIDST}",
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_in_the_midst_is_found_by_both_ways(name: str, books: Books, tamper: Callable[..., None]) -> None:
    tamper(CHANGES[name])
    assert found(books)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_with_all_hashes_made_anew_is_told_alike_by_both_ways(
    name: str, books: Books, tamper: Callable[..., None]
) -> None:
    tamper(CHANGES[name])
    rewrite_all(books)
    found(books)


REWRITTEN = {
    "more repaid than owed": "I9",
    "money that leaves": "I9",
    "posting amount": "I1",
    "posting line": "I1",
    "posting group_id": "I1",
    "posting booked_on": "I1",
    "a posting more": "I1",
    "a posting less": "I1",
    "no postings": "I1",
    "an entry less": "I5",
    "an account of the other pool": "I1",
    "an account between the pools": "I2",
    "a unit book": "I1",
    "entry recorded_at": "I6",
    "entry booked_on": "I1",
    "entry locked_through": "I10",
    "entry declared_through": "I10",
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_rule_broken_in_the_midst_is_named_also_where_all_hashes_were_made_anew(
    name: str, books: Books, tamper: Callable[..., None]
) -> None:
    tamper(CHANGES[name])
    rewrite_all(books)
    assert REWRITTEN[name] in {finding.rule for finding in found(books)}


@pytest.mark.postgres
def test_an_operation_that_stands_twice_in_an_evening_is_found(books: Books, tamper: Callable[..., None]) -> None:
    tamper(
        "ALTER TABLE funds_entry DROP CONSTRAINT entry_operation_once",
        f"UPDATE funds_entry SET operation = '{books.number(MIDST - 1).operation}' WHERE id = :e + {MIDST}",
    )
    rewrite_all(books)
    assert "I7" in {finding.rule for finding in found(books)}
