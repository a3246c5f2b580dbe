"""Amounts: read strictly, kept as whole satang, printed in figures and in words.

An amount is never guessed: what cannot be read in exactly one way is refused with the readings that were perhaps meant.
"""

import re
from decimal import Decimal
from enum import Enum

from num2words import num2words

from thai.digits import has_mixed_digits, to_western

SATANG_PER_BAHT = 100
MAX_SATANG = 99_999_999_99
MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"

_PLAIN = r"0|[1-9][0-9]*"
_GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"
_AMOUNT = re.compile(rf"(?P<baht>{_GROUPED}|{_PLAIN})(?:\.(?P<satang>[0-9]{{1,2}}))?", re.ASCII)
_LONG_FRACTION = re.compile(rf"(?P<baht>{_GROUPED}|{_PLAIN})\.(?P<fraction>[0-9]{{3,}})", re.ASCII)
_SHORT_GROUP = re.compile(r"(?P<baht>[1-9][0-9]{0,2}),(?P<rest>[0-9]{1,2})", re.ASCII)
_WRONG_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]+)+(?:\.[0-9]{1,2})?", re.ASCII)


class AmountProblem(Enum):
    """Why an amount was refused."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    FRACTION = "fraction"
    NEGATIVE = "negative"
    ZERO = "zero"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


class AmountError(ValueError):
    """An amount that cannot be taken; `typed` is what stood there, `readings` what was perhaps meant (satang)."""

    def __init__(
        self, problem: AmountProblem, typed: str = "", readings: tuple[int, ...] = (), *, limit: int = 0
    ) -> None:
        super().__init__(f"{problem.value}: {typed[:40]!r}")
        self.problem = problem
        self.typed = typed
        self.readings = readings
        self.limit = limit


def parse_baht(text: str, *, allow_zero: bool = False, minimum: int = 0, maximum: int = MAX_SATANG) -> int:
    """Read an amount typed in baht and return it in satang.

    Digits are Western or Thai, not both; groups of three by comma or none at all; at most two decimals.
    Accepted: 0 < amount <= 99,999,999.99, or from 0 with `allow_zero`. Raises AmountError.
    """
    typed = text.replace(NO_BREAK_SPACE, " ").strip()
    if not typed:
        raise AmountError(AmountProblem.EMPTY)
    if has_mixed_digits(typed):
        raise AmountError(AmountProblem.UNREADABLE, typed)
    plain = to_western(typed)
    if plain[0] in f"-{MINUS}" and _AMOUNT.fullmatch(plain[1:].strip()):
        raise AmountError(AmountProblem.NEGATIVE, typed)
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise _unreadable(typed, plain)
    satang = _satang(match["baht"], match["satang"] or "")
    return _within(satang, typed, allow_zero=allow_zero, minimum=minimum, maximum=min(maximum, MAX_SATANG))


def _within(satang: int, typed: str, *, allow_zero: bool, minimum: int, maximum: int) -> int:
    if satang == 0:
        if allow_zero:
            return 0
        raise AmountError(AmountProblem.ZERO, typed)
    if satang > maximum:
        raise AmountError(AmountProblem.TOO_LARGE, typed, limit=maximum)
    if satang < minimum:
        raise AmountError(AmountProblem.TOO_SMALL, typed, limit=minimum)
    return satang


def _satang(baht: str, satang: str) -> int:
    digits = baht.replace(",", "").lstrip("0")
    if len(digits) > 12:
        return MAX_SATANG + 1
    return int(digits or "0") * SATANG_PER_BAHT + int(satang.ljust(2, "0"))


def _unreadable(typed: str, plain: str) -> AmountError:
    if match := _LONG_FRACTION.fullmatch(plain):
        fraction = match["fraction"]
        readings = [_satang(match["baht"], fraction[:2])]
        if len(fraction) == 3:
            readings.insert(0, _satang(match["baht"] + fraction, ""))
        return AmountError(AmountProblem.FRACTION, typed, _possible(readings))
    readings = []
    if match := _SHORT_GROUP.fullmatch(plain):
        readings = [_satang(match["baht"] + match["rest"].ljust(3, "0"), ""), _satang(match["baht"], match["rest"])]
    elif _WRONG_GROUPS.fullmatch(plain):
        baht, _, satang = plain.partition(".")
        readings = [_satang(baht, satang)]
    return AmountError(AmountProblem.UNREADABLE, typed, _possible(readings))


def _possible(readings: list[int]) -> tuple[int, ...]:
    return tuple(reading for reading in readings if 0 < reading <= MAX_SATANG)


def format_baht(satang: int, *, signed: bool = False, satang_shown: bool = True) -> str:
    """Print satang as baht: 123456 -> "1,234.56"; a minus is U+2212; `signed` puts + before a positive amount.

    Without `satang_shown` whole baht stand alone ("100"), an amount with satang keeps them.
    """
    baht, rest = divmod(abs(satang), SATANG_PER_BAHT)
    sign = MINUS if satang < 0 else "+" if signed and satang > 0 else ""
    if not satang_shown and rest == 0:
        return f"{sign}{baht:,}"
    return f"{sign}{baht:,}.{rest:02d}"


def baht_in_words(satang: int, language: str = "th") -> str:
    """Say an amount in words, as receipts do: 2121 -> ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์. satang >= 0."""
    if satang < 0:
        raise ValueError(f"an amount in words is never negative: {satang}")
    baht, rest = divmod(satang, SATANG_PER_BAHT)
    if language == "th":
        amount = Decimal(satang).scaleb(-2).quantize(Decimal("0.01"))
        return str(num2words(amount, lang="th", to="currency", currency="THB"))
    words = [f"{num2words(baht, lang='en')} baht"] if baht or not rest else []
    words += [f"{num2words(rest, lang='en')} satang"] if rest else []
    return " and ".join(words)
