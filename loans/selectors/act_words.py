"""What an act on a loan says of itself: on its page, to the second officer who signs it, in the list of what waits."""

from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funds.models import Way
from loans.models import Guarantee, LoanAct
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

Kind = LoanAct.Kind
TITLES: dict[str, Any] = {
    Kind.RESCHEDULE: _("New schedule for a loan"),
    Kind.SET_OFF: _("Set a loan off against savings"),
    Kind.WRITE_OFF: _("Write a loan off"),
    Kind.RECOVERY: _("Money recovered from a loan written off"),
    Kind.ALLOWANCE: _("Book the allowance for loans"),
}
_day = lazy(lambda on: format_date(on, "long", active_language()), str)


def act_content(act: LoanAct) -> dict[Any, Any]:
    """Everything that the second officer approves, as it is read."""
    loan = act.loan
    whose = (
        {_("Contract"): loan.number, pgettext_lazy("loan", "Borrower"): f"{loan.member.holder} {loan.member.full_name}"}
        if loan
        else {}
    )
    resolution = {_("Resolution"): f"{act.resolution.number} {act.resolution.subject}"} if act.resolution else {}
    return {
        _("Act"): TITLES[act.kind],
        **whose,
        _("Day"): _day(act.done_on),
        **dict(act_facts(act)),
        _("Reason"): act.reason,
        **resolution,
        _("Reference"): str(act.operation),
    }


def act_facts(act: LoanAct) -> list[tuple[Any, Any]]:
    """The figures of an act, each with what it is called."""
    content = act.content
    match act.kind:
        case Kind.RESCHEDULE:
            return _of_schedule(act, content)
        case Kind.SET_OFF:
            return [
                (_("From the borrower's pledge savings"), format_baht(act.satang)),
                *_amounts(content, (("fine", _("Late charge")), ("interest", _("Interest")))),
                (_("Principal"), format_baht(content["principal"])),
                (_("Outstanding after it"), format_baht(content["left"])),
            ]
        case Kind.WRITE_OFF:
            return [
                (_("Principal written off"), format_baht(act.satang)),
                *_amounts(content, (("allowance", _("Of it from the allowance")), ("cost", _("Of it a loss")))),
                *_amounts(content, (("interest", _("Interest given up")), ("fine", _("Late charge given up")))),
            ]
        case Kind.RECOVERY:
            way = [(_("Way of payment"), Way(content["way"]).label), (_("Paid by"), content["payer"])]
            rest = {_("Bank account"): content["bank"], _("Number of the transfer slip"): content["slip"]}
            return [
                (_("Amount"), format_baht(act.satang)),
                *way,
                *((label, text) for label, text in rest.items() if text),
                (_("Not yet recovered after it"), format_baht(content["rest"])),
            ]
    return [
        (_("Allowance that the loans ask for"), format_baht(content["needed"])),
        (_("Allowance booked so far"), format_baht(content["booked"])),
        (_("To be booked"), format_baht(act.satang, signed=True)),
    ]


def _of_schedule(act: LoanAct, content: dict[str, Any]) -> list[tuple[Any, Any]]:
    agreed, freed = _names(content["agreed"]), _names(content["freed"])
    return [
        (_("Principal to be paid back"), format_baht(act.satang)),
        *_amounts(content, (("interest", _("Interest carried over")), ("fine", _("Late charge carried over")))),
        (_("Instalments"), str(content["instalments"])),
        *([(_("Months of interest only"), str(content["grace"]))] if content["grace"] else []),
        (_("First due on"), _day(date.fromisoformat(content["first_due_on"]))),
        (_("Yearly rate"), f"{content['apr']}%"),
        *([(_("Guarantors who agreed"), agreed)] if agreed else []),
        *([(_("Guarantors who are freed"), freed)] if freed else []),
    ]


def _amounts(content: dict[str, Any], named: tuple[tuple[str, Any], ...]) -> list[tuple[Any, Any]]:
    return [(label, format_baht(content[key])) for key, label in named if content[key]]


def _names(keys: list[int]) -> str:
    rows = Guarantee.objects.filter(pk__in=keys).select_related("member").order_by("position", "pk") if keys else ()
    return ", ".join(row.member.full_name for row in rows)
