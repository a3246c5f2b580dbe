"""The picture of a loan: a column for each instalment, and what became of the principal; shapes in numbers only.

Measures follow `static/css/components.css`: x in per cent of the width, y in pixels. Amounts are satang; strings are
ready to print, worked out in whole hundredths.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from loans.standing import InstalmentStanding, Standing

PLOT_TOP = 26
PLOT_HEIGHT = 120
FOOT = PLOT_TOP + PLOT_HEIGHT
HEIGHT = FOOT + 28
GAP_PER_CENT = 22
CROWDED = 24
ABOVE = 6
HUNDRED = 100
PAID, LATE, DUE, TO_COME = "paid", "late", "due", "to_come"
FILLS = {PAID: "f-operating", LATE: "f-late", DUE: "f-gold", TO_COME: "f-operating-3"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a column."""

    y: str
    height: str
    fill: str


@dataclass(frozen=True, slots=True)
class Column:
    """One instalment; `mark` is where the sign of a late one stands, empty for the others."""

    number: int
    state: str
    x: str
    middle: str
    width: str
    pieces: tuple[Piece, ...]
    mark_y: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A word below the columns; `anchor` is the class that aligns it."""

    x: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the principal as a piece of one bar."""

    state: str
    satang: int
    start: str
    width: str
    percent: str

    @property
    def fill(self) -> str:
        """How it is filled."""
        return FILLS[self.state]


@dataclass(frozen=True, slots=True)
class LoanPicture:
    """Both drawings; `states` are those that occur, for the legend."""

    columns: tuple[Column, ...]
    labels: tuple[Label, ...]
    shares: tuple[Share, ...]
    states: tuple[str, ...]
    counts: dict[str, int]
    height: int = HEIGHT
    foot: int = FOOT


def state_of(instalment: InstalmentStanding, as_of: date) -> str:
    """Whether an instalment is paid, late, due today, or still to come."""
    if instalment.is_paid:
        return PAID
    if instalment.due_on > as_of:
        return TO_COME
    return DUE if instalment.due_on == as_of else LATE


def picture_of(standing: Standing, principal: int, *, say: Callable[[date], str]) -> LoanPicture | None:
    """Draw a loan of so much principal as it stands; `say` words a day. None where nothing was planned."""
    drawn = [each for each in standing.instalments if each.total]
    if not drawn:
        return None
    columns = _columns(drawn, standing.as_of)
    states = [column.state for column in columns]
    return LoanPicture(
        columns=columns,
        labels=_labels(drawn, say),
        shares=_shares(standing, principal),
        states=tuple(state for state in FILLS if state in states),
        counts={state: states.count(state) for state in FILLS},
    )


def _columns(drawn: Sequence[InstalmentStanding], as_of: date) -> tuple[Column, ...]:
    tallest, count = max(each.total for each in drawn), len(drawn)
    width = percent(HUNDRED - GAP_PER_CENT, HUNDRED * count)
    found = []
    for place, each in enumerate(drawn):
        state = state_of(each, as_of)
        is_marked = state == LATE and count <= CROWDED
        column = Column(
            number=each.number,
            state=state,
            x=percent(2 * HUNDRED * place + GAP_PER_CENT, 2 * HUNDRED * count),
            middle=percent(2 * place + 1, 2 * count),
            width=width,
            pieces=_pieces(each, state, tallest),
            mark_y=str(FOOT - _pixels(each.total, tallest) - ABOVE) if is_marked else "",
        )
        found.append(column)
    return tuple(found)


def _pieces(each: InstalmentStanding, state: str, tallest: int) -> tuple[Piece, ...]:
    """What is paid stands at the foot, what is not above it."""
    whole, paid = _pixels(each.total, tallest), _pixels(each.paid, tallest)
    pieces = []
    if paid > 0:
        pieces.append(Piece(str(FOOT - paid), str(paid), FILLS[PAID]))
    if whole > paid:
        pieces.append(Piece(str(FOOT - whole), str(whole - paid), FILLS[state]))
    return tuple(pieces)


def percent(part: int, whole: int) -> str:
    """A share as a measure of the drawing: two places, never above what it is."""
    hundredths = part * HUNDRED * HUNDRED // whole
    return f"{hundredths // HUNDRED}.{hundredths % HUNDRED:02d}%"


def _pixels(satang: int, tallest: int) -> int:
    """How high an amount stands beside the tallest; one pixel at least, if there is anything."""
    return max(1, satang * PLOT_HEIGHT // tallest) if satang > 0 else 0


def _labels(drawn: Sequence[InstalmentStanding], say: Callable[[date], str]) -> tuple[Label, ...]:
    """The first, the middle and the last due day; of few instalments the first and the last."""
    last = len(drawn) - 1
    if last == 0:
        return (Label("50%", "t-mid", say(drawn[0].due_on)),)
    labels = [Label("0%", "", say(drawn[0].due_on))]
    if last >= 4:
        place = last // 2
        labels.append(Label(percent(2 * place + 1, 2 * len(drawn)), "t-mid", say(drawn[place].due_on)))
    return (*labels, Label("100%", "t-end", say(drawn[last].due_on)))


def _shares(standing: Standing, principal: int) -> tuple[Share, ...]:
    """The principal in parts: paid back, overdue, due today, still to come; shares add up to 1,000 tenths."""
    overdue = standing.overdue_principal
    due = standing.principal_due - overdue
    amounts = {
        PAID: principal - standing.outstanding,
        LATE: overdue,
        DUE: due,
        TO_COME: standing.outstanding - overdue - due,
    }
    found, passed, told = [], 0, 0
    for state, satang in amounts.items():
        if satang <= 0 or principal <= 0:
            continue
        share = (passed + satang) * 1000 // principal - told
        tenths = f"{share // 10}.{share % 10}%"
        found.append(Share(state, satang, percent(passed, principal), percent(satang, principal), tenths))
        passed, told = passed + satang, told + share
    return tuple(found)
