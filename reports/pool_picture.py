"""A pool as a picture: what it began with, what came, what went; each bar begins where the last ended.

Shapes in numbers only, as in `reports.charts`; the words are the caller's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.charts import BAR_PITCH

LABEL_Y, BAR_Y, BAR_HEIGHT = 16, 24, 14
THINNEST = 0.6  # per cent of the width: an amount that is not nothing stays visible


@dataclass(frozen=True)
class Step:
    """One movement: satang > 0 adds, < 0 takes away; a level says how much there is instead."""

    label: str
    satang: int
    fill: str
    is_level: bool = False


@dataclass(frozen=True)
class Drawn:
    """A step as it is drawn; `join` is where the next bar begins, with the height of the thin line to it."""

    label: str
    amount: str
    label_y: int
    bar_y: int
    start: str
    width: str
    fill: str
    join: str
    join_end: int


def stairs(steps: Sequence[Step], *, say: Callable[[Step], str]) -> tuple[Drawn, ...]:
    """Draw steps under one another on one scale; nothing where no step has an amount."""
    spans, at = [], 0
    for step in steps:
        before = 0 if step.is_level else at
        at = before + step.satang
        spans.append((min(before, at), max(before, at), at))
    low = min((span[0] for span in spans), default=0)
    high = max((span[1] for span in spans), default=0)
    if low == high:
        return ()

    def place(satang: int) -> float:
        return (satang - low) * 100 / (high - low)

    drawn = []
    for index, (step, (left, right, end)) in enumerate(zip(steps, spans, strict=True)):
        width = max(place(right) - place(left), THINNEST) if right > left else 0
        bar_y = BAR_Y + index * BAR_PITCH
        is_last = index + 1 == len(steps)
        drawn.append(
            Drawn(
                label=step.label,
                amount=say(step),
                label_y=LABEL_Y + index * BAR_PITCH,
                bar_y=bar_y,
                start=f"{min(place(left), 100 - width):.2f}%",
                width=f"{width:.2f}%",
                fill=step.fill,
                join=f"{place(end):.2f}%",
                join_end=bar_y + BAR_HEIGHT if is_last else bar_y + BAR_PITCH,
            )
        )
    return tuple(drawn)


def stairs_height(drawn: Sequence[Drawn]) -> int:
    """How high the drawing is."""
    return len(drawn) * BAR_PITCH + 2
