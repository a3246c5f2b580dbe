"""Several officers at once, over real connections; each race, run again without its guard, does its damage."""

import contextlib
import threading
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from funds.checks import CHECKS
from funds.errors import InsufficientFunds, OperationReused
from funds.journal import gate, post_entries
from funds.models import Entry, Hold
from funds.selectors import balance
from funds.services import place_hold
from reports.verification import damage_of
from tests.funds.conftest import SOMPORN, WICHAI, Books, make_group

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 20
WAIT = 0.5


@pytest.fixture
def books() -> Books:
    opened = Books(make_group("ban-nong"))
    opened.open(lines=opened.lines(("O1100", "", 1000_00), ("O2100", "0001", -1000_00)))
    return opened


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the acts at once, each on a connection of its own; return what each returned or raised."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            start.wait(timeout=30)
            results[place] = acts[place]()
        except Exception as problem:  # noqa: BLE001 - what was raised is the result
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def of_type(results: list[Any], kind: type) -> list[Any]:
    return [result for result in results if isinstance(result, kind)]


@pytest.fixture
def pause(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """Make a step of the gate wait, once done, for the others to have done it too: the worst moment."""

    def after(step: str, parties: int) -> None:
        meeting_point = threading.Barrier(parties)
        real = getattr(gate, step)

        def slow(*args: Any, **kwargs: Any) -> Any:
            result = real(*args, **kwargs)
            with contextlib.suppress(threading.BrokenBarrierError):  # with the lock the others cannot come
                meeting_point.wait(timeout=WAIT)
            return result

        monkeypatch.setattr(gate, step, slow)

    return after


def lock_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "lock_book", lambda group: None)


@pytest.mark.parametrize("locked", [True, False])
def test_the_same_operation_sent_twenty_times_at_once_posts_once(
    locked: bool, books: Books, pause: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = uuid.uuid4()
    draft = books.draft("receipt", ("O1100", "", 200_00), ("O2100", "0001", -200_00))
    pause("posted_before", MANY)
    if not locked:
        lock_off(monkeypatch)

    results = together([lambda: post_entries(group=books.group, drafts=[draft], operation=operation)] * MANY)

    assert books.last.n == 2
    if locked:
        assert {entry.pk for [entry] in results} == {books.last.pk}
    else:
        assert of_type(results, IntegrityError) + of_type(results, OperationReused)


def write_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A careless gate: when its number is taken it takes the next one, and does not check again."""
    real = gate.write

    def careless(database: Any, group_id: int, sealed: Any) -> None:
        for _ in range(MANY + 1):
            try:
                with transaction.atomic():
                    return real(database, group_id, sealed)
            except IntegrityError:
                drafts, people, operations = remembered[threading.get_ident()]
                group = sealed[0].entry.group
                sealed = real_seal(group, drafts, people, operations, gate.read_head(group))
        return None

    remembered: dict[int, Any] = {}
    real_seal = gate.seal

    def remembering(group: Any, drafts: Any, people: Any, operations: Any, last: Any) -> Any:
        remembered[threading.get_ident()] = (drafts, people, operations)
        return real_seal(group, drafts, people, operations, last)

    monkeypatch.setattr(gate, "write", careless)
    monkeypatch.setattr(gate, "seal", remembering)


@pytest.mark.parametrize("locked", [True, False])
def test_raced_withdrawals_never_overdraw_one_balance(
    locked: bool, books: Books, pause: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    savings = books.account("O2100", "0001")
    books.account("O1100")
    pause("require_floors", MANY)
    write_again_and_again(monkeypatch)
    if not locked:
        lock_off(monkeypatch)

    results = together([lambda: books.pay_back(100_00)] * MANY)

    if locked:
        assert len(of_type(results, Entry)) == 10
        assert len(of_type(results, InsufficientFunds)) == 10
        assert balance(savings) == 0
        assert list(damage_of(books.group, checks=CHECKS)) == []
    else:
        assert balance(savings) > 0  # in debit: more was paid out than was there
        assert "I9" in {damage.rule for damage in damage_of(books.group, checks=CHECKS)}


@pytest.mark.parametrize("locked", [True, False])
def test_entries_posted_at_once_get_gapless_numbers(
    locked: bool, books: Books, pause: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause("read_head", MANY)
    if not locked:
        lock_off(monkeypatch)

    results = together([lambda: books.receive(100_00)] * MANY)

    if locked:
        assert sorted(entry.n for entry in results) == list(range(2, MANY + 2))
    else:
        assert of_type(results, IntegrityError)


def test_the_same_operation_with_other_content_at_once_is_refused(books: Books) -> None:
    operation = uuid.uuid4()
    acts = [partial(books.receive, satang, operation=operation) for satang in (100_00, 200_00)]
    results = together(acts)
    assert len(of_type(results, Entry)) == len(of_type(results, OperationReused)) == 1
    assert books.last.n == 2


@pytest.mark.parametrize("locked", [True, False])
def test_a_hold_and_a_withdrawal_never_take_the_same_money(
    locked: bool, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    savings = books.account("O2100", "0001")
    checked, held = threading.Event(), threading.Event()
    real = gate.require_floors

    def check_then_let_the_other_in(*args: Any) -> None:
        real(*args)
        checked.set()
        held.wait(timeout=WAIT)

    def hold() -> Hold:
        checked.wait(timeout=30)
        placed = place_hold(account=savings, satang=600_00, reason="guarantee", by=WICHAI)
        held.set()
        return placed

    monkeypatch.setattr(gate, "require_floors", check_then_let_the_other_in)
    if not locked:
        lock_off(monkeypatch)
        monkeypatch.setattr("funds.services.keeping.lock_book", lambda group: None)

    results = together([hold, lambda: books.pay_back(600_00)])

    both = len(of_type(results, Hold)) + len(of_type(results, Entry)) == 2
    assert both is not locked


def test_two_groups_do_not_wait_for_each_other(books: Books) -> None:
    others = Books(make_group("ban-na"))
    others.open()
    others.account("O2100", "0001")
    with transaction.atomic():
        gate.lock_book(books.group)
        [result] = together([others.receive])
    assert isinstance(result, Entry)


def test_the_lock_is_refused_where_it_would_not_hold(books: Books) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(transaction.TransactionManagementError):
            gate.lock_book(books.group)
    assert books.receive(by=SOMPORN)
