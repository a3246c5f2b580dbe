"""The one strict parser of a line of the sheet: JSON as the page sends it -> RowInput, or a sentence per field.

No Django form: two hundred of them would cost more than the whole page. Nothing is guessed, cut or rounded.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from meetings.lines import COLUMNS, RowInput
from savings.months import month_from_text
from thai.money import AmountError, parse_baht
from thai.sentences import amount_sentence

NOTHING = frozenset({"", "-", "–", "—"})
SLIP_LENGTH = 60
MONTHS_MOST = 120
LOANS_MOST = 50
ID_MOST = 2**63 - 1
VERSION_MOST = 2**31 - 1


class RowErrors(ValueError):
    """The sentences, one for each field that could not be read."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(sorted(errors)))
        self.errors = errors


def parse_row(data: Mapping[str, Any]) -> RowInput:
    """Read one line as the page sent it. Raises RowErrors with every field that is wrong, not only the first."""
    errors: dict[str, str] = {}
    amounts = {name: _amount(data, name, errors) for name in COLUMNS}
    given = parse_amount_given(data, errors)
    operation = parse_operation(data.get("operation"), errors)
    present = _truth(data, "present", errors)
    received = _truth(data, "received", errors)
    method = data.get("method", "cash")
    if method not in ("cash", "transfer"):
        errors["method"] = _("Choose cash or bank transfer.")
    slip_ref = clean_text(data.get("slip_ref", ""), "slip_ref", SLIP_LENGTH, errors)
    row = RowInput(
        operation=operation or UUID(int=0),
        version=_version(data, errors),
        present=present,
        received=received,
        months=_months(data, errors),
        loans=_loans(data, errors),
        method=str(method),
        slip_ref=slip_ref,
        given=given,
        **amounts,
    )
    if not errors:
        _check_together(row, errors)
    if errors:
        raise RowErrors(errors)
    return row


def _check_together(row: RowInput, errors: dict[str, str]) -> None:
    if not row.received:
        for name in COLUMNS:
            if getattr(row, name):
                errors[name] = _("Mark the money as received, or leave the amount empty.")
    if row.method == "transfer" and row.total and not row.slip_ref:
        errors["slip_ref"] = _("Type the number of the transfer slip.")
    if row.method == "transfer" and row.given is not None:
        errors["given"] = _("Money is handed over only when paying cash.")
    elif row.given is not None and row.given < row.total:
        errors["given"] = _("The money handed over is less than the sum of the line.")


def _amount(data: Mapping[str, Any], name: str, errors: dict[str, str]) -> int:
    value = data.get(name, "")
    if not isinstance(value, str):
        errors[name] = _("Type the amount in figures.")
        return 0
    typed = value.strip()
    if typed in NOTHING:
        return 0
    try:
        return parse_baht(typed, allow_zero=True)
    except AmountError as error:
        errors[name] = amount_sentence(error)
        return 0


def parse_amount_given(data: Mapping[str, Any], errors: dict[str, str]) -> int | None:
    """Read the money handed over; None where it was not noted."""
    value = data.get("given", "")
    if value is None or (isinstance(value, str) and value.strip() in NOTHING):
        return None
    return _amount(data, "given", errors)


def parse_operation(value: Any, errors: dict[str, str]) -> UUID | None:
    """Read an operation id in its usual form of 36 characters, nothing looser."""
    if isinstance(value, str) and len(value) == 36:
        try:
            operation = UUID(value)
        except ValueError:
            operation = None
        if operation is not None and operation.int and str(operation) == value.lower():
            return operation
    errors["operation"] = _("This page is too old. Load it again.")
    return None


def _version(data: Mapping[str, Any], errors: dict[str, str]) -> int:
    value = data.get("version")
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= VERSION_MOST:
        return value
    errors["version"] = _("This page is too old. Load it again.")
    return 0


def _truth(data: Mapping[str, Any], name: str, errors: dict[str, str]) -> bool:
    value = data.get(name)
    if isinstance(value, bool):
        return value
    errors[name] = _("This page is too old. Load it again.")
    return False


def _months(data: Mapping[str, Any], errors: dict[str, str]) -> tuple[date, ...] | None:
    value = data.get("months")
    if value is None or value == []:
        return None
    try:
        if not isinstance(value, list) or len(value) > MONTHS_MOST:
            raise ValueError
        months = [month_from_text(text) for text in value if isinstance(text, str)]
        if len(months) != len(value) or len(set(months)) != len(months):
            raise ValueError
    except ValueError:
        errors["months"] = _("Choose the months that the pledge pays from the list.")
        return None
    return tuple(sorted(months))


def _loans(data: Mapping[str, Any], errors: dict[str, str]) -> tuple[tuple[int, int], ...] | None:
    """Read how the money for loans is divided, [[loan id, "1,200"], ...]; None where that is left to the server."""
    value = data.get("loans")
    if value is None or value == []:
        return None
    if not isinstance(value, list) or len(value) > LOANS_MOST:
        errors["loan"] = _("This page is too old. Load it again.")
        return None
    parts: dict[int, int] = {}
    for item in value:
        loan_id = item[0] if isinstance(item, list) and len(item) == 2 else None
        if type(loan_id) is not int or not 0 < loan_id <= ID_MOST or loan_id in parts:
            errors["loan"] = _("This page is too old. Load it again.")
            return None
        parts[loan_id] = _amount({"loan": item[1]}, "loan", errors)
    return tuple((loan_id, satang) for loan_id, satang in parts.items() if satang)


def clean_text(value: Any, name: str, length: int, errors: dict[str, str]) -> str:
    """Take a short text: NFC, one line, no control characters, as the journal will want it."""
    if not isinstance(value, str):
        errors[name] = _("Type letters and figures only.")
        return ""
    text = unicodedata.normalize("NFC", value).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for letter in text):
        errors[name] = _("Type letters and figures only.")
        return ""
    if len(text) > length:
        errors[name] = _("Type at most %(count)s characters.") % {"count": length}
        return ""
    return text
