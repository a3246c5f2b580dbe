"""Months and account years. A month is the date of its first day; an account year may begin in any month."""

from collections.abc import Iterator
from datetime import date

BUDDHIST_ERA = 543

MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_TH_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_EN_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_of(on: date) -> date:
    """Return the first day of the month in which `on` lies."""
    return date(on.year, on.month, 1)


def add_months(month: date, count: int) -> date:
    """Return the month `count` months after (before, if negative) the month of `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield every month from the month of `first` to the month of `last`, both included; nothing if last < first."""
    for count in range(months_apart(first, last) + 1):
        yield add_months(first, count)


def months_apart(first: date, last: date) -> int:
    """Count the months from the month of `first` to the month of `last`: 0 within one month, negative backwards."""
    return (last.year - first.year) * 12 + last.month - first.month


def days_in_month(month: date) -> int:
    """Count the days of the month of `month`."""
    return (add_months(month, 1) - month_of(month)).days


def buddhist_year(on: date) -> int:
    """Return the Buddhist-Era calendar year: 2026 C.E. is 2569."""
    return on.year + BUDDHIST_ERA


def account_year(on: date, *, start_month: int = 1) -> int:
    """Return the account year (B.E.) in which `on` lies; a year is named after the calendar year in which it begins."""
    return buddhist_year(on) - (1 if on.month < start_month else 0)


def account_year_start(year: int, *, start_month: int = 1) -> date:
    """Return the first day of account year `year` (B.E.)."""
    return date(year - BUDDHIST_ERA, start_month, 1)


def format_month(month: date, style: str = "long", language: str = "th") -> str:
    """Name a month: long "มกราคม 2569", short "ม.ค. 2569", passbook "ม.ค. 69", name "มกราคม", name_short "ม.ค."."""
    long_names, short_names = (MONTHS_TH, MONTHS_TH_SHORT) if language == "th" else (MONTHS_EN, MONTHS_EN_SHORT)
    year = buddhist_year(month)
    index = month.month - 1
    match style:
        case "long":
            return f"{long_names[index]}\u00a0{year}"
        case "short":
            return f"{short_names[index]}\u00a0{year}"
        case "passbook":
            return f"{short_names[index]}\u00a0{year % 100:02d}"
        case "name":
            return long_names[index]
        case "name_short":
            return short_names[index]
    raise ValueError(f"unknown month style: {style}")
