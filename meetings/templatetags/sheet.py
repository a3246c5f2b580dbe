"""Printing for the meeting sheet: five hundred rows within the time of one page, so each text is made once, here."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from meetings.lines import ABSENT, ATTENDED, COLUMNS, MISSED, PAID, WAITING, OwedLoan, SheetLine
from thai.language import active_language
from thai.money import format_baht
from thai.months import MONTHS_EN_SHORT, MONTHS_TH_SHORT

register = template.Library()
ROW_TAIL = "rows/0/"


@register.filter
def sheet_rows(lines: Iterable[SheetLine], row: str) -> SafeString:
    """Write every line as `row` has it, a template's text with `%(name)s` for each text of a line.

    The template engine reads the row once; to let it write five hundred takes four times as long.
    """
    return SafeString("".join([row % texts for texts in _texts(lines)]))


def _texts(lines: Iterable[SheetLine]) -> Iterator[dict[str, str]]:
    """Turn each line into the texts of its row, escaped where a person wrote them."""
    states = _state_labels()
    owed_labels: dict[int, str] = {0: ""}
    for line in lines:
        owed = line.owed_count
        if owed not in owed_labels:
            owed_labels[owed] = _owed_label(owed)
        pledge, fee, fine, loan = (
            (line.pledge_satang, line.fee_satang, line.fine_satang, line.loan_satang)
            if line.received
            else _expected(line)
        )
        yield {
            "n": str(line.number),
            "name": escape(line.name),
            "owed": owed_labels[owed],
            "here": " checked" if line.present else "",
            "attributes": _attributes(line),
            "pledge": _cell(pledge),
            "special": _cell(line.special_satang),
            "fee": _cell(fee),
            "fine": _cell(fine),
            "loan": f'<input class="cell" placeholder=" " value="{_cell(loan)}">' if line.has_loans else "",
            "sum": _money(pledge + line.special_satang + fee + fine + loan),
            "state": states[line.state, line.due_satang > 0],
        }


def _expected(line: SheetLine) -> tuple[int, int, int, int]:
    """What stands in pencil, pledge, fee, fine and loans: nothing for a member who is known not to come."""
    if line.state == ABSENT:
        return 0, 0, 0, 0
    return line.due_satang, line.fee_due_satang, line.fine_due_satang, line.loan_due_satang


@lru_cache(maxsize=1024)  # nearly everybody brings the same
def _cell(satang: int) -> str:
    return format_baht(satang) if satang else ""


@lru_cache(maxsize=1024)
def _money(satang: int) -> str:
    text = format_baht(satang)
    return f'<span class="money">{text[:-3]}<span class="money__satang">{text[-3:]}</span></span>'


def _attributes(line: SheetLine) -> str:
    """The row's classes, and what the page's script must know beside the cells; only what is not the default."""
    css = ("" if line.received else "is-expected") + ("" if line.present else " is-absent")
    text = f'class="{css}" data-n="{line.number}" data-due="{line.due_satang}"'
    data = _due(line)
    if line.household:
        data["household"] = line.household
    if line.version:
        data |= {"version": str(line.version), "operation": str(line.operation), "by": line.saved_by}
        if line.saved_at:
            data["at"] = f"{timezone.localtime(line.saved_at):%H:%M}"
    if line.received:
        data |= _received(line)
    if line.method != "cash":
        data |= {"method": line.method, "slip": line.slip_ref}
    if data:
        text += "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return text


def _due(line: SheetLine) -> dict[str, str]:
    """What is due beside the pledge."""
    data: dict[str, str] = {}
    if line.fee_due_satang:
        data["fee-due"] = str(line.fee_due_satang)
    if line.fine_due_satang:
        data["fine-due"] = str(line.fine_due_satang)
    if line.months_owed:
        data["owed"] = " ".join(line.months_owed)
    if line.owed_loans:
        data["owed-loans"] = " ".join(map(_owed_loan, line.owed_loans))
    return data


def _received(line: SheetLine) -> dict[str, str]:
    """What was received, and for which months and loans."""
    data = {"received": ""}
    data |= {name: str(satang) for name in COLUMNS if (satang := getattr(line, f"{name}_satang"))}
    data["months"] = " ".join(month for month, _satang in line.months)
    if line.loans:
        data["loans"] = " ".join(f"{loan_id}:{satang}" for loan_id, satang in line.loans)
    if line.is_moved:
        data["moved"] = ""
    return data


@lru_cache(maxsize=4096)  # the same contracts at every look at the sheet
def _quoted(number: str) -> str:
    return quote(number, safe="")


def _owed_loan(loan: OwedLoan) -> str:
    """A loan as the script reads it: id:number:due:settlement; the number, as a person wrote it, in per cents."""
    return f"{loan.loan_id}:{_quoted(loan.number)}:{loan.due_satang}:{loan.settlement}"


def _owed_label(count: int) -> str:
    text = ngettext("%(count)s month owed", "%(count)s months owed", count) % {"count": count}
    return f'<span class="owed">{escape(text)}</span>'


def _state_labels() -> dict[tuple[str, bool], str]:
    """The word at a row's end by its state; nothing is missed where nothing was due."""
    check = '<svg class="icon" aria-hidden="true"><use href="#i-check"/></svg>'
    saved, missed = gettext("Saved"), gettext("Missed")
    labels = {
        WAITING: ("waiting", "", gettext("To be entered"), None),
        ATTENDED: ("waiting", "", gettext("Here, to be entered"), None),
        ABSENT: ("saved", check, gettext("Not here · missed"), gettext("Not here")),
        MISSED: ("saved", check, missed, saved),
        PAID: ("saved", check, saved, None),
    }
    return {
        (state, is_due): f'<span class="state state--{kind}">{icon}{escape(text if is_due else other or text)}</span>'
        for state, (kind, icon, text, other) in labels.items()
        for is_due in (True, False)
    }


@register.simple_tag
def still(template_name: str) -> SafeString:
    """Include a template that says the same on every page of one language: rendered once, not at every request."""
    render = _still.__wrapped__ if settings.DEBUG else _still
    return render(template_name, active_language())


@lru_cache(maxsize=32)
def _still(template_name: str, language: str) -> SafeString:
    return SafeString(render_to_string(template_name))


@register.filter
def sheet_key(row_url: str) -> str:
    """Name the sheet by its own address, the part that all its rows' addresses share."""
    return row_url.removesuffix(ROW_TAIL)


@register.filter
def as_json(value: object) -> str:
    """Write a value as JSON for a data attribute (the template escapes it)."""
    return json.dumps(value)


@register.simple_tag
def month_names() -> str:
    """Give the twelve short names of the months, from January on."""
    return "|".join(MONTHS_TH_SHORT if active_language() == "th" else MONTHS_EN_SHORT)
