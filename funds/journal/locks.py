"""The two lock dates, carried from entry to entry, and what they forbid."""

from dataclasses import dataclass
from datetime import date, timedelta

from funds import chart, kinds
from funds.errors import BooksAlreadyOpen, BooksNotOpen, DeclaredAccountTouched, MalformedEntry, PeriodLocked
from funds.journal.drafts import EntryDraft
from funds.models import Entry
from members.models import SavingsGroup
from thai.dates import format_date
from thai.language import active_language

NEVER = date(1, 1, 1)


@dataclass
class LockDates:
    """How far the books are closed, and how far the cash is declared."""

    locked: date = NEVER
    declared: date = NEVER

    @classmethod
    def after(cls, head: Entry | None) -> "LockDates":
        """The dates that the group's last entry carries."""
        return cls() if head is None else cls(head.locked_through, head.declared_through)

    def pass_through(self, draft: EntryDraft, group: SavingsGroup) -> None:
        """Refuse a draft that the dates forbid; take over the dates that it sets."""
        kind = kinds.kind_of(draft.kind)
        self._require_opening_first(draft, kind, group)
        if draft.on <= self.locked:
            raise PeriodLocked(through=_printed(self.locked))
        touches_cash = any(account.code in chart.CASH for account, _ in draft.lines)
        if (kind.declares or touches_cash) and draft.on <= self.declared:
            raise DeclaredAccountTouched(through=_printed(self.declared))
        if kind.locks:
            self.locked = draft.on
        if kind.declares:
            self.declared = draft.on

    def _require_opening_first(self, draft: EntryDraft, kind: kinds.Kind, group: SavingsGroup) -> None:
        if kind.name == "opening":
            if self.locked != NEVER:
                raise BooksAlreadyOpen
            if draft.on != opening_day(group):
                raise MalformedEntry(fault=f"opening dated {draft.on}, not the day before the first account year")
        elif self.locked == NEVER and (kind.lines is not kinds.Lines.NONE or kind.declares):
            raise BooksNotOpen


def opening_day(group: SavingsGroup) -> date:
    """The day of a group's opening entry: the day before its first account year."""
    return group.first_year_starts_on - timedelta(days=1)


def _printed(on: date) -> str:
    return format_date(on, language=active_language())
