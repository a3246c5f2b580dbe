"""Quantities: read strictly, kept as whole thousandths of the unit, so a kilogram is a thousand grams; printed short.

`Grams` is an amount of a unit book. It is a number of grams that knows it is no money: whatever prints amounts (the
`|money` filter, files, sentences) prints it in kilograms, and sums and differences stay what they are.
"""

import re

from django.utils.translation import gettext as _

from thai.digits import has_mixed_digits, to_western

THOUSANDTHS = 1000
MAX_QUANTITY = 9_999_999 * THOUSANDTHS
MINUS = "\u2212"
_QUANTITY = re.compile(r"(?P<whole>[0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})(?:\.(?P<part>[0-9]{1,3}))?", re.ASCII)


class Grams(int):
    """An amount of a unit book, in grams."""

    def __add__(self, other: int) -> "Grams":
        return Grams(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> "Grams":
        return Grams(int(self) - int(other))

    def __mul__(self, other: int) -> "Grams":
        return Grams(int(self) * int(other))

    __rmul__ = __mul__

    def __neg__(self) -> "Grams":
        return Grams(-int(self))

    def __abs__(self) -> "Grams":
        return Grams(abs(int(self)))


def parse_quantity(text: str) -> int | None:
    """Read a quantity > 0 or 0 with at most three decimals, as thousandths; None where it cannot be read in one way."""
    typed = text.replace("\u00a0", " ").strip()
    match = None if has_mixed_digits(typed) else _QUANTITY.fullmatch(to_western(typed))
    if match is None:
        return None
    return int(match["whole"].replace(",", "")) * THOUSANDTHS + int((match["part"] or "").ljust(3, "0"))


def format_quantity(thousandths: int, *, signed: bool = False) -> str:
    """Print a quantity without its unit: 1234500 -> "1,234.5"; a minus is U+2212."""
    whole, part = divmod(abs(int(thousandths)), THOUSANDTHS)
    sign = MINUS if thousandths < 0 else "+" if signed and thousandths > 0 else ""
    return f"{sign}{whole:,}" + (f".{part:03d}".rstrip("0") if part else "")


def format_kg(grams: int, *, signed: bool = False) -> str:
    """Print grams as kilograms with their unit, which stays on the line of its number."""
    return f"{format_quantity(grams, signed=signed)}\u00a0{kilogram()}"


def kilogram() -> str:
    """The short name of the kilogram."""
    return _("kg")
