"""What the measurements stand on: a fresh database, groups with books, members, years of deposits."""

import sys
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.warm import warm_up
from funds.accounts import accounts_for
from funds.balances import raw_balances
from funds.chart import Type, profit_account
from funds.journal import EntryDraft, Line, credit, debit, post_entries
from funds.models import Account, Entry
from funds.services import open_account_year, start_books, write_openings
from members.models import Member, SavingsGroup, Village
from tests.village import TestVillage, build_village, make_place

MAKER, CHECKER = "bench-maker", "bench-checker"
FIRST_DAY = date(2026, 1, 1)
DEPOSIT = 200_00


def prepare() -> None:
    """Bring an empty database up to date, run as an installation does; refuse one that holds anybody's books."""
    settings.DEBUG = False  # no log of queries; what says the same on every page is rendered once
    if "members_savingsgroup" in connection.introspection.table_names() and SavingsGroup.objects.exists():
        sys.exit("This database holds groups. Measurements need an empty one: make bench brings its own.")
    call_command("migrate", verbosity=0)
    call_command("check", databases=["default"])
    warm_up()  # as config/wsgi.py does


def engine_name() -> str:
    """Return engine and version."""
    connection.ensure_connection()
    return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"


def analyse() -> None:
    """Let the planner know the tables, as an installation's own housekeeping does."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tidy() -> None:
    """What PostgreSQL's own housekeeping does once many rows have come: indexes can then be read alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    analyse()


@cache
def village() -> TestVillage:
    """The village of the tests, with its officers."""
    return build_village()


@cache
def place() -> Village:
    """One village of a district of its own."""
    return make_place("9701", name="วัดผล", village="บ้านวัดผล")


def make_group(code: str, *, since: date = FIRST_DAY, members: int = 0) -> SavingsGroup:
    """A group whose books are open and hold nothing."""
    group = SavingsGroup.objects.create(code=code, name=code, village=place(), first_year_starts_on=since)
    start_books(group=group, by=MAKER, ok=[CHECKER], operation=uuid.uuid4())
    add_members(group, members)
    return group


def add_members(group: SavingsGroup, count: int) -> list[Member]:
    """So many members in good standing, numbered from 1."""
    return Member.objects.bulk_create(
        Member(
            group=group,
            number=number,
            title="นาย",
            first_name=f"คนที่{number}",
            last_name="วัดผล",
            status=Member.Status.ACTIVE,
            admitted_on=date(1990, 1, 5),
        )
        for number in range(1, count + 1)
    )


def close_year(group: SavingsGroup, year: int) -> None:
    """Close a calendar year: move what came in and was spent to where its result is kept, write its opening rows."""
    span = open_account_year(group=group, starts_on=date(year, 1, 1))
    lines = _closing_lines(group, span.ends_on)
    close = EntryDraft(kind="year_close", on=span.ends_on, by=MAKER, ok=[CHECKER], lines=lines)
    span.closing = post_entries(group=group, drafts=[close], operation=uuid.uuid4())[0]
    span.save(update_fields=["closing"])
    write_openings(group=group, ends_on=span.ends_on)


def _closing_lines(group: SavingsGroup, on: date) -> list[Line]:
    results = [account for account in Account.objects.filter(group=group) if account.head.type >= Type.INCOME]
    sums = raw_balances(group, results, as_of=on)
    kept = accounts_for(group, [(profit_account(account.code), "") for account in results])
    moved = [(account, kept[profit_account(account.code), ""], sums[account.pk]) for account in results]
    return [line for result, fund, sum_ in moved if sum_ for line in (Line(result, -sum_), Line(fund, sum_))]


class Cashier:
    """Receives deposits of a group's members, as the close of a meeting does."""

    def __init__(self, group: SavingsGroup, payers: int) -> None:
        self.group = group
        holders = [f"{number:04}" for number in range(1, payers + 1)]
        accounts = accounts_for(group, [("O1100", ""), *(("O2100", holder) for holder in holders)])
        self.cash = accounts["O1100", ""]
        self.savings: list[Account] = [accounts["O2100", holder] for holder in holders]
        self.received = 0

    def drafts(self, on: date, savings: Iterable[Account] | None = None) -> list[EntryDraft]:
        """One receipt for each payer."""
        return [
            EntryDraft(
                kind="receipt",
                on=on,
                by=MAKER,
                ok=(),
                lines=[debit(self.cash, DEPOSIT), credit(account, DEPOSIT)],
                details={"payer": account.holder},
                operation=uuid.uuid4(),
            )
            for account in savings or self.savings
        ]

    def close_draft(self, on: date, receipts: int) -> EntryDraft:
        """The entry that declares the counted cash."""
        self.received += receipts * DEPOSIT
        declared = {"O1100": self.received, "A1100": 0}
        return EntryDraft(kind="meeting_close", on=on, by=MAKER, ok=[CHECKER], lines=(), declared=declared)

    def meeting(self, on: date) -> list[Entry]:
        """A whole meeting: everyone's receipt, then the close, in one batch."""
        drafts = self.drafts(on)
        return self.post([*drafts, self.close_draft(on, len(drafts))])

    def post(self, drafts: Sequence[EntryDraft]) -> list[Entry]:
        """Post drafts as one batch, known by its last entry's operation."""
        return post_entries(group=self.group, drafts=drafts, operation=drafts[-1].operation or uuid.uuid4())
