"""The picture of an explanation: a column for each account month, and the own part of the whole; shapes in numbers.

Measures follow `static/css/components.css`: x in per cent of the width, y in pixels. Strings are ready to print,
worked out in whole hundredths.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from shareout.explanation import Line, Part

TOP, HEIGHT, FOOT = 26, 96, 28
WIDE, GAP = 6_30, 8_33
STUB = 3
HUNDRED, WHOLE_WIDTH = 100, 100_00
LEAST_SLICE = 80


@dataclass(frozen=True, slots=True)
class Column:
    """A month: what it adds to the weight; nothing is a stub. `amount` is written above the tallest ones."""

    month: int
    weight: int
    x: str
    middle: str
    y: int
    height: int
    fill: str
    label: str
    amount: str
    amount_y: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The months of a year; `axis` is the line on which they stand."""

    columns: tuple[Column, ...]
    axis: int
    height: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The own part of the whole as a piece of a bar; never too thin to be seen."""

    width: str


def month_columns(lines: Sequence[Line], *, name: Callable[[date], str], say: Callable[[int], str]) -> Columns | None:
    """Draw the lines of a weight by month; None without two months or without money.

    Money taken out stands below the axis.
    """
    weights: dict[int, int] = {}
    firsts: dict[int, date] = {}
    for line in lines:
        weights[line.month] = weights.get(line.month, 0) + line.weight
        firsts.setdefault(line.month, line.since)
    if len(weights) < 2 or not any(weights.values()):
        return None
    up, down = max(0, *weights.values()), max(0, *(-weight for weight in weights.values()))
    axis = TOP + HEIGHT * up // (up + down)
    tallest = max(weights, key=lambda month: (weights[month], -month))
    columns = []
    for place, month in enumerate(sorted(weights)):
        weight, x = weights[month], HUNDRED + GAP * place
        height = max(STUB, HEIGHT * abs(weight) // (up + down))
        columns.append(
            Column(
                month=month,
                weight=weight,
                x=_per_cent(x),
                middle=_per_cent(x + WIDE // 2),
                y=axis if weight < 0 else axis - height,
                height=height,
                fill="f-operating" if weight > 0 else "f-warning" if weight < 0 else "f-was",
                label=name(firsts[month]) if place % 3 == 0 else "",
                amount=say(weight) if month == tallest else "",
                amount_y=axis - height - 8,
            )
        )
    height = TOP + HEIGHT + FOOT
    return Columns(tuple(columns), axis, height, height - 6)


def own_slice(part: Part) -> Slice:
    """Draw the own weight beside everybody's."""
    width = WHOLE_WIDTH * part.weight // part.total if part.total else 0
    return Slice(_per_cent(max(width, LEAST_SLICE) if part.weight else 0))


def _per_cent(hundredths: int) -> str:
    return f"{hundredths // HUNDRED}.{hundredths % HUNDRED:02}%"
