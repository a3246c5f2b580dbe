"""A profit as one bar, cut into its purposes. Shapes in numbers only, the words are the template's. Pure.

x and widths in per cent as strings (a float in a template would be localised). The classes are those of the look:
a purpose keeps its colour on every page, the slice for the administrative pool the hatch of that pool.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shareout.policy import WHOLE, Head

FILLS = {
    Head.DIVIDEND: "h1",
    Head.REBATE: "h2",
    Head.RESERVE: "h3",
    Head.COMMITTEE: "h4",
    Head.WELFARE: "h5",
    Head.PUBLIC: "h6",
    Head.ADMINISTRATION: "h7",
    Head.OTHER: "h8",
}
TOLD_FROM = 9_00  # hundredths of a per cent of the width that a figure needs to stand inside
DARK = ("h1", "h3", "h5")


@dataclass(frozen=True)
class Piece:
    """One purpose in the bar; `said` is its percentage where it fits inside, `said_x` where that stands."""

    fill: str
    x: str
    width: str
    said: str
    said_x: str
    is_dark: bool


def swatch(head: str) -> str:
    """The number of a purpose's colour, as the class of its key says it."""
    return FILLS[Head(head)][1:]


def pieces(parts: Iterable[tuple[str, int]]) -> tuple[Piece, ...]:
    """Cut the bar by (head, satang); nothing where there is no money."""
    kept = [(head, satang) for head, satang in parts if satang > 0]
    total, before, found = sum(satang for _head, satang in kept), 0, []
    for head, satang in kept:
        start, end = (before * WHOLE // total, (before + satang) * WHOLE // total)
        fill = FILLS[Head(head)]
        found.append(
            Piece(
                fill=fill,
                x=_placed(start),
                width=_placed(end - start),
                said=f"{(2 * satang * 100 + total) // (2 * total)}%" if end - start >= TOLD_FROM else "",
                said_x=_placed((start + end) // 2),
                is_dark=fill in DARK,
            )
        )
        before += satang
    return tuple(found)


def _placed(hundredths: int) -> str:
    """Hundredths of a per cent as a drawing wants them."""
    return f"{hundredths // 100}.{hundredths % 100:02}%"
