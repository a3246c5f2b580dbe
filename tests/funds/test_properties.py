"""The gate against any input: it agrees with the database's own guards, and its books with a plain dictionary."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funds import chart, kinds
from funds.checks import CHECKS
from funds.errors import BooksError, InsufficientFunds
from funds.journal import reverse_entry
from funds.models import Entry, Posting
from funds.selectors import balance, code_balances, trial_balance
from tests.funds.conftest import ANONG, SOMPORN, WICHAI, Books
from tests.funds.forge import forge

ACCOUNTS = (
    ("O1100", ""),
    ("O1200", ""),
    ("O1900", ""),
    ("O2100", "0001"),
    ("O2100", "0002"),
    ("O4300", ""),
    ("O5100", ""),
    ("A1100", ""),
    ("A3100", ""),
    ("A4100", ""),
    ("KR1100", ""),
    ("KR3100", ""),
)
DAYS = (date(2025, 12, 31), date(2026, 1, 5), date(2026, 1, 31), date(2026, 2, 5))
KINDS = ("receipt", "withdrawal", "income", "expense", "bank_carry", "pool_advance", "paper_expense", "year_close")
EACH_EXAMPLE_IS_UNDONE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@contextmanager
def undone() -> Iterator[None]:
    """One example: what it writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@st.composite
def moves(draw: Any) -> list[tuple[str, str, int]]:
    """Lines that often balance and often do not."""
    found: list[tuple[str, str, int]] = []
    for _ in range(draw(st.integers(0, 3))):
        unit = draw(st.sampled_from(["O", "O", "A", "KR"]))
        pair = draw(
            st.lists(
                st.sampled_from([key for key in ACCOUNTS if chart.unit_of(key[0]) == unit]), min_size=2, max_size=2
            )
        )
        amount = draw(st.integers(1, 500))
        found += [(*pair[0], amount), (*pair[1], -amount)]
    for _ in range(draw(st.sampled_from([0, 0, 0, 1]))):
        found.append((*draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from([-7, 7]))))
    return draw(st.permutations(found))


@EACH_EXAMPLE_IS_UNDONE
@given(
    lines=moves(),
    kind=st.sampled_from(KINDS),
    on=st.sampled_from(DAYS) | st.just(date(2999, 1, 1)),
    ok=st.lists(st.sampled_from([WICHAI, ANONG, SOMPORN]), unique=True, max_size=2),
    counted=st.booleans(),
)
def test_the_gate_and_the_guards_agree_on_every_entry(
    lines: list[tuple[str, str, int]], kind: str, on: date, ok: list[str], counted: bool, books: Books
) -> None:
    with undone():
        if counted:
            books.close(on=date(2026, 1, 5))
        forgery = forge(books, *lines, kind=kind, on=on, approvers=",".join(sorted(ok)))
        try:
            with transaction.atomic():
                forgery.write()
                transaction.set_rollback(True)
            in_sql = True
        except IntegrityError:
            in_sql = False
        try:
            books.post_all(books.draft(kind, *lines, on=on, ok=ok))
            in_python = True
        except InsufficientFunds:
            in_python = True  # floors are the gate's alone
        except BooksError:
            in_python = False
        assert in_sql is in_python


ACT = st.tuples(
    st.sampled_from(["receive", "receive", "pay", "interest", "carry", "reverse", "repeat"]),
    st.sampled_from(["0001", "0002", "0003"]),
    st.integers(1, 300),
    st.integers(0, 40),
)


@EACH_EXAMPLE_IS_UNDONE
@given(acts=st.lists(ACT, max_size=25))
def test_the_books_are_those_of_a_plain_dictionary(acts: list[tuple[str, str, int, int]], books: Books) -> None:
    with undone():
        model: dict[tuple[str, str], int] = {}
        posted: list[tuple[uuid.UUID, list[tuple[str, str, int]]]] = []
        today = timezone.localdate()
        for act, holder, satang, pick in acts:
            if act == "reverse":
                _reverse_one(books, model, pick)
                continue
            lines = {
                "receive": [("O1100", "", satang), ("O2100", holder, -satang)],
                "pay": [("O2100", holder, satang), ("O1100", "", -satang)],
                "interest": [("O1200", "", satang), ("O4300", "", -satang)],
                "carry": [("O1200", "", satang), ("O1100", "", -satang)],
            }.get(act, [])
            operation = uuid.uuid4()
            if act == "repeat":
                if not posted:
                    continue
                operation, lines = posted[pick % len(posted)]
            on = today if act == "repeat" else today - timedelta(days=pick)
            _post_one(books, model, posted, operation, lines, on)
        for (code, holder), satang in model.items():
            assert balance(books.account(code, holder)) == satang
        assert code_balances(books.group, ["O2100"])["O2100"] == sum(s for (c, _), s in model.items() if c == "O2100")
        assert sum(line.balance for line in trial_balance(books.group)) == 0
        assert [finding for check in CHECKS for finding in check(books.group)] == []


def _fits(model: dict[tuple[str, str], int], lines: list[tuple[str, str, int]]) -> bool:
    """Whether the floors allow it, by the dictionary alone."""
    return not any(
        chart.head_of(code).floor.is_neared_by(satang)
        and chart.head_of(code).floor.is_broken_by(model.get((code, holder), 0) + satang)
        for code, holder, satang in lines
    )


def _apply(model: dict[tuple[str, str], int], lines: list[tuple[str, str, int]]) -> None:
    for code, holder, satang in lines:
        model[code, holder] = model.get((code, holder), 0) + satang


def _post_one(books: Books, model: Any, posted: Any, operation: uuid.UUID, lines: Any, on: date) -> None:
    if operation in {earlier for earlier, _ in posted}:
        before = Entry.objects.get(group=books.group, operation=operation)
        again = books.post(before.kind, *lines, on=before.booked_on, ok=[WICHAI], operation=operation)
        assert again == before
        return
    if _fits(model, lines):
        books.post("withdrawal", *lines, on=on, ok=[WICHAI], operation=operation)
        _apply(model, lines)
        posted.append((operation, lines))
    else:
        with pytest.raises(InsufficientFunds):
            books.post("withdrawal", *lines, on=on, ok=[WICHAI], operation=operation)


def _reverse_one(books: Books, model: Any, pick: int) -> None:
    open_entries = [
        entry
        for entry in Entry.objects.filter(group=books.group, reversals__isnull=True).order_by("id")
        if kinds.kind_of(entry.kind).reversible
    ]
    if not open_entries:
        return
    entry = open_entries[pick % len(open_entries)]
    rows = Posting.objects.filter(entry=entry).values_list("account__code", "account__holder", "amount")
    mirror = [(code, holder, -amount) for code, holder, amount in rows]
    how: dict[str, Any] = {"by": SOMPORN, "ok": [WICHAI], "operation": uuid.uuid4(), "reason": "x"}
    if _fits(model, mirror):
        reverse_entry(entry=entry, **how)
        _apply(model, mirror)
    else:
        with pytest.raises(InsufficientFunds):
            reverse_entry(entry=entry, **how)
