"""The same form again: the same operation posts once."""

import uuid

import pytest

from funds import errors
from funds.models import Entry
from funds.services import erase_details
from tests.funds.conftest import ANONG, FEBRUARY_5, SOMPORN, WICHAI, Books
from tests.funds.test_gate import IN


def test_the_same_operation_posts_once(books: Books) -> None:
    operation = uuid.uuid4()
    first = books.receive(details={"memo": "มกราคม"}, operation=operation)
    again = books.receive(details={"memo": "มกราคม"}, operation=operation)
    assert again == first
    assert Entry.objects.filter(group=books.group).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"satang": 300_00},
        {"holder": "0002"},
        {"on": FEBRUARY_5},
        {"by": ANONG},
        {"ok": [WICHAI]},
        {"details": {"memo": "other"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_operation_with_other_content_is_refused(change: dict, books: Books) -> None:
    operation = uuid.uuid4()
    books.receive(operation=operation)
    with pytest.raises(errors.OperationReused):
        books.receive(**{"operation": operation, **change})


def test_a_batch_posts_once_and_returns_its_entries(books: Books) -> None:
    operation = uuid.uuid4()
    drafts = [
        books.draft("receipt", *IN, operation=uuid.uuid4()),
        books.draft("receipt", *IN),
        books.draft("meeting_close", ok=[WICHAI], declared={"O1100": 400_00, "A1100": 0}),
    ]
    first = books.post_all(*drafts, operation=operation)
    assert [entry.n for entry in first] == [2, 3, 4]
    assert first[2].operation == operation
    assert books.post_all(*drafts, operation=operation) == first
    with pytest.raises(errors.OperationReused):
        books.post_all(drafts[0], drafts[2], operation=operation)


def test_a_row_already_posted_stops_the_batch(books: Books) -> None:
    row = uuid.uuid4()
    books.receive(operation=row)
    with pytest.raises(errors.OperationReused):
        books.post_all(books.draft("receipt", *IN, operation=row), books.draft("receipt", *IN))
    assert books.last.n == 2


def test_erased_words_do_not_post_twice(books: Books) -> None:
    operation = uuid.uuid4()
    entry = books.receive(details={"payer": "สมชาย"}, operation=operation)
    erase_details(entry=entry, by=SOMPORN, ok=[WICHAI], operation=uuid.uuid4(), reason="asked")
    assert books.receive(details={"payer": "สมชาย"}, operation=operation) == entry
