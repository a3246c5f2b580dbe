"""Books with everything that a verification reads, and a hand that tampers with the guards off."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from funds.checks import CHECKS
from funds.guards import drop_guards
from funds.journal import correct_entry, correct_prior_year, reverse_entry
from funds.models import AccountYear, entry_id
from funds.services import erase_details, open_account_year, place_hold, write_openings
from reports.verification import Checkpoint, Damage, damage_of
from tests.funds.conftest import ANONG, FEBRUARY_5, SOMPORN, WICHAI, Books, make_group
from tests.funds.forge import checks_off, execute
from tests.kept import Kept

JANUARY_31 = date(2026, 1, 31)


@pytest.fixture
def books(db: None) -> Books:
    """Two months of a village with all that a check looks at."""
    found: Books = _kept().again()
    return found


@cache
def _kept() -> Kept:
    return Kept(_two_months, moment=timezone.now())


def _two_months() -> Books:
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
