"""What an entry must be by itself, whatever stands in the books. The triggers say the same; here it gets a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

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
from funds.journal.drafts import EntryDraft, People
from funds.models import Entry
from members.models import SavingsGroup
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht
from thai.quantities import format_kg


class _Marks(NamedTuple):
    """What the rules ask of an account's code."""

    unit: str
    is_money: bool
    is_between: bool


@dataclass(slots=True)
class _Moved:
    """What the lines of an entry come to, reckoned once for all rules."""

    sums: dict[str, int]  # by balancing unit
    money: dict[str, int]  # cash and bank, by balancing unit
    money_falls: bool = False
    crosses: bool = False  # stands on what one pool owes the other


def require_sound(group: SavingsGroup, draft: EntryDraft, people: People, today: date) -> None:
    """Refuse a draft that no books could take."""
    try:
        kind = kinds.kind_of(draft.kind)
    except LookupError:
        raise MalformedEntry(fault=f"kind {draft.kind!r}") from None
    moved = _moved_by(group, draft, kind)
    _require_balance(moved)
    _require_date(draft.on, today)
    _require_people(draft, kind, people, moved)
    _require_own_pool(draft, kind, moved)
    _require_declaration(draft, kind)
    if draft.details and (fault := chain.fault_in(draft.details)):
        raise MalformedEntry(fault=fault)
    if (draft.reverses is not None) and kind.name not in ("reversal", "prior_year"):
        raise MalformedEntry(fault="it reverses another")


@lru_cache(maxsize=1024)
def _marks(code: str) -> _Marks:
    return _Marks(chart.unit_of(code), code in chart.MONEY, code in chart.BETWEEN_POOLS)


def _moved_by(group: SavingsGroup, draft: EntryDraft, kind: kinds.Kind) -> _Moved:
    """Reckon what the lines do; refuse what no line may be."""
    if not kind.lines.allow(len(draft.lines)):
        raise MalformedEntry(fault=f"{len(draft.lines)} lines")
    moved = _Moved({}, {})
    sums = moved.sums
    for account, satang in draft.lines:
        if type(satang) is not int or satang == 0 or abs(satang) > chain.LARGEST:
            raise MalformedEntry(fault=f"amount {satang!r}")
        if account.group_id != group.id or account.id is None:
            raise MalformedEntry(fault=f"account {account} of another group")
        unit, is_money, is_between = _marks(account.code)
        sums[unit] = sums.get(unit, 0) + satang
        if is_money:
            moved.money[unit] = moved.money.get(unit, 0) + satang
            moved.money_falls = moved.money_falls or satang < 0
        elif is_between:
            moved.crosses = True
    return moved


def _require_balance(moved: _Moved) -> None:
    sums = moved.sums
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


def _require_people(draft: EntryDraft, kind: kinds.Kind, people: People, moved: _Moved) -> None:
    if (kind.two_people or moved.money_falls) and not people.approvers and not kinds.is_from_paper(draft.kind):
        raise SecondPersonNeeded
    if people.maker in people.approvers:
        raise PeopleNotApart
    if people.payees and {people.maker, *people.approvers} & set(people.payees):
        raise PeopleNotApart


def _require_own_pool(draft: EntryDraft, kind: kinds.Kind, moved: _Moved) -> None:
    if kind.between_pools or _undoes_a_crossing(draft.reverses):
        return
    if moved.crosses or moved.money.get(chart.OPERATING, 0) * moved.money.get(chart.ADMINISTRATIVE, 0) < 0:
        raise PoolsCrossed


def _undoes_a_crossing(entry: Entry | None) -> bool:
    return entry is not None and kinds.kind_of(entry.kind).between_pools


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
