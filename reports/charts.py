"""Place figures on a drawing: shapes in numbers only, the words are the template's.

Measures follow `static/css/components.css`: x in per cent, y in pixels, lines in an inner drawing of 100 x its height,
so that letters keep their size at every width. Amounts are satang, shapes are strings ready to print (a float in a
template would be localised).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

PLOT_TOP = 28
PLOT_HEIGHT = 150
BAR_PITCH = 47
LABEL_WIDTH = 25  # per cent of the width that the labels of the grid take on a phone


@dataclass(frozen=True)
class Tick:
    """A grid line: where it lies, where its label stands, and the label."""

    y: int
    label_y: int
    label: str


@dataclass(frozen=True)
class Mark:
    """A word below the drawing; `anchor` is the class that aligns it."""

    x: str
    anchor: str
    label: str


@dataclass(frozen=True)
class AreaChart:
    """A balance over time; the drawing is 206 px high, of which 150 px hold the line."""

    area: str
    line: str
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    last: str


@dataclass(frozen=True)
class Bar:
    """One amount against the largest of its list."""

    label: str
    amount: str
    label_y: int
    bar_y: int
    width: str
    fill: str


@dataclass(frozen=True)
class Part:
    """A part of one whole: `start` and `width` in per cent of the bar, `percent` as words."""

    label: str
    satang: int
    start: str
    width: str
    percent: str
    fill: str


def round_step(span: int) -> int:
    """Give the step of a grid with one to four lines in a span: 1, 2 or 5 times a power of ten."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if span < 4 * step * factor:
                return step * factor
        step *= 10


def area_chart(points: Sequence[tuple[str, int]], *, say: Callable[[int], str]) -> AreaChart | None:
    """Draw (label, satang) pairs as a line over its area, `say` words an amount; None if fewer than two or no money."""
    amounts = [satang for _, satang in points]
    if len(points) < 2 or not any(amounts):
        return None
    low, high = min(amounts), max(amounts)
    margin = max((high - low) // 8, 100)
    bottom, top = (max(low - margin, 0) if low >= 0 else low - margin), high + margin
    span = top - bottom

    def height(satang: int) -> float:
        return PLOT_HEIGHT - (satang - bottom) * PLOT_HEIGHT / span

    last_index = len(points) - 1
    line = " ".join(f"{index * 100 / last_index:.1f},{height(satang):.1f}" for index, satang in enumerate(amounts))
    step = round_step(span)
    first_tick = (bottom // step + 1) * step
    drawn = [PLOT_TOP + round(height(satang)) for satang in amounts]
    near = drawn[: max(2, len(drawn) * LABEL_WIDTH // 100 + 1)]
    ticks = tuple(
        Tick(y=y, label_y=y - 5, label="" if _meets(y, near) else say(satang))
        for satang in range(first_tick, top, step)
        if PLOT_TOP + 18 <= (y := PLOT_TOP + round(height(satang))) <= PLOT_TOP + PLOT_HEIGHT - 12
    )
    return AreaChart(
        area=f"0,{PLOT_HEIGHT} {line} 100,{PLOT_HEIGHT}",
        line=line,
        ticks=ticks,
        marks=_marks([label for label, _ in points]),
        last=say(amounts[-1]),
    )


def _meets(y: int, line: Sequence[int]) -> bool:
    """Whether the label above the grid line at `y` would stand in the line drawn."""
    return min(line) - 4 <= y and y - 20 <= max(line)


def _marks(labels: Sequence[str]) -> tuple[Mark, ...]:
    """Name the first and the last point and every third between them, as far as they do not meet."""
    last = len(labels) - 1
    shown = sorted({0, last, *range(0, max(last - 1, 0), 3)}) if last > 5 else range(len(labels))
    return tuple(
        Mark(
            x=f"{index * 100 / last:.0f}%",
            anchor="" if index == 0 else "t-end" if index == last else "t-mid",
            label=labels[index],
        )
        for index in shown
    )


def bars(
    amounts: Sequence[tuple[str, int]], *, say: Callable[[int], str], fills: Sequence[str] = ("f-operating",)
) -> tuple[Bar, ...]:
    """Draw (label, satang) pairs as lying bars; the longest fills the width, an amount above zero stays visible."""
    longest = max((satang for _, satang in amounts), default=0)
    return tuple(
        Bar(
            label=label,
            amount=say(satang),
            label_y=16 + index * BAR_PITCH,
            bar_y=24 + index * BAR_PITCH,
            width=f"{max(satang * 100 / longest, 0.6) if longest > 0 and satang > 0 else 0:.1f}%",
            fill=fills[min(index, len(fills) - 1)],
        )
        for index, (label, satang) in enumerate(amounts)
    )


def bars_height(drawn: Sequence[Bar]) -> int:
    """How high the drawing of these bars is."""
    return len(drawn) * BAR_PITCH + 2


def parts(amounts: Sequence[tuple[str, int]], fills: Sequence[str]) -> tuple[Part, ...]:
    """Split one bar among the amounts above zero; shares are rounded so that they add up to 1,000 tenths."""
    present = [
        (label, satang, fills[index % len(fills)]) for index, (label, satang) in enumerate(amounts) if satang > 0
    ]
    whole = sum(satang for _, satang, _ in present)
    drawn: list[Part] = []
    passed = told = 0
    for label, satang, fill in present:
        share = (passed + satang) * 1000 // whole - told
        drawn.append(
            Part(
                label=label,
                satang=satang,
                start=f"{passed * 100 / whole:.2f}%",
                width=f"{satang * 100 / whole:.2f}%",
                percent=f"{share / 10:.1f}%",
                fill=fill,
            )
        )
        passed, told = passed + satang, told + share
    return tuple(drawn)
