"""What an entry's details say, each part with its name: no key of the journal's own reaches a reader."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funds.models import Entry
from members.models import Office
from membership.models import Leaving
from reports.selectors.journal import details_of
from reports.words import say_date, say_month
from thai.money import format_baht

# Said elsewhere on the page, or no word for people.
UNSAID = frozenset(
    {"meeting", "person", "proof", "thousandths", "source", "purpose", "photo", "corrects", "payees", "product"}
)
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2})?")
NAMES: dict[str, str | Promise] = {
    "payer": gettext_lazy("Payer"),
    "payee": gettext_lazy("Payee"),
    "member": gettext_lazy("Member no."),
    "name": gettext_lazy("Name"),
    "memo": gettext_lazy("Note"),
    "reason": gettext_lazy("Reason"),
    "slip_ref": gettext_lazy("Slip number"),
    "slip": gettext_lazy("Slip number"),
    "months": gettext_lazy("Months paid"),
    "method": gettext_lazy("Paid by"),
    "resolution": gettext_lazy("Resolution"),
    "activity": gettext_lazy("Activity"),
    "interest": gettext_lazy("Interest in kind"),
    "difference": gettext_lazy("Difference from the books"),
    "due": gettext_lazy("To be brought back by"),
    "loan": gettext_lazy("Loan in kind"),
    "place": gettext_lazy("Place"),
    "contract": gettext_lazy("Contract number"),
    "contracts": gettext_lazy("Contract number"),
    "shares": gettext_lazy("Paid out to"),
    "group": gettext_lazy("Group"),
    "officers": gettext_lazy("First officers"),
    "bank": gettext_lazy("Bank account"),
    "through": gettext_lazy("Compared up to"),
    "book": gettext_lazy("Balance in the bank book"),
    "ledger": gettext_lazy("Balance in the ledger"),
    "open_lines": gettext_lazy("In the bank book only"),
    "open_postings": gettext_lazy("In the ledger only"),
    "beginning": gettext_lazy("Difference from before the comparison began"),
    "erased": gettext_lazy("Entry whose words were erased"),
    "of": gettext_lazy("Account year"),
}
WAYS: dict[str, str | Promise] = {
    "cash": gettext_lazy("cash"),
    "transfer": gettext_lazy("bank transfer"),
    "savings": gettext_lazy("into special savings"),
    "set_off": gettext_lazy("set off against a loan"),
}


def details_in_words(entry: Entry) -> list[tuple[str, str]]:
    """What an entry says, each part with its name."""
    return in_words(details_of(entry))


def in_words(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The same of what was kept; a part without a name of its own keeps its key."""
    shown = {key: value for key, value in details.items() if key not in UNSAID and value not in ("", [], {})}
    return [(str(NAMES.get(key, key)), _SAID.get(key, _plain)(value)) for key, value in shown.items()]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, str) and MONTH.fullmatch(value):
        return say_month(date.fromisoformat(f"{value[:7]}-01"), "short")
    return str(value)


def _way(value: Any) -> str:
    return str(WAYS.get(value, value))


def _baht(value: Any) -> str:
    return _("%(amount)s baht") % {"amount": format_baht(value)}


def _day(value: Any) -> str:
    return say_date(date.fromisoformat(value), "long")


def _reason(value: Any) -> str:
    return str(Leaving.Reason(value).label) if value in Leaving.Reason.values else str(value)


def _shares(value: Any) -> str:
    return ", ".join(f"{each['name']} {_baht(each['satang'])} ({_way(each['method'])})" for each in value)


def _officers(value: Any) -> str:
    return ", ".join(f"{Office.Role(each['office']).label} {each['name']}" for each in value)


_SAID: dict[str, Callable[[Any], str]] = {
    "method": _way,
    "reason": _reason,
    "shares": _shares,
    "officers": _officers,
    "through": _day,
    **dict.fromkeys(("book", "ledger", "open_lines", "open_postings", "beginning"), _baht),
}
