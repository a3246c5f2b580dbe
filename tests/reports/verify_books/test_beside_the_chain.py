"""What no hash covers: opening rows, holds, years, guards."""

from collections.abc import Callable

from django.db import connection

from funds.guards import drop_guards
from funds.models import AccountYear, Hold, Opening
from tests.funds.conftest import Books
from tests.reports.verify_books.conftest import journal_damage, verify
from tests.reports.verify_books.test_rewritten import rewrite_all


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
