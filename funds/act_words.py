"""What an act says: to the second officer who signs it, in the journal's words, on lists and papers."""

from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from funds.models import Act, Way
from thai.dates import format_date
from thai.money import format_baht
from thai.quantities import format_quantity, kilogram

KILOGRAM = "กก."
_kilogram = lazy(kilogram, str)


def amount_said(act: Act) -> str:
    """The quantity with its unit, as the journal and the papers keep it."""
    unit = act.good.unit if act.good else KILOGRAM
    return f"{format_quantity(act.quantity)} {unit}"


def unit_of_act(act: Act) -> str:
    """The unit of its quantity, in the language of the reader."""
    return act.good.unit if act.good else kilogram()


def act_title(act: Act) -> Any:
    """What is asked for, in the language of the reader."""
    return act.deed.label


def waiting_title(act: Act) -> str:
    """What holds money or goods back, in one line."""
    return f"{act.deed.label}: {act.activity.name}"


def act_content(act: Act) -> dict[Any, Any]:
    """What the second officer signs: everything about the act, as it is read."""
    content: dict[Any, Any] = {
        _("Activity"): act.activity.name,
        _("Day"): act.done_on,
        _("Quantity"): _signed_quantity(act, act.quantity),
    }
    rest = {
        _("Good"): act.good.name if act.good else act.activity.goods_in_kind,
        _("Amount (baht)"): format_baht(act.satang) if act.satang else "",
        _("Paid from"): Way(act.way).label if act.way else "",
        _("Bank account"): act.bank_holder,
        _("Slip"): act.slip_ref,
        _("Member"): f"{act.member.number} {act.member.full_name}" if act.member else "",
        _("To or from whom"): act.party,
        _("Loan in kind"): act.loan.number if act.loan else "",
        _("Interest in kind"): format_lazy("{} {}", format_quantity(act.interest), _kilogram()) if act.interest else "",
        _("To be brought back by"): act.due_on or "",
        _("Difference from the books"): _signed_quantity(act, act.change, signed=True) if act.deed.counts else "",
        _("Undoes entry"): act.undoes.entry.n if act.undoes and act.undoes.entry else "",
        _("Reason"): act.reason,
        _("Resolution"): act.resolution.number if act.resolution else "",
    }
    content |= {label: text for label, text in rest.items() if text}
    content[_("Reference")] = str(act.operation)
    return content


def _signed_quantity(act: Act, thousandths: int, *, signed: bool = False) -> Promise:
    """A quantity with its unit, worded when it is read: asker and signer may read different languages."""
    return format_lazy("{} {}", format_quantity(thousandths, signed=signed), act.good.unit if act.good else _kilogram())


def _difference(act: Act) -> str:
    if not act.deed.counts:
        return ""
    unit = act.good.unit if act.good else KILOGRAM
    return f"{format_quantity(act.change, signed=True)} {unit}"


def act_details(act: Act) -> dict[str, Any]:
    """The words of its entry; who paid or was paid stands under the names that the papers read."""
    good = act.good.name if act.good else str(act.activity.goods_in_kind)
    name = act.member.full_name if act.member else act.loan.member.full_name if act.loan else act.party
    comes_in = act.kind in ("gift_in", "sale", "kind_sale", "kind_return", "kind_deposit", "kind_gift")
    words: dict[str, Any] = {
        "thousandths": act.quantity,
        "activity": act.activity.name,
        "payer" if comes_in else "payee": name,
        "member": act.member.holder if act.member else act.loan.member.holder if act.loan else "",
        "memo": f"{good} {amount_said(act)}",
        "reason": act.reason,
        "resolution": act.resolution.number if act.resolution else "",
        "method": act.way,
        "slip": act.slip_ref,
        "interest": f"{format_quantity(act.interest)} {KILOGRAM}" if act.interest else "",
        "difference": _difference(act),
        "due": format_date(act.due_on) if act.due_on else "",
        "loan": act.loan.number if act.loan else act.made_loan.number if act.made_loan else "",
    }
    return {key: value for key, value in words.items() if value not in ("", None)}
