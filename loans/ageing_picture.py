"""The ageing as lying bars: shapes as `templates/components/chart_bars.html` draws them; a table stands beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

PITCH = 47
FILLS = ("f-operating", "f-gold-2", "f-gold", "f-warning", "f-late", "f-late")
LEAST = 6  # tenths of a per cent of the width that an amount above zero keeps


@dataclass(frozen=True)
class Bar:
    """One bucket; measures are strings ready to print."""

    label: str
    amount: str
    label_y: int
    bar_y: int
    width: str
    fill: str


def ageing_bars(amounts: Sequence[tuple[str, int]], *, say: Callable[[int], str]) -> tuple[Bar, ...]:
    """Draw (bucket, satang) pairs, the longest filling the width; the later the bucket, the more its colour warns."""
    longest = max((satang for _, satang in amounts), default=0)
    return tuple(
        Bar(
            label=label,
            amount=say(satang),
            label_y=16 + place * PITCH,
            bar_y=24 + place * PITCH,
            width=_width(satang, longest),
            fill=FILLS[min(place, len(FILLS) - 1)],
        )
        for place, (label, satang) in enumerate(amounts)
    )


def _width(satang: int, longest: int) -> str:
    tenths = max(satang * 1000 // longest, LEAST) if satang > 0 else 0
    return f"{tenths // 10}.{tenths % 10}%"


def bars_height(drawn: Sequence[Bar]) -> int:
    """How high the drawing is."""
    return len(drawn) * PITCH + 2
