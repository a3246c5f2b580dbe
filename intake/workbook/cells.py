"""Read one cell, as villages write amounts, dates, numbers and names. Raises CellError, guesses nothing."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from intake.workbook.grid import Broken, Value
from intake.workbook.problems import CellError
from thai.dates import DateError, parse_date
from thai.digits import to_western
from thai.money import MAX_SATANG, AmountError, AmountProblem, parse_baht
from thai.months import BUDDHIST_ERA
from thai.national_id import NationalIdError, parse_national_id

MAX_MEMBER_NUMBER = 9999
MAX_INSTALMENTS = 360
MAX_PLEDGE_SATANG = 1_000_000_00  # a month; no group asks for more, and the vow's column takes no more
DASHES = frozenset({"-", "–", "—", "−", "‐", "_", "--"})
MISSED = frozenset({"ขาด", "ขาดส่ง", "ไม่ส่ง", "ไม่มา", "ค้าง", "ค้างส่ง", "ลา", "x", "×", "X"})
SHORT = 80  # letters
MINUS_SIGNS = "-−–"
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_SERIALS = range(3_000, 80_000)
_BAHT_SUFFIX = re.compile(r"\s*(บาท|฿)\s*$|^\s*฿\s*")
_CONTRACT = re.compile(r"[^\s/,]{1,20}(/[0-9]{1,4})?")
_NUMBER = re.compile(r"[0-9]{1,6}")


def is_empty(value: Value | None) -> bool:
    """Tell whether a cell holds nothing to read."""
    return value is None or (isinstance(value, str) and not tidy(value))


def tidy(text: str) -> str:
    """Bring a text to one form: NFC, whole sara am, no doubled sara e for sara ae, single spaces.

    A workbook says the same few short texts thousands of times; they are brought to their form once.
    """
    return _tidied(text) if len(text) <= SHORT else _tidied.__wrapped__(text)


@lru_cache(maxsize=8192)
def _tidied(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33").replace("เเ", "แ")
    text = "".join(" " if char.isspace() else char for char in text if unicodedata.category(char) not in ("Cf", "Co"))
    text = "".join(char for char in text if unicodedata.category(char) != "Cc")
    return " ".join(text.split())


def _written(value: Value | None) -> str | Decimal | date | None:
    """Return what stands in a cell, None for nothing or a dash. Raises on a cell that is broken in the spreadsheet."""
    if is_empty(value) or (isinstance(value, str) and tidy(value) in DASHES):
        return None
    if isinstance(value, Broken):
        raise CellError(value.code, typed=value.text)
    return str(value).upper() if isinstance(value, bool) else value


def read_text(value: Value | None, *, longest: int = 80) -> str:
    """Read a name or a description; empty if nothing stands there."""
    if isinstance(value, Broken):
        raise CellError(value.code, typed=value.text)
    text = "" if value is None else tidy(value if isinstance(value, str) else _shown(_written(value) or ""))
    if len(text) > longest:
        raise CellError("text_too_long", longest=longest)
    return text


def read_amount(value: Value | None) -> int | None:
    """Read an amount in baht as satang; None for an empty cell or a dash. Never negative, at most two decimals."""
    value = _written(value)
    if value is None:
        return None
    if isinstance(value, Decimal):
        return _from_number(value)
    if not isinstance(value, str):
        raise CellError("amount_unreadable", typed=_shown(value))  # a date or TRUE where an amount belongs
    text = tidy(_BAHT_SUFFIX.sub("", value))
    if re.fullmatch(r"\(\s*[0-9๐-๙][0-9๐-๙.,]*\s*\)", text):
        raise CellError("amount_negative", typed=text)
    try:
        return parse_baht(text.replace("–", "-"), allow_zero=True)
    except AmountError as error:
        raise CellError(_AMOUNT_CODES.get(error.problem, "amount_unreadable"), typed=text[:40]) from error


_AMOUNT_CODES = {
    AmountProblem.NEGATIVE: "amount_negative",
    AmountProblem.FRACTION: "amount_fraction",
    AmountProblem.TOO_LARGE: "amount_too_large",
}


def _from_number(number: Decimal) -> int:
    """Turn a number cell into satang; a spreadsheet's floating noise far below a satang is dropped, a part is not."""
    typed = f"{number:f}" if number.is_finite() and abs(number) < 10**15 else str(number)
    if not number.is_finite() or abs(number) * 100 > MAX_SATANG:
        raise CellError("amount_too_large", typed=typed[:40])
    satang = number * 100
    whole = satang.to_integral_value()
    if abs(satang - whole) > Decimal("0.00001"):
        raise CellError("amount_fraction", typed=typed[:40])
    if whole < 0:
        raise CellError("amount_negative", typed=typed[:40])
    return int(whole)


def read_payment(value: Value | None) -> int:
    """Read a month's payment of the pledge register: 0 for an empty cell, a dash or a word for a missed month."""
    if isinstance(value, str) and tidy(value).rstrip(".") in MISSED:
        return 0
    return read_amount(value) or 0


def read_date(value: Value | None) -> date | None:
    """Read a date in either era, as text or as the spreadsheet's own date; None for an empty cell."""
    value = _written(value)
    if value is None:
        return None
    if isinstance(value, date):
        return _in_common_era(value)
    if isinstance(value, Decimal):
        if value.is_finite() and value == value.to_integral_value() and int(value) in EXCEL_SERIALS:
            return EXCEL_EPOCH + timedelta(days=int(value))
        raise CellError("date_unreadable", typed=str(value)[:40])
    try:
        return parse_date(tidy(_shown(value)))
    except DateError as error:
        raise CellError("date_unreadable", typed=tidy(_shown(value))[:40]) from error


def _in_common_era(on: date) -> date:
    """Take a spreadsheet's date; a year typed in the Buddhist Era is a date 543 years ahead."""
    try:
        return parse_date(f"{on.day:02d}/{on.month:02d}/{on.year:04d}")
    except DateError as error:
        raise CellError("date_unreadable", typed=on.isoformat()) from error


def read_member_number(value: Value | None) -> int | None:
    """Read a member number, 1 to 9999, in either digits, with leading zeros or without; None for an empty cell."""
    number = _whole_number(value, "member_number_unreadable")
    if number is not None and not 1 <= number <= MAX_MEMBER_NUMBER:
        raise CellError("member_number_unreadable", typed=str(number))
    return number


def read_instalments(value: Value | None) -> int | None:
    """Read a number of instalments, 1 to 360; None for an empty cell."""
    number = _whole_number(value, "instalments_unreadable")
    if number is not None and not 1 <= number <= MAX_INSTALMENTS:
        raise CellError("instalments_unreadable", typed=str(number))
    return number


def _whole_number(value: Value | None, code: str) -> int | None:
    value = _written(value)
    if value is None:
        return None
    if isinstance(value, Decimal):
        if value.is_finite() and value == value.to_integral_value() and abs(value) < 10**9:
            return int(value)
        raise CellError(code, typed=str(value)[:40])
    text = tidy(_shown(value))
    plain = to_western(text).replace(" ", "")
    if not isinstance(value, str) or not _NUMBER.fullmatch(plain):
        raise CellError(code, typed=text[:40])
    return int(plain)


def read_contract_number(value: Value | None) -> str:
    """Read a contract number such as 1/2567; empty if nothing stands there.

    A spreadsheet turns a typed 1/2567 into the first of January 2567 by itself: that is turned back.
    """
    value = _written(value)
    if value is None:
        return ""
    if isinstance(value, date):
        if value.day != 1:
            raise CellError("contract_number_unreadable", typed=value.isoformat())
        return f"{value.month}/{value.year}"
    text = to_western(tidy(_shown(value))).replace(" ", "")
    if not _CONTRACT.fullmatch(text):
        raise CellError("contract_number_unreadable", typed=text[:40])
    return text


def read_national_id(value: Value | None) -> str:
    """Read the 13 digits; empty if nothing stands there. The code of a refusal carries no digit."""
    try:
        value = _written(value)
        return "" if value is None else parse_national_id(_shown(value))
    except (CellError, NationalIdError) as error:
        raise CellError("national_id_wrong") from error


def _shown(value: str | Decimal | date) -> str:
    if isinstance(value, Decimal):
        if value.is_finite() and value == value.to_integral_value() and abs(value) < 10**15:
            return str(int(value))
        return str(value)
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year + BUDDHIST_ERA if value.year < 2400 else value.year}"
    return value
