"""The quick way through the journal: past entries that say what the one before said, but for their number and lines.

An evening's receipts have their day, kind, people and lock dates in common. Where the whole check found nothing in one
of them, the next is looked at for what is its own: number, chain, hash, operation, lines, balances. Whatever is not
plainly sound goes to the whole check, which names what is wrong: this way may pass fewer entries, never more.
"""

from funds import chain, chart
from funds.checks.effects import FloorWatch
from funds.checks.entries import OPERATION_FORM
from funds.checks.rows import OWN, Columns, EntryRow
from funds.checks.state import Effect, Pass
from funds.kinds import Kind
from funds.models import entry_id

_POOLS = {chart.OPERATING: 1, chart.ADMINISTRATIVE: 2}
_BOTH_POOLS = 3
_CASH, _MONEY = 4, 8
_is_operation = OPERATION_FORM.fullmatch


class QuickWay:
    """What the last entry said, as far as the next may say it again without another look."""

    def __init__(self, state: Pass, floors: FloorWatch) -> None:
        self.state = state
        self.floors = floors
        self.base = entry_id(state.group.pk, 0)
        self.said: Columns | None = None
        self.on = ""
        self.form = ""
        self.falls, self.touches_cash = False, False  # what the whole check has looked at, of entries that say the same
        self.plain = {account: found for account in state.codes if (found := self._plain(account))}

    def _plain(self, account: int) -> tuple[str, int, int] | None:
        """An account's text in a posting, its marks and its floor; None for what the whole check has to look at."""
        code, holder = self.state.codes[account]
        if not chart.is_account(code) or code in chart.BETWEEN_POOLS or chart.unit_of(code) not in _POOLS:
            return None
        marks = _POOLS[chart.unit_of(code)] | _CASH * (code in chart.CASH) | _MONEY * (code in chart.MONEY)
        return chain.account_text(code, holder), marks, self.floors.sides[account]

    def follow(self, entry: EntryRow, kind: Kind | None, effect: Effect, *, is_sound: bool) -> None:
        """Take note of an entry that the whole check has looked at."""
        moves_dates = kind is None or kind.locks or kind.declares
        if not is_sound or moves_dates or entry.lines < 2 or entry.reverses_id is not None or entry.declared != "{}":
            self.said = None
            return
        if entry[OWN:] != self.said:
            self.said, self.on = entry[OWN:], entry.booked_on
            self.form = entry.form(self.state.uuid)
            self.falls = self.touches_cash = False
        self.falls, self.touches_cash = self.falls or effect.money_falls, self.touches_cash or effect.touches_cash

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
        try:
            texts = self._plain_lines(postings)
            if texts is None or not _is_operation(operation):
                return False
            key = f"{operation[:8]}-{operation[8:12]}-{operation[12:16]}-{operation[16:20]}-{operation[20:]}"
            if chain.hash_in_form(self.form, key, memo_hash, n, texts, prev) != own_hash:
                return False
        except (KeyError, TypeError):  # an account that is not plain, a column that holds what the format does not know
            return False
        if not self._moved(postings):
            return False
        state.n, state.head = n, own_hash
        state.seen.add(operation)
        return True

    def _plain_lines(self, postings: list[Columns]) -> str | None:
        """The text of postings that are in order and in balance; None where they are not."""
        plain, group, day = self.plain, self.state.group.pk, self.on
        texts: list[str] = []
        sum_ = marks = 0
        for place, (_entry, line, owner, on, amount, account) in enumerate(postings, 1):
            text, mark, _side = plain[account]
            if line != place or owner != group or on != day:
                return None
            if amount < 0 and mark & _MONEY and not self.falls:
                return None
            marks |= mark
            sum_ += amount
            texts.append(f"[{line!r}{text}{amount!r}]")
        if sum_ or marks & _BOTH_POOLS == _BOTH_POOLS or (marks & _CASH and not self.touches_cash):
            return None
        return ",".join(texts)

    def _moved(self, postings: list[Columns]) -> bool:
        """Move the balances; where one would be beyond its floor, put them back and say so."""
        balances, plain = self.state.balances, self.plain
        below = False
        for _entry, _line, _owner, _on, amount, account in postings:
            balances[account] = after = balances.get(account, 0) + amount
            below = below or after * plain[account][2] < 0
        if below:
            for _entry, _line, _owner, _on, amount, account in postings:
                balances[account] -= amount
            return False
        for _entry, _line, _owner, on, amount, account in postings:
            if plain[account][1] & _CASH:
                key = (self.state.codes[account][0], on)
                self.state.cash[key] = self.state.cash.get(key, 0) + amount
        return True
