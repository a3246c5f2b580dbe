"""Percentages: read strictly, kept as basis points (5,000 is 50 %), printed short. Pure.

As with amounts nothing is guessed: "12,5" may be twelve and a half or a hundred and twenty-five, and is refused.
"""

import re
from enum import Enum

from thai.digits import has_mixed_digits, to_western

WHOLE = 100_00
MINUS = "\u2212"
_PERCENT = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,2}))?\s*%?", re.ASCII)
_BELOW = re.compile(rf"[-{MINUS}]\s*[0-9]+(?:\.[0-9]*)?\s*%?", re.ASCII)


class PercentProblem(Enum):
    """Why a percentage was refused."""

    UNREADABLE = "unreadable"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"


class PercentError(ValueError):
    """A percentage that cannot be taken; `typed` is what stood there."""

    def __init__(self, problem: PercentProblem, typed: str) -> None:
        super().__init__(f"{problem.value}: {typed[:40]!r}")
        self.problem = problem
        self.typed = typed


def parse_percent(text: str) -> int:
    """Read 0 to 100 with at most two decimals, Western or Thai digits but not both; return basis points.

    Nothing typed is 0. Raises PercentError.
    """
    typed = text.replace("\u00a0", " ").strip()
    if not typed:
        return 0
    plain = to_western(typed)
    if _BELOW.fullmatch(plain):
        raise PercentError(PercentProblem.NEGATIVE, typed)
    match = None if has_mixed_digits(typed) else _PERCENT.fullmatch(plain)
    if match is None:
        raise PercentError(PercentProblem.UNREADABLE, typed)
    points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    if points > WHOLE:
        raise PercentError(PercentProblem.TOO_LARGE, typed)
    return points


def format_percent(points: int, *, signed: bool = False) -> str:
    """Print basis points: 1250 -> "12.5"; a minus is U+2212; `signed` puts + before what is more than 0."""
    whole, rest = divmod(abs(points), 100)
    sign = MINUS if points < 0 else "+" if signed and points > 0 else ""
    return f"{sign}{whole}" + (f".{rest:02}".rstrip("0") if rest else "")
