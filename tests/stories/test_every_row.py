"""docs/LEDGER.md and the services agree: each row of these headings is made by its service, each entry has its row."""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from funds.models import Entry
from tests.funds.ledger import Row, assert_ledger_row, fits_row, ledger_rows, sides_of
from tests.stories.drive import Drive
from tests.village import TestVillage

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = {
    "Savings beside the meeting": ("savings",),
    "Money in and out": ("vouchers", "bank_loans", "officer_advances", "pool_advances"),
    "Bank": ("bank_moves", "bank_book"),
    "Activities": ("shop", "rice_bank"),
    "Leaving": ("leaving",),
    "Loans paid out": ("payouts",),
    "Loans repaid beside the meeting": ("repayments",),
    "Loans that go badly": ("trouble",),
}
# Rows that a workbook's entries share, so that a service makes a part of what they allow.
SHARED = {"income", "subsidy", "donation", "pool_advance", "special_interest", "resignation"}
CLOSES = {"year_close"}  # the end of a year closes every unit at once
POSTS = {"post_entry", "post_entries"}
# The opening of the books and the erasure of words belong to every group: tests/funds/test_ledger.py.
ELSEWHERE = {"funds.services.beginning", "funds.services.keeping"}


def rows_of(heading: str) -> dict[str, Row]:
    return {row.event: row for row in ledger_rows() if row.heading == heading and row.kind not in CLOSES}


def posting_modules() -> Iterator[str]:
    """The services of these packages that post by themselves."""
    for app in ("funds", "savings", "membership", "loans"):
        for path in sorted((ROOT / app / "services").glob("*.py")):
            calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
            if POSTS & {call.func.id for call in calls if isinstance(call.func, ast.Name)}:
                yield f"{app}.services.{path.stem}"


@pytest.fixture
def posted_by(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Gathers the services that posted something."""
    found: set[str] = set()

    def watched(module: str, post: Any) -> Any:
        def watching(**given: Any) -> Any:
            found.add(module)
            return post(**given)

        return watching

    for name in posting_modules():
        module = importlib.import_module(name)
        for post in POSTS & vars(module).keys():
            monkeypatch.setattr(module, post, watched(name, getattr(module, post)))
    return found


@pytest.fixture
def drive(time_machine: Any, db: None, village: TestVillage) -> Drive:
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    return Drive(village)


def test_each_row_is_made_by_its_service_and_each_entry_has_a_row(drive: Drive, posted_by: set[str]) -> None:
    last = Entry.objects.filter(group=drive.group).count()
    made: defaultdict[str, list[Entry]] = defaultdict(list)
    for room in ("money_in", *(room for rooms in HEADINGS.values() for room in rooms)):
        for event, entry in getattr(drive, room)():
            assert_ledger_row(event, entry)
            made[event].append(entry)
    for heading in HEADINGS:
        for event, row in rows_of(heading).items():
            sides = [sides_of(entry) for entry in made[event]]
            assert sides, f"no service makes “{event}”"
            debited, credited = (set[str]().union(*(side[place] for side in sides)) for place in (0, 1))
            assert (debited, credited) == (set(row.debits), set(row.credits)), event
    shared = {row.event for row in ledger_rows() if row.heading == "Beside the meeting day" and row.kind in SHARED}
    assert shared <= made.keys()
    for entry in Entry.objects.filter(group=drive.group, n__gt=last).order_by("n"):
        assert any(fits_row(row, entry) for row in ledger_rows()), f"docs/LEDGER.md has no row for {entry.kind}"
    assert posted_by == set(posting_modules()) - ELSEWHERE


def test_every_heading_has_rows_and_an_entry_without_a_row_is_seen(drive: Drive) -> None:
    assert all(rows_of(heading) for heading in HEADINGS)
    strange = drive.people.post("expense", ("O5500", "", 1_00), ("O1100", "", -1_00))
    assert not any(fits_row(row, strange) for row in ledger_rows())
