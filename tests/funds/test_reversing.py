"""What packages above say to a reversal: they are asked on every path, and follow in the same transaction."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from funds.errors import BooksError
from funds.journal import correct_entry, correct_prior_year, reverse_entry
from funds.models import Entry
from tests.funds.conftest import SOMPORN, WICHAI, Books

ASKED: list[tuple[int, date]] = []
FOLLOWED: list[tuple[int, str, int | None, Any]] = []
HOW: dict[str, Any] = {"by": SOMPORN, "ok": [WICHAI]}


class RepaidSince(BooksError):
    """What a package above may say."""


def ask(entry: Entry, on: date) -> None:
    ASKED.append((entry.n, on))


def refuse(entry: Entry, on: date) -> None:
    raise RepaidSince


def follow(entry: Entry, reversal: Entry, by: Any) -> None:
    FOLLOWED.append((entry.n, reversal.kind, reversal.reverses_id, by))


def fail(entry: Entry, reversal: Entry, by: Any) -> None:
    raise RepaidSince


@pytest.fixture(autouse=True)
def hooks(settings: Any) -> Iterator[None]:
    settings.REVERSAL_RULES = [f"{__name__}.ask"]
    settings.REVERSAL_FOLLOWERS = [f"{__name__}.follow"]
    yield
    ASKED.clear()
    FOLLOWED.clear()


def reversed_plainly(books: Books, entry: Entry, operation: uuid.UUID) -> Entry:
    return reverse_entry(entry=entry, operation=operation, reason="x", **HOW)


def replaced(books: Books, entry: Entry, operation: uuid.UUID) -> Entry:
    right = books.draft("income", ("O1200", "", 20_00), ("O4300", "", -20_00), on=timezone.localdate())
    return correct_entry(entry=entry, replacement=right, operation=operation, reason="x", **HOW)[0]


def corrected_for_the_year_before(books: Books, entry: Entry, operation: uuid.UUID) -> Entry:
    return correct_prior_year(entry=entry, operation=operation, resolution="1/2569", reason="x", **HOW)


def income(books: Books, path: "Path") -> Entry:
    """An income; its year is closed where that is what the path is for."""
    entry = books.post("income", ("O1200", "", 30_00), ("O4300", "", -30_00))
    if path is corrected_for_the_year_before:
        books.post("year_close", ("O4300", "", 30_00), ("O3900", "", -30_00), on=date(2026, 1, 31), ok=[WICHAI])
    return entry


PATHS = (reversed_plainly, replaced, corrected_for_the_year_before)
Path = Callable[[Books, Entry, uuid.UUID], Entry]


@pytest.mark.parametrize("path", PATHS)
def test_every_path_asks_before_and_is_followed_once(books: Books, path: Path) -> None:
    entry, operation = income(books, path), uuid.uuid4()
    undone = path(books, entry, operation)
    assert [(entry.n, timezone.localdate())] == ASKED
    assert [(entry.n, undone.kind, entry.pk, SOMPORN)] == FOLLOWED
    assert path(books, entry, operation) == undone
    assert (len(ASKED), len(FOLLOWED)) == (1, 1)


@pytest.mark.parametrize("path", PATHS)
def test_a_package_above_refuses_a_reversal_on_every_path(books: Books, path: Path, settings: Any) -> None:
    settings.REVERSAL_RULES = [f"{__name__}.ask", f"{__name__}.refuse"]
    entry = income(books, path)
    before = books.last
    with pytest.raises(RepaidSince):
        path(books, entry, uuid.uuid4())
    assert books.last == before
    assert FOLLOWED == []


@pytest.mark.parametrize("path", PATHS)
def test_what_cannot_follow_undoes_the_reversal(books: Books, path: Path, settings: Any) -> None:
    settings.REVERSAL_FOLLOWERS = [f"{__name__}.follow", f"{__name__}.fail"]
    entry = income(books, path)
    before = books.last
    with pytest.raises(RepaidSince):
        path(books, entry, uuid.uuid4())
    assert books.last == before
