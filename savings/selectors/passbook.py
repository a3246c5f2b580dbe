"""The passbook: every movement of a member's savings with the balance after it, and the months that were missed.

Every figure is a posting of the member's own account, or the running sum of them; nothing is stored apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from funds import kinds
from funds.models import Account, Entry, Posting
from funds.selectors import entries
from members.models import Member, User
from savings.models import PledgeMonth, PledgePeriod
from savings.schedule import Period, first_due_month, pledged_in
from savings.selectors.balances import PLEDGE_SAVINGS, SPECIAL_SAVINGS
from thai.months import month_of

MISSED = "missed"
CLOSES = ("meeting_close", "paper_meeting_close")


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of a savings book; satang, savings shown as positive. `kind` is the journal's without `paper_`, or
    `missed` for a meeting at which nothing came. `months` are those that the line paid or missed."""

    on: date
    kind: str
    amount: int
    balance: int
    number: int = 0
    months: tuple[date, ...] = ()
    receiver: str = ""
    from_paper: bool = False
    reverses: int = 0
    reversed_by: int = 0

    @property
    def paid_in(self) -> int:
        """What came in, else 0."""
        return max(self.amount, 0)

    @property
    def paid_out(self) -> int:
        """What went out, else 0."""
        return max(-self.amount, 0)

    @property
    def is_missed(self) -> bool:
        """Whether the line says that a month was missed."""
        return self.kind == MISSED


@dataclass(frozen=True, slots=True)
class SavingsBook:
    """One account as a book: the balance brought forward, the lines after it."""

    number: str
    brought_forward: int
    brought_on: date | None
    lines: tuple[BookLine, ...]

    @property
    def balance(self) -> int:
        """The balance after the last line."""
        return self.lines[-1].balance if self.lines else self.brought_forward

    @property
    def paid_in(self) -> int:
        """The sum of what came in."""
        return sum(line.paid_in for line in self.lines)

    @property
    def paid_out(self) -> int:
        """The sum of what went out."""
        return sum(line.paid_out for line in self.lines)


@dataclass(frozen=True, slots=True)
class Passbook:
    """A member's pledge savings and books of special savings over the same days."""

    pledge: SavingsBook
    special: tuple[SavingsBook, ...] = field(default=())


@dataclass(slots=True)
class _Context:
    """What the lines need to know besides their postings, read once."""

    months: dict[int, tuple[date, ...]]
    receivers: dict[str, str]
    reversed_by: dict[int, int]
    numbers: dict[int, int]


def passbook(member: Member, *, since: date | None = None, until: date | None = None) -> Passbook:
    """A member's passbook from `since` to `until` (both included); what came before is brought forward.

    Constant queries. Lines stand in the order of days, of one day in the order of the journal.
    """
    postings = _postings(member)
    context = _context(member, [posting for rows in postings.values() for posting in rows])
    missed = _missed_months(member, postings.get((PLEDGE_SAVINGS, member.holder), []), context)
    books = {
        key: _book(key, rows, context, missed if key[0] == PLEDGE_SAVINGS else [], since=since, until=until)
        for key, rows in postings.items()
    }
    special = tuple(books[key] for key in sorted(books) if key[0] == SPECIAL_SAVINGS)
    return Passbook(pledge=books[PLEDGE_SAVINGS, member.holder], special=special)


def _postings(member: Member) -> dict[tuple[str, str], list[Posting]]:
    accounts = Account.objects.filter(group=member.group_id).filter(
        Q(code=PLEDGE_SAVINGS, holder=member.holder) | Q(code=SPECIAL_SAVINGS, holder__startswith=f"{member.holder}-")
    )
    keys = {account.pk: (account.code, account.holder) for account in accounts}
    found: dict[tuple[str, str], list[Posting]] = {(PLEDGE_SAVINGS, member.holder): []}
    found |= {key: [] for key in keys.values()}
    rows = Posting.objects.filter(group=member.group_id, account__in=list(keys)).select_related("entry")
    for posting in rows.order_by("booked_on", "entry_id", "line"):
        found[keys[posting.account_id]].append(posting)
    return found


def _context(member: Member, postings: Sequence[Posting]) -> _Context:
    ids = {posting.entry_id for posting in postings}
    months: defaultdict[int, list[date]] = defaultdict(list)
    paid = PledgeMonth.objects.filter(group=member.group_id, member=member).order_by("month")
    for entry_id, month in paid.values_list("entry_id", "month"):
        months[entry_id].append(month)
    makers = {posting.entry.maker for posting in postings}
    receivers = dict(User.objects.filter(code__in=makers).values_list("code", "display_name"))
    own = Member.objects.filter(group=member.group_id, openers__user__code__in=makers, openers__relation="own")
    receivers |= dict(own.exclude(first_name="").values_list("openers__user__code", "first_name"))
    reversals = Entry.objects.filter(reverses__in=ids).values_list("reverses_id", "n")
    return _Context(
        months={entry_id: tuple(own) for entry_id, own in months.items()},
        receivers=receivers,
        reversed_by=dict(reversals),
        numbers={posting.entry_id: posting.entry.n for posting in postings},
    )


def _book(
    key: tuple[str, str],
    postings: Iterable[Posting],
    context: _Context,
    missed: list[BookLine],
    *,
    since: date | None,
    until: date | None,
) -> SavingsBook:
    balance, brought, brought_on = 0, 0, since
    lines: list[BookLine] = []
    for line in sorted([*_lines(key[0], postings, context), *missed], key=lambda line: (line.on, line.is_missed)):
        balance += line.amount
        if until is not None and line.on > until:
            continue
        if line.kind == "opening" or (since is not None and line.on < since):
            brought = balance
            brought_on = max(since or date.min, line.on + timedelta(days=1))
        else:
            lines.append(_with_balance(line, balance))
    return SavingsBook(key[1], brought, brought_on, tuple(lines))


def _lines(code: str, postings: Iterable[Posting], context: _Context) -> list[BookLine]:
    return [
        BookLine(
            on=posting.booked_on,
            kind=kinds.plain(posting.entry.kind),
            amount=-posting.amount,
            balance=0,
            number=posting.entry.n,
            months=context.months.get(posting.entry_id, ()) if code == PLEDGE_SAVINGS else (),
            receiver=context.receivers.get(posting.entry.maker, ""),
            from_paper=kinds.is_from_paper(posting.entry.kind),
            reverses=context.numbers.get(posting.entry.reverses_id or 0, 0),
            reversed_by=context.reversed_by.get(posting.entry_id, 0),
        )
        for posting in postings
    ]


def _with_balance(line: BookLine, balance: int) -> BookLine:
    return BookLine(
        line.on, line.kind, line.amount, balance, line.number, line.months, line.receiver, line.from_paper,
        line.reverses, line.reversed_by,
    )  # fmt: skip


def _missed_months(member: Member, postings: Sequence[Posting], context: _Context) -> list[BookLine]:
    """A line for each month whose last meeting closed without a payment for it, neither that day nor before."""
    periods = [
        Period(starts_on, satang)
        for starts_on, satang in PledgePeriod.objects.filter(member=member)
        .order_by("starts_on")
        .values_list("starts_on", "satang")
    ]
    if member.admitted_on is None:
        return []
    first = first_due_month(periods, admitted_on=member.admitted_on)
    if first is None:
        return []
    paid_on = _first_paid_on(postings, context)
    days = {posting.booked_on for posting in postings if posting.amount < 0 and posting.entry_id in context.months}
    missed = []
    for closed_on in _last_closes(member, first):
        month = month_of(closed_on)
        if pledged_in(periods, month) and paid_on.get(month, date.max) > closed_on and closed_on not in days:
            missed.append(BookLine(on=closed_on, kind=MISSED, amount=0, balance=0, months=(month,)))
    return missed


def _first_paid_on(postings: Sequence[Posting], context: _Context) -> dict[date, date]:
    """The day on which each month was first paid, by receipts that still stand."""
    paid_on: dict[date, date] = {}
    for posting in postings:
        if posting.entry_id in context.reversed_by:
            continue
        for month in context.months.get(posting.entry_id, ()):
            paid_on[month] = min(paid_on.get(month, date.max), posting.booked_on)
    return paid_on


def _last_closes(member: Member, first: date) -> list[date]:
    """The day of the last close of each month in which the member was one."""
    closes = entries(member.group, since=first, until=member.left_on, kinds=CLOSES, newest_first=False)
    last: dict[date, date] = {}
    for booked_on in closes.values_list("booked_on", flat=True):
        last[month_of(booked_on)] = booked_on
    admitted_on = member.admitted_on or date.max
    return [booked_on for booked_on in last.values() if booked_on >= admitted_on]
