"""The quick way through the journal: past entries that say what the one before said, but for their number and lines.

An evening's receipts have their day, kind, people and lock dates in common. Where the whole check found nothing in one
of them, the next is looked at for what is its own: number, chain, hash, operation, lines, balances. Whatever is not
plainly sound goes to the whole check, which names what is wrong: this way may pass fewer entries, never more.
"""

from typing import TypeAlias

from funds import chain, chart
from funds.checks.effects import FloorWatch
from funds.checks.entries import OPERATION_FORM
from funds.checks.rows import OWN, Columns, EntryRow
from funds.checks.state import Effect, Pass
from funds.kinds import Kind
from funds.models import entry_id

_POOLS = {chart.OPERATING: 1, chart.ADMINISTRATIVE: 2}
_BOTH_POOLS = 3
_CASH, _MONEY, _FALLS = 4, 8, 16
_is_operation = OPERATION_FORM.fullmatch
Plain: TypeAlias = tuple[str, int, int, str]  # an account's text in a posting, its marks, its floor, its code


class QuickWay:
    """What the last entry said, as far as the next may say it again without another look."""

    def __init__(self, state: Pass, floors: FloorWatch) -> None:
        self.state = state
        self.floors = floors
        self.group = state.group.pk
        self.base = entry_id(self.group, 0)
        self.said: Columns | None = None
        self.on = ""
        self.form: chain.Form = ()
        self.looked_at = 0  # of what the whole check has seen entries that say the same: cash moved, money falling
        self.plain = {account: found for account in state.codes if (found := self._plain(account))}

    def _plain(self, account: int) -> Plain | None:
        """What the quick way needs of an account; None for one that the whole check has to look at."""
        code, holder = self.state.codes[account]
        if not chart.is_account(code) or code in chart.BETWEEN_POOLS or chart.unit_of(code) not in _POOLS:
            return None
        marks = _POOLS[chart.unit_of(code)] | _CASH * (code in chart.CASH) | _MONEY * (code in chart.MONEY)
        return chain.account_text(code, holder), marks, self.floors.sides[account], code

    def follow(self, entry: EntryRow, kind: Kind | None, effect: Effect, *, is_sound: bool) -> None:
        """Take note of an entry that the whole check has looked at."""
        moves_dates = kind is None or kind.locks or kind.declares
        if not is_sound or moves_dates or entry.lines < 2 or entry.reverses_id is not None or entry.declared != "{}":
            self.said = None
            return
        if entry[OWN:] != self.said:
            self.said, self.on = entry[OWN:], entry.booked_on
            self.form = entry.form(self.state.uuid)
            self.looked_at = 0
        self.looked_at |= _FALLS * effect.money_falls | _CASH * effect.touches_cash

    def passes(self, entry: Columns, postings: list[Columns]) -> bool:
        """Take an entry over if it is plainly sound; False, and nothing taken over, if it needs the whole check."""
        number, n, operation, memo_hash, prev, own_hash, lines = entry[:OWN]
        state = self.state
        if (
            entry[OWN:] != self.said
            or n != state.n + 1
            or number != self.base + n
            or prev != state.head
            or n in state.reversed
            or operation in state.seen
            or lines != len(postings)
            or lines < 2
            or self.floors.neared
        ):
            return False
        moved: list[Columns] = []
        try:
            texts = self._moved(postings, moved)
            if texts is not None and _is_operation(operation):
                key = f"{operation[:8]}-{operation[8:12]}-{operation[12:16]}-{operation[16:20]}-{operation[20:]}"
                if chain.hash_in_form(self.form, key, memo_hash, n, texts, prev) == own_hash:
                    state.n, state.head = n, own_hash
                    state.seen.add(operation)
                    return True
        except (KeyError, TypeError):  # an account that is not plain, a column that holds what the format does not know
            pass
        for posting in moved:
            self._move_back(posting)
        return False

    def _moved(self, postings: list[Columns], moved: list[Columns]) -> str | None:
        """Move the balances and give the text of the postings; None where they are not plainly sound.

        moved: those that were moved come into it.
        """
        plain, balances, cash = self.plain, self.state.balances, self.state.cash
        group, day = self.group, self.on
        texts: list[str] = []
        sum_ = all_marks = 0
        for place, posting in enumerate(postings, 1):
            _entry, line, owner, on, amount, account = posting
            text, marks, side, code = plain[account]
            after = balances.get(account, 0) + amount
            if line != place or owner != group or on != day or after * side < 0:
                return None
            balances[account] = after
            moved.append(posting)
            if marks & _MONEY:
                all_marks |= _FALLS * (amount < 0)
                if marks & _CASH:
                    cash[code, on] = cash.get((code, on), 0) + amount
            all_marks |= marks
            sum_ += amount
            texts.append(f"[{line!r}{text}{amount!r}]")
        unseen = all_marks & (_CASH | _FALLS) & ~self.looked_at
        return None if sum_ or unseen or all_marks & _BOTH_POOLS == _BOTH_POOLS else ",".join(texts)

    def _move_back(self, posting: Columns) -> None:
        _entry, _line, _owner, on, amount, account = posting
        self.state.balances[account] -= amount
        _text, marks, _side, code = self.plain[account]
        if marks & _CASH:
            self.state.cash[code, on] -= amount
