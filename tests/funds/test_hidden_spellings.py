"""What hides in another spelling, a half satang, a table of the same name: refused all the same."""

import pytest
from django.db import IntegrityError, transaction

from funds.models import Posting
from tests.funds.conftest import SOMPORN, Books, make_group
from tests.funds.forge import (
    everything_off,
    execute,
    forge,
    forged_account,
    insert,
)
from tests.funds.forgeries.registry import CASH_IN, CASH_OUT


@pytest.mark.sqlite
def test_half_a_satang_is_refused(books: Books) -> None:
    forgery = forge(books, *CASH_IN)
    forgery.postings[0]["amount"], forgery.postings[1]["amount"] = 100.5, -100.5
    with pytest.raises(IntegrityError, match="not_whole"), transaction.atomic():
        forgery.write()


HIDDEN = {
    "operation in capitals": ("operation", "'" + "AB" * 16 + "'", "operation_form"),
    "operation with dashes": ("operation", "'00000000-0000-0000-0000-000000000001'", "operation_form"),
    "operation behind a NUL": ("operation", "CAST(X'" + "61" * 32 + "00' AS TEXT)", "operation_form"),
    "hash behind a NUL": ("hash", "CAST(X'" + "61" * 64 + "0078' AS TEXT)", "hash_form"),
    "maker behind a NUL": ("maker", "CAST(X'736f6d706f726e00' AS TEXT)", "people_form"),
    "maker longer than a code": ("maker", "'" + "a" * 33 + "'", "people_form"),
    "maker as bytes": ("maker", "X'736f6d706f726e'", "people_form"),
    "approvers behind a NUL": ("approvers", "CAST(X'0020' AS TEXT)", "people_form"),
    "declared twice": ("declared", """'{"A1100":0,"O1100":0,"O1100":1}'""", "declared_form"),
    "declared as no JSON": ("declared", "'{} '", "declares_not|declared_form"),
    "no number": ("n", "NULL", "number_form|NOT NULL"),
    "half a number": ("n", "2.5", "number_form"),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("name", HIDDEN)
def test_nothing_hides_in_another_spelling(name: str, books: Books) -> None:
    column, value, rule = HIDDEN[name]
    forgery = forge(books, *CASH_IN)
    forgery.entry[column] = "{place}"
    rows = insert("funds_posting", *forgery.postings)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        execute(rows, insert("funds_entry", forgery.entry).replace("'{place}'", value))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"approvers": SOMPORN}, "maker_approves"),
        ({"n": 9}, "number_form|number_gap"),
        ({"amount": 0}, "posting_amount"),
        ({"amount": 2**53}, "posting_amount"),
    ],
    ids=str,
)
def test_checks_put_to_sleep_leave_the_rules_awake(change: dict, rule: str, books: Books) -> None:
    forgery = forge(books, *CASH_IN, *CASH_IN)
    if "amount" in change:
        forgery.postings[0]["amount"], forgery.postings[1]["amount"] = change["amount"], -change["amount"]
    else:
        forgery.entry |= change
    execute("PRAGMA ignore_check_constraints = ON")
    try:
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            forgery.write()
    finally:
        execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.sqlite
def test_a_holder_has_one_spelling(books: Books) -> None:
    books.account("O2100", "0001")
    for holder in ("X'30303031'", "CAST(X'3030303100' AS TEXT)"):
        row = insert("funds_account", {"group_id": books.group.pk, "code": "O2100", "holder": "{place}"})
        with pytest.raises(IntegrityError, match="holder_form"), transaction.atomic():
            execute(row.replace("'{place}'", holder))


@pytest.mark.sqlite
def test_a_temporary_table_does_not_deceive_the_guards_of_sqlite(books: Books) -> None:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = 10**9
    execute("CREATE TEMP TABLE funds_account AS SELECT * FROM main.funds_account")
    try:
        execute(insert("temp.funds_account", {"id": 10**9, "group_id": books.group.pk, "code": "O2100", "holder": "x"}))
        with pytest.raises(IntegrityError, match="unknown_account"), transaction.atomic():
            forgery.write()
    finally:
        execute("DROP TABLE temp.funds_account")


@pytest.mark.postgres
def test_a_moment_that_never_comes_is_refused(books: Books) -> None:
    for moment in ("infinity", "-infinity"):
        with pytest.raises(IntegrityError, match="date_form"), transaction.atomic():
            forge(books, *CASH_IN, recorded_at=moment).write()


@pytest.mark.postgres
def test_the_reading_of_backslashes_does_not_deceive_the_guards(books: Books) -> None:
    execute("SET standard_conforming_strings = off")
    try:
        with pytest.raises(IntegrityError, match=r"unknown_kind|second_person"), transaction.atomic():
            forge(books, *CASH_OUT, kind="paperxwithdrawal", approvers="").write()
    finally:
        execute("SET standard_conforming_strings = on")


@pytest.mark.postgres
def test_a_table_of_the_same_name_does_not_deceive_the_guards(books: Books) -> None:
    forgery = forge(books, *CASH_IN)
    forgery.postings[1]["account_id"] = 10**9
    shadow = {"id": 10**9, "group_id": books.group.pk, "code": "O2100", "holder": "x"}
    execute("CREATE TEMPORARY TABLE funds_account AS SELECT * FROM public.funds_account")
    execute(insert("pg_temp.funds_account", shadow))
    with pytest.raises(IntegrityError, match="unknown_account"), transaction.atomic():
        forgery.write()
    execute("DROP TABLE pg_temp.funds_account")


def test_an_account_outside_the_chart_is_refused(books: Books) -> None:
    for code in ("A1300", "O9999", "KR9999", "B1100"):
        with pytest.raises(IntegrityError, match="not_in_chart"), transaction.atomic():
            forged_account(books.group, code)
    with everything_off():
        forged_account(books.group, "A1300")


@pytest.mark.django_db(transaction=True)
def test_a_posting_without_an_entry_never_commits() -> None:
    books = Books(make_group("ban-nong"))
    books.open()
    forgery = forge(books, *CASH_IN)
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(insert("funds_posting", *forgery.postings))
    assert not Posting.objects.filter(entry_id=forgery.entry["id"]).exists()
    with everything_off():
        execute(insert("funds_posting", *forgery.postings))
        assert Posting.objects.filter(entry_id=forgery.entry["id"]).exists()
