"""What an entry must be by itself, whatever stands in the books. The triggers say the same; here it gets a sentence."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from funds import chain, chart, kinds
from funds.errors import (
    FutureDate,
    MalformedEntry,
    PeopleNotApart,
    PoolPaysForOther,
    PoolsCrossed,
    SecondPersonNeeded,
    Unbalanced,
)
from funds.journal.drafts import EntryDraft, Line, People
from funds.models import Entry
from members.models import SavingsGroup
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht
from thai.quantities import format_kg


def require_sound(group: SavingsGroup, draft: EntryDraft, people: People, today: date) -> None:
    """Refuse a draft that no books could take."""
    try:
        kind = kinds.kind_of(draft.kind)
    except LookupError:
        raise MalformedEntry(fault=f"kind {draft.kind!r}") from None
    _require_lines(group, draft, kind)
    _require_balance(draft)
    _require_date(draft.on, today)
    _require_people(draft, kind, people)
    _require_own_pool(draft, kind)
    _require_declaration(draft, kind)
    if draft.details and (fault := chain.fault_in(draft.details)):
        raise MalformedEntry(fault=fault)
    if (draft.reverses is not None) and kind.name not in ("reversal", "prior_year"):
        raise MalformedEntry(fault="it reverses another")


def _require_lines(group: SavingsGroup, draft: EntryDraft, kind: kinds.Kind) -> None:
    count = len(draft.lines)
    if not kind.lines.allow(count):
        raise MalformedEntry(fault=f"{count} lines")
    for account, satang in draft.lines:
        if type(satang) is not int or satang == 0 or abs(satang) > chain.LARGEST:
            raise MalformedEntry(fault=f"amount {satang!r}")
        if account.group_id != group.pk or account.pk is None:
            raise MalformedEntry(fault=f"account {account} of another group")


def _require_balance(draft: EntryDraft) -> None:
    sums: dict[str, int] = {}
    for account, satang in draft.lines:
        unit = chart.unit_of(account.code)
        sums[unit] = sums.get(unit, 0) + satang
    if sums.get(chart.OPERATING, 0) == -sums.get(chart.ADMINISTRATIVE, 0) != 0:
        raise PoolPaysForOther(unit=chart.OPERATING, difference=format_baht(abs(sums[chart.OPERATING])))
    for unit, difference in sums.items():
        if difference:
            said = format_baht(abs(difference)) if unit in chart.POOLS else format_kg(abs(difference))
            raise Unbalanced(unit=unit, difference=said)


def _require_date(on: date, today: date) -> None:
    if isinstance(on, datetime) or not isinstance(on, date):
        raise MalformedEntry(fault=f"date {on!r}")
    if on > today:
        raise FutureDate(date=format_date(on, language=active_language()))


def _require_people(draft: EntryDraft, kind: kinds.Kind, people: People) -> None:
    money_falls = any(satang < 0 and account.code in chart.MONEY for account, satang in draft.lines)
    if (kind.two_people or money_falls) and not people.approvers and not kinds.is_from_paper(draft.kind):
        raise SecondPersonNeeded
    if people.maker in people.approvers:
        raise PeopleNotApart
    if {people.maker, *people.approvers} & set(people.payees):
        raise PeopleNotApart


def _require_own_pool(draft: EntryDraft, kind: kinds.Kind) -> None:
    if kind.between_pools or _undoes_a_crossing(draft.reverses):
        return
    if any(account.code in chart.BETWEEN_POOLS for account, _ in draft.lines):
        raise PoolsCrossed
    if _money_moved(draft.lines, chart.OPERATING) * _money_moved(draft.lines, chart.ADMINISTRATIVE) < 0:
        raise PoolsCrossed


def _undoes_a_crossing(entry: Entry | None) -> bool:
    return entry is not None and kinds.kind_of(entry.kind).between_pools


def _money_moved(lines: Sequence[Line], pool: str) -> int:
    moved = (satang for account, satang in lines if account.code in chart.MONEY and account.code[0] == pool)
    return sum(moved)


def _require_declaration(draft: EntryDraft, kind: kinds.Kind) -> None:
    declared: Mapping[str, int] = draft.declared or {}
    if not declared:
        if draft.kind == "meeting_close":
            raise MalformedEntry(fault="a close without the counted cash")
        return
    if kind.name != "meeting_close" or set(declared) != set(chart.CASH):
        raise MalformedEntry(fault=f"declared {sorted(declared)}")
    if any(type(satang) is not int for satang in declared.values()):
        raise MalformedEntry(fault="declared amounts")
