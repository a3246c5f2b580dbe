"""Read a typed month of a bank book: every line by itself, then against the balance printed after it.

What cannot be read, or does not add up, is named by its line in a sentence; reading goes on with the balance as typed,
so that one slip of the finger is one sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from thai.dates import DateError, parse_date
from thai.digits import to_western
from thai.language import active_language
from thai.money import AmountError, format_baht, parse_baht
from thai.months import add_months, days_in_month, format_month
from thai.sentences import amount_sentence, date_sentence

COLUMNS = ("on", "words", "in", "out", "balance")
LONGEST_WORDS = 120
LINES_MOST = 400
Row = Mapping[str, str]


@dataclass(frozen=True)
class ReadLine:
    """One line as read; `row` is its place in what was typed, counted from 1."""

    row: int
    on: date
    words: str
    in_satang: int
    out_satang: int
    balance_satang: int


@dataclass
class ReadPage:
    """What a month says, and every fault by the row it stands in (0: the balance at the beginning)."""

    opening_satang: int | None = None
    lines: list[ReadLine] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def closing_satang(self) -> int | None:
        """The balance after the last line."""
        return self.lines[-1].balance_satang if self.lines else self.opening_satang


def read_page(*, month: date, opening: str, rows: Sequence[Row], expected: int | None) -> ReadPage:
    """Read a month. expected: the last balance of the month before, satang, where that month is typed."""
    page = ReadPage()
    try:
        page.opening_satang = parse_baht(opening, allow_zero=True)
    except AmountError as error:
        page.faults[0] = amount_sentence(error)
    if expected is not None and page.opening_satang is not None and page.opening_satang != expected:
        page.faults[0] = _("The month before ends with %(expected)s. Look at both pages of the book.") % {
            "expected": format_baht(expected)
        }
    balance, last = page.opening_satang, month
    for number, row in enumerate(rows[:LINES_MOST], 1):
        if not any(row.get(column, "").strip() for column in COLUMNS):
            continue
        read = _read_line(number, row, month, last)
        if isinstance(read, str):
            page.faults[number] = read
            balance = _amount(row.get("balance", "")) if balance is not None else None
            continue
        if balance is not None and (fault := _uneven(balance, read)):
            page.faults[number] = fault
        page.lines.append(read)
        balance, last = read.balance_satang, read.on
    return page


def _read_line(number: int, row: Row, month: date, last: date) -> ReadLine | str:
    """The line, or the sentence that says why it is none."""
    try:
        on = _day(row.get("on", ""), month, last)
        satang = [
            parse_baht(row.get(name, ""), allow_zero=True) if row.get(name, "").strip() else 0 for name in ("in", "out")
        ]
        balance = parse_baht(row.get("balance", ""), allow_zero=True)
    except DateError as error:
        return date_sentence(error)
    except AmountError as error:
        return amount_sentence(error)
    if on < last:
        return _("This day is before the line above. Type the lines in the order of the book.")
    if bool(satang[0]) == bool(satang[1]):
        return _("Type what came in or what went out: one of the two.")
    return ReadLine(number, on, " ".join(row.get("words", "").split())[:LONGEST_WORDS], satang[0], satang[1], balance)


def _day(typed: str, month: date, last: date) -> date:
    """A day of the month by its number, or a whole date; nothing is the day of the line above."""
    plain = to_western(typed).strip()
    if not plain:
        return last
    if plain.isdigit() and len(plain) <= 2:
        plain = f"{plain}/{month.month}/{month.year}"
    return parse_date(plain, earliest=month, latest=month.replace(day=days_in_month(month)))


def _amount(typed: str) -> int | None:
    try:
        return parse_baht(typed, allow_zero=True)
    except AmountError:
        return None


def _uneven(before: int, line: ReadLine) -> str:
    """The sentence at a line that does not add up, or nothing."""
    worked_out = before + line.in_satang - line.out_satang
    if worked_out == line.balance_satang:
        return ""
    moved = _("+ %(amount)s") if line.in_satang else _("− %(amount)s")
    return _(
        "%(before)s %(moved)s makes %(worked_out)s, but %(typed)s is typed. "
        "Look at the amount, the side and the balance."
    ) % {
        "before": format_baht(before),
        "moved": moved % {"amount": format_baht(line.in_satang or line.out_satang)},
        "worked_out": format_baht(worked_out),
        "typed": format_baht(line.balance_satang),
    }


def last_day(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=days_in_month(month))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return add_months(month, 1)


def month_name(month: date) -> str:
    """The month and its year in the reader's language."""
    return format_month(month, "long", active_language())
