"""The close of an account year: when everything is in order, by two people, once, and nothing into it afterwards."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from funds.errors import BooksError
from funds.models import AccountYear, Opening
from funds.selectors import balance, code_balances
from members.cosign import SignerIsAsker, SignerLacksRight, sign
from reports.verification import damage_of
from shareout.errors import (
    BooksMovedSince,
    ChecklistNotGreen,
    ClosingDone,
    ClosingWaits,
    YearBefore,
    YearClosed,
    YearNotOver,
)
from shareout.models import YearClosing
from shareout.result import closing_lines, result_of
from shareout.selectors.checklist import checklist
from shareout.selectors.statements import statements
from shareout.services.closing import (
    ask_closing_signature,
    cancel_closing,
    close_signed,
    close_year,
    request_closing,
)
from tests.funds.conftest import Books
from tests.village import PASSWORD, TestVillage

pytestmark = pytest.mark.django_db
DECEMBER_31, JANUARY_10 = date(2026, 12, 31), date(2027, 1, 10)


@pytest.fixture
def books(village: TestVillage) -> Iterator[Books]:
    """A year with income and cost in both pools, all of it by bank, so that no cash is to be counted."""
    found = Books(village.group)
    with time_machine.travel(JANUARY_10, tick=False):
        how: dict[str, Any] = {"on": date(2026, 6, 5), "ok": ["second"]}
        found.post("income", ("O1200", "bank", 900_00), ("O4300", "", -900_00), **how)
        found.post("expense", ("O5100", "", 250_00), ("O1200", "bank", -250_00), **how)
        found.post("income", ("A1200", "bank", 40_00), ("A4900", "", -40_00), **how)
        yield found


@pytest.fixture
def year(village: TestVillage, books: Books) -> AccountYear:
    found = AccountYear.objects.get(group=village.group, year=2569)
    found.group = village.group
    return found


@pytest.fixture
def green(year: AccountYear, monkeypatch: pytest.MonkeyPatch) -> AccountYear:
    """A year whose checklist is in order but for the bank, which tests of their own look at."""
    monkeypatch.setattr("shareout.selectors.checklist.BANK", ())
    return year


def ask(year: AccountYear, village: TestVillage) -> YearClosing:
    return request_closing(year=year, operation=uuid4(), by=village.treasurer)


def line(year: AccountYear, key: str) -> bool:
    [found] = [each for each in checklist(year) if each.key == key]
    return found.is_green


def test_income_and_cost_go_to_where_each_units_result_is_kept():
    lines = closing_lines({
        ("O4300", ""): -900, ("O4400", "shop"): -30, ("O5100", ""): 250, ("A5100", ""): 7, ("KR4100", ""): -12,
        ("O1200", "bank"): 687, ("O3900", ""): -5,
    })  # fmt: skip
    assert ("O3900", "", -680) in lines
    assert ("A3100", "", 7) in lines
    assert ("KR3100", "", -12) in lines
    assert ("O4400", "shop", 30) in lines
    for unit in ("O", "A", "KR"):
        assert sum(amount for code, _holder, amount in lines if code.rstrip("0123456789") == unit) == 0
    assert closing_lines({("O1200", ""): 5, ("O2100", "0001"): -5}) == []


def test_the_result_of_a_pool_is_its_own():
    sums = {("O4300", ""): -900, ("O5100", ""): 250, ("A4900", ""): -40, ("KR4100", ""): -7}
    assert (result_of(sums, "O"), result_of(sums, "A"), result_of(sums, "KR")) == (650, 40, 7)


def test_the_close_moves_the_result_writes_the_openings_and_locks_the_year(village, books, green):
    closing = close_year(closing=ask(green, village), by=village.auditor)
    assert closing.entry is not None
    assert (closing.entry.kind, closing.entry.booked_on, closing.entry.maker, closing.entry.approvers) == (
        "year_close", DECEMBER_31, village.treasurer.code, [village.auditor.code],
    )  # fmt: skip
    assert code_balances(village.group, ["O3900", "A3100", "O4300", "O5100", "A4900"]) == {
        "O3900": -650_00, "A3100": -40_00, "O4300": 0, "O5100": 0, "A4900": 0,
    }  # fmt: skip
    green.refresh_from_db()
    assert green.is_closed
    kept = Opening.objects.filter(group=village.group, booked_on=DECEMBER_31)
    assert {str(row.account): row.amount for row in kept} == {
        "O1200 bank": 650_00, "A1200 bank": 40_00, "O3900": -650_00, "A3100": -40_00,
    }  # fmt: skip
    assert list(damage_of(village.group)) == []
    with pytest.raises(BooksError):
        books.post("income", ("O1200", "bank", 1_00), ("O4300", "", -1_00), on=DECEMBER_31)


def test_the_auditor_signs_twice_and_the_year_is_closed_once(village, green):
    closing = ask(green, village)
    first = close_year(closing=closing, by=village.auditor)
    assert close_year(closing=closing, by=village.auditor).entry == first.entry
    with pytest.raises(YearClosed):
        ask(green, village)


def test_only_an_auditor_who_did_not_ask_signs(village, green):
    closing = ask(green, village)
    with pytest.raises(SignerIsAsker):
        close_year(closing=closing, by=village.treasurer)
    with pytest.raises(SignerLacksRight):
        close_year(closing=closing, by=village.chair)
    assert balance(Books(village.group).account("O3900")) == 0


def test_what_was_dated_into_the_year_since_the_request_stops_the_close(village, books, green):
    closing = ask(green, village)
    books.post("income", ("O1200", "bank", 5_00), ("O4300", "", -5_00), on=date(2026, 12, 30))
    with pytest.raises(BooksMovedSince):
        close_year(closing=closing, by=village.auditor)
    cancel_closing(closing=closing, by=village.treasurer)
    assert close_year(closing=ask(green, village), by=village.auditor).entry is not None


def test_what_is_dated_into_the_next_year_does_not_stop_the_close(village, books, green):
    closing = ask(green, village)
    books.post("income", ("O1200", "bank", 5_00), ("O4300", "", -5_00), on=JANUARY_10)
    assert close_year(closing=closing, by=village.auditor).entry is not None
    assert code_balances(village.group, ["O4300"])["O4300"] == -5_00


def test_one_request_at_a_time_and_a_resend_is_the_same_one(village, green):
    operation = uuid4()
    first = request_closing(year=green, operation=operation, by=village.treasurer)
    assert request_closing(year=green, operation=operation, by=village.treasurer) == first
    with pytest.raises(ClosingWaits):
        ask(green, village)
    cancel_closing(closing=first, by=village.treasurer)
    with pytest.raises(ClosingDone):
        close_year(closing=first, by=village.auditor)


def test_a_year_that_is_not_over_is_not_closed(village, green):
    with time_machine.travel(DECEMBER_31, tick=False), pytest.raises(YearNotOver):
        ask(green, village)


def test_years_close_one_after_the_other(village, books, green):
    books.post("income", ("O1200", "bank", 5_00), ("O4300", "", -5_00), on=JANUARY_10)
    second = AccountYear.objects.get(group=village.group, year=2570)
    second.group = village.group
    with time_machine.travel(date(2028, 1, 3), tick=False), pytest.raises(YearBefore):
        ask(second, village)


def test_the_checklist_names_what_is_missing(village, year):
    assert not line(year, "bank")
    with pytest.raises(ChecklistNotGreen, match="สมุดธนาคาร"):
        ask(year, village)


def test_cash_that_moved_is_counted_first(village, books, green):
    assert line(green, "cash")
    books.post("receipt", ("O1100", "", 50_00), ("O2100", "0005", -50_00), on=date(2026, 12, 5))
    assert not line(green, "cash")
    with time_machine.travel(date(2026, 12, 6), tick=False):
        books.post("meeting_close", on=date(2026, 12, 5), ok=["second"], declared={"O1100": 50_00, "A1100": 0})
    assert line(green, "cash")


def test_books_with_a_fault_are_not_closed(village, green, settings):
    settings.BOOKS_VERIFIER = f"{__name__}.one_fault"
    assert not line(green, "verified")
    with pytest.raises(ChecklistNotGreen):
        ask(green, village)


def one_fault(group: Any) -> Iterator[str]:
    yield "entry 3: I6 the hash does not recompute"


def test_both_statements_balance_before_and_after_the_close(village, year):
    for pool in statements(year).values():
        assert pool.assets.total == pool.before_together == pool.after_together
    assert statements(year)["O"].result == 650_00
    assert [each.satang for each in statements(year)["O"].cost.lines] == [250_00]


def test_the_statements_of_a_closed_year_stay_what_they_were(village, green):
    before = statements(green)
    close_year(closing=ask(green, village), by=village.auditor)
    green.refresh_from_db()
    assert statements(green) == before


def test_at_one_laptop_the_auditor_signs_and_the_year_is_closed(village, green):
    closing = ask(green, village)
    signature = ask_closing_signature(closing=closing)
    closing.refresh_from_db()
    sign(signature=signature, username=village.auditor.username, password=PASSWORD, address="127.0.0.1")
    assert close_signed(closing=closing).approved_by == village.auditor
    assert close_signed(closing=closing).entry is not None


def test_the_treasurer_asks_and_the_auditor_closes_in_the_browser(village, green, client):
    url = reverse("shareout:year", args=[village.group.code, 2569])
    client.force_login(village.treasurer)
    assert "650" in client.get(url).content.decode()
    client.post(url, {"act": "request", "operation": uuid4()})
    client.force_login(village.chair)
    assert client.post(url, {"act": "approve"}).status_code == 404
    client.force_login(village.auditor)
    assert reverse("shareout:home", args=[village.group.code])
    client.post(url, {"act": "approve"})
    green.refresh_from_db()
    assert green.is_closed
    assert client.get(reverse("shareout:home", args=[village.group.code])).status_code == 200
    assert "250" in client.get(reverse("shareout:statements", args=[village.group.code, 2569])).content.decode()
