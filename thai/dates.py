"""Dates as villagers write them: both eras, Thai digits, month names. Kept as dates, printed in the Buddhist Era.

Which era a year belongs to follows from the number alone, never from today's date:

- four digits 2443-2643 are Buddhist Era, 1900-2100 are the Common Era, every other year is refused; the ranges
  do not meet, so `22/11/2569` is 22 November 2026 and cannot be the year 2569 C.E.;
- two digits are the Buddhist Era 2500-2599, as in a passbook: `5 ม.ค. 69` is 5 January 2026;
- a written พ.ศ. or ค.ศ. must agree with the number.

The day stands first (`05/01/2568` is 5 January); only a four-digit first part makes it year-month-day (ISO).
"""

import re
from datetime import date
from enum import Enum

from thai.digits import has_mixed_digits, to_western
from thai.months import (
    BUDDHIST_ERA,
    MONTHS_EN,
    MONTHS_EN_SHORT,
    MONTHS_TH,
    MONTHS_TH_SHORT,
    buddhist_year,
    days_in_month,
    format_month,
)

BUDDHIST_YEARS = range(2443, 2644)
COMMON_YEARS = range(1900, 2101)
_LONGEST = 60
WEEKDAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ERA = r"(?P<era>พ\s*\.?\s*ศ\s*\.?|ค\s*\.?\s*ศ\s*\.?|b\.?\s*e\.?|c\.?\s*e\.?|a\.?\s*d\.?)?"
_YEAR = rf"{_ERA}\s*(?P<year>[0-9]{{4}}|[0-9]{{2}})"
_NUMERIC = re.compile(rf"(?P<day>[0-9]{{1,2}})\s*(?P<sep>[/.\-])\s*(?P<month>[0-9]{{1,2}})\s*(?P=sep)\s*{_YEAR}")
_ISO = re.compile(r"(?P<year>[0-9]{4})(?P<sep>[/.\-])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?P<era>)")
_NAMED = re.compile(rf"(?:วันที่\s*)?(?P<day>[0-9]{{1,2}})\s*(?:เดือน\s*)?(?P<name>[a-z.\u0e01-\u0e4e]+?)[.,]?\s*{_YEAR}")


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for table in (MONTHS_TH, MONTHS_TH_SHORT, MONTHS_EN, MONTHS_EN_SHORT):
        for index, name in enumerate(table, start=1):
            names[name.replace(".", "").lower()] = index
    names["sept"] = 9
    return names


_MONTH_NUMBERS = _month_names()


class DateProblem(Enum):
    """Why a date was refused."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    MONTH = "month"
    DAY = "day"
    YEAR = "year"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"


class DateError(ValueError):
    """A date that cannot be taken, with the numbers that its sentence needs."""

    def __init__(
        self,
        problem: DateProblem,
        typed: str = "",
        *,
        month: date | None = None,
        limit: date | None = None,
        number: int = 0,
    ) -> None:
        super().__init__(f"{problem.value}: {typed[:40]!r}")
        self.problem = problem
        self.typed = typed
        self.month = month
        self.limit = limit
        self.number = number


def parse_date(text: str, *, earliest: date | None = None, latest: date | None = None) -> date:
    """Read a date in either era, with Thai or Western digits, month by number or name. Raises DateError."""
    typed = " ".join(text.replace("\u00a0", " ").split())
    if not typed:
        raise DateError(DateProblem.EMPTY)
    plain = to_western(typed[: _LONGEST + 1]).lower()
    match = _ISO.fullmatch(plain) or _NUMERIC.fullmatch(plain) or _NAMED.fullmatch(plain)
    if match is None or len(typed) > _LONGEST or has_mixed_digits(typed):
        raise DateError(DateProblem.UNREADABLE, typed)
    groups = match.groupdict()
    if "name" in groups:
        month = _MONTH_NUMBERS.get(groups["name"].replace(".", ""), 0)
        if month == 0:
            raise DateError(DateProblem.UNREADABLE, typed)
    else:
        month = int(groups["month"])
    year = _common_year(groups["year"], groups["era"] or "", typed)
    return _checked(year, month, int(groups["day"]), typed, earliest, latest)


def _common_year(digits: str, era: str, typed: str) -> int:
    number = int(digits)
    written_in = "BE" if era[:1] in ("พ", "b") and era else "CE" if era else ""
    if len(digits) == 2:
        if written_in == "CE":
            raise DateError(DateProblem.YEAR, typed, number=number)
        return 2500 + number - BUDDHIST_ERA
    if number in BUDDHIST_YEARS and written_in != "CE":
        return number - BUDDHIST_ERA
    if number in COMMON_YEARS and written_in != "BE":
        return number
    raise DateError(DateProblem.YEAR, typed, number=number)


def _checked(year: int, month: int, day: int, typed: str, earliest: date | None, latest: date | None) -> date:
    if not 1 <= month <= 12:
        raise DateError(DateProblem.MONTH, typed, number=month)
    first = date(year, month, 1)
    if not 1 <= day <= days_in_month(first):
        raise DateError(DateProblem.DAY, typed, month=first, number=days_in_month(first))
    on = date(year, month, day)
    if earliest is not None and on < earliest:
        raise DateError(DateProblem.TOO_EARLY, typed, limit=earliest)
    if latest is not None and on > latest:
        raise DateError(DateProblem.TOO_LATE, typed, limit=latest)
    return on


def format_date(on: date, style: str = "long", language: str = "th") -> str:
    """Print a date in the Buddhist Era, its parts held together by no-break spaces.

    long "5 มกราคม 2569" · short "5 ม.ค. 2569" · passbook "5 ม.ค. 69" · weekday "วันจันทร์ที่ 5 มกราคม 2569" ·
    numeric "05/01/2569" (what a form shows again, readable by parse_date).
    """
    if style == "numeric":
        return f"{on.day:02d}/{on.month:02d}/{buddhist_year(on)}"
    if style == "weekday":
        day = format_date(on, "long", language)
        thai = f"วัน{WEEKDAYS_TH[on.weekday()]}ที่\u00a0{day}"
        return thai if language == "th" else f"{WEEKDAYS_EN[on.weekday()]} {day}"
    if style not in ("long", "short", "passbook"):
        raise ValueError(f"unknown date style: {style}")
    return f"{on.day}\u00a0{format_month(on, style, language)}"
