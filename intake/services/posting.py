"""A village's year on paper becomes living books: one batch, all or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from funds.accounts import accounts_for
from funds.journal import EntryDraft, credit, debit, lock_book, open_book, post_entries
from funds.journal.drafts import Person
from funds.kinds import PAPER
from funds.models import Account, Entry
from intake.errors import WorkbookRefused
from intake.selectors.groups import problems_of_group
from intake.services.loans import adopt_paper_contracts
from intake.services.meetings import write_meetings
from intake.services.people import write_contracts, write_people
from intake.services.statistics import refresh_statistics
from intake.workbook.plan import PlannedEntry
from intake.workbook.reading import YearRead
from members.models import Member, SavingsGroup
from savings.services import PaidMonth, record_pledge_months

RECEIPT = "receipt"


@dataclass(frozen=True)
class Imported:
    """What stands in the books now."""

    group: SavingsGroup
    entries: int
    head: Entry


@transaction.atomic
def post_year(
    *, group: SavingsGroup, read: YearRead, by: Person, ok: Iterable[Person] = (), operation: UUID | None = None
) -> Imported:
    """Bring a year in: members, opening balances, every meeting as a closed one, loans, leavers, bank.

    Posts the planned entries as one batch, each kind with the prefix `paper_`; the opening is dated the day before the
    year, so that nothing can be booked before it. The months that receipts paid, the closed meetings and the contracts
    as read are written in the same transaction; the contracts become loans. by, ok: "import" alone on the command line,
    the treasurer and an auditor in the browser. Raises WorkbookRefused with every problem, also where
    the group's books have begun.
    """
    if not read.ok or read.village is None:
        raise WorkbookRefused(read.problems)
    open_book(group=group)
    lock_book(group)
    if problems := problems_of_group(group, read.village):
        raise WorkbookRefused(problems)
    group.first_year_starts_on = read.village.year.starts_on
    group.save(update_fields=["first_year_starts_on"])
    members = write_people(group=group, village=read.village)
    operation = operation or uuid4()
    entries = _post(group, read, members, by=by, ok=tuple(ok), operation=operation)
    write_meetings(group=group, village=read.village, plan=read.plan, entries=entries, operation=operation)
    _record_months(group, read.plan, entries, members)
    write_contracts(group=group, village=read.village, members=members)
    adopt_paper_contracts(group)
    refresh_statistics()
    return Imported(group=group, entries=len(entries), head=entries[-1])


def _post(
    group: SavingsGroup,
    read: YearRead,
    members: Mapping[int, Member],
    *,
    by: Person,
    ok: tuple[Person, ...],
    operation: UUID,
) -> list[Entry]:
    plan, year = read.plan, read.counts["account_year"]
    accounts = accounts_for(group, {(line.code, line.holder) for entry in plan for line in entry.lines})
    meetings = meeting_names(plan, year)
    drafts = [
        EntryDraft(
            kind=PAPER + entry.kind,
            on=entry.on,
            by=by,
            ok=ok,
            lines=[_line(accounts[line.code, line.holder], line.satang) for line in entry.lines],
            operation=uuid5(operation, str(place)),
            details=_details(entry, members, meetings),
            declared=dict(entry.declared) or None,
        )
        for place, entry in enumerate(plan)
    ]
    return post_entries(group=group, drafts=drafts, operation=uuid5(operation, str(len(drafts) - 1)))


def _line(account: Account, satang: int) -> Any:
    return debit(account, satang) if satang > 0 else credit(account, -satang)


def meeting_names(plan: tuple[PlannedEntry, ...], year: int) -> dict[date, str]:
    """Name the meetings of the year by their day: 1/2568, 2/2568 ..."""
    days = [entry.on for entry in plan if entry.kind == "meeting_close"]
    return {on: f"{number}/{year}" for number, on in enumerate(days, start=1)}


def _details(entry: PlannedEntry, members: Mapping[int, Member], meetings: Mapping[date, str]) -> dict[str, Any]:
    """The words of an entry, under the names that the live entries use."""
    details: dict[str, Any] = {"memo": entry.memo, "contract": entry.contract}
    if entry.payer is not None:
        member = members[entry.payer]
        details |= {"payer" if entry.kind == RECEIPT else "payee": member.full_name, "member": member.holder}
    if entry.meeting is not None:
        details["meeting"] = meetings[entry.meeting]
    if entry.pledge:
        details["months"] = [f"{paid.month:%Y-%m}" for paid in entry.pledge]
    if entry.kind == RECEIPT:
        details["method"] = "cash"
    return {name: said for name, said in details.items() if said}


def _record_months(
    group: SavingsGroup, plan: tuple[PlannedEntry, ...], entries: list[Entry], members: Mapping[int, Member]
) -> None:
    record_pledge_months(
        group=group,
        paid=[
            PaidMonth(entry_id=entry.pk, member_id=members[planned.payer or 0].pk, month=paid.month, satang=paid.satang)
            for planned, entry in zip(plan, entries, strict=True)
            for paid in planned.pledge
        ],
    )
