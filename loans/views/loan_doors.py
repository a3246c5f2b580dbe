"""Which doors a loan's page shows: only where the person may go in and the loan's state leaves something to do."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loans.models import Loan, LoanAct
from loans.selectors.contracts import is_married, missing_signatures
from loans.selectors.loan_page import LoanPage
from loans.selectors.register import VOID, WAITING, WRITTEN_OFF
from members.access import Right, has_right
from members.models import SavingsGroup, User


@dataclass(frozen=True)
class Door:
    """A way to a page; `look` is its button's class."""

    label: str
    url: str
    look: str = "secondary"


@dataclass(frozen=True)
class Doors:
    """The one next step and its neighbours, the acts, the papers."""

    main: list[Door] = field(default_factory=list)
    acts: list[Door] = field(default_factory=list)
    papers: list[Door] = field(default_factory=list)


def doors_of(page: LoanPage, group: SavingsGroup, user: User) -> Doors:
    """What somebody can do with a loan from its page."""
    may_keep = has_right(user, group, Right.KEEP_LOANS)
    return Doors(
        main=_main(page, group, may_pay=has_right(user, group, Right.KEEP_MEETING), may_keep=may_keep),
        acts=_acts(page, group, may_keep=may_keep),
        papers=_papers(page.loan, group) if may_keep and page.row.state != VOID else [],
    )


def _main(page: LoanPage, group: SavingsGroup, *, may_pay: bool, may_keep: bool) -> list[Door]:
    loan, address = page.loan, [group.code, page.loan.pk]
    if page.row.is_live:
        return [Door(_("Take a repayment"), reverse("loans:repay", args=address), "primary")] if may_pay else []
    if page.row.state != WAITING:
        return []
    is_signed = not missing_signatures(loan)
    doors = [Door(_("Contract and signatures"), reverse("loans:contract", args=address))]
    if is_signed or page.disbursement is not None:
        label = _("Payout waiting for approval") if page.disbursement is not None else _("Pay the loan out")
        return [*doors, Door(label, reverse("loans:payout", args=address), "primary")]
    return [Door(doors[0].label, doors[0].url, "primary" if may_keep else "secondary")]


def _acts(page: LoanPage, group: SavingsGroup, *, may_keep: bool) -> list[Door]:
    loan = page.loan
    doors = []
    if page.letters or page.row.days_late:
        words = urlencode({"q": loan.number, "show": "all"})
        letters = f"{reverse('loans:letters', args=[group.code])}?{words}"
        doors.append(Door(_("Letters about this loan"), letters))
    if not may_keep:
        return doors
    kinds: dict[str, str] = {}
    if page.row.is_live:
        kinds = {
            LoanAct.Kind.RESCHEDULE: _("Agree on a new schedule"),
            LoanAct.Kind.SET_OFF: _("Set off against savings"),
            LoanAct.Kind.WRITE_OFF: pgettext("door", "Write the loan off"),
        }
    elif page.row.state == WRITTEN_OFF:
        kinds = {LoanAct.Kind.RECOVERY: _("Money recovered after the write-off")}
    return doors + [
        Door(label, reverse("loans:act-new", args=[group.code, loan.pk, kind])) for kind, label in kinds.items()
    ]


def _papers(loan: Loan, group: SavingsGroup) -> list[Door]:
    """Of a loan from paper the contract lies in a folder; its schedule and card are printed here."""
    names = {"schedule": _("Schedule"), "card": _("Repayment card")}
    if loan.made_by_id is not None:
        names = {"contract": _("Contract"), "guarantees": _("Guarantee contracts")} | names
        if is_married(loan.member):
            names["consent"] = _("Consent of the spouse")
    return [Door(label, reverse(f"loans:paper-{name}", args=[group.code, loan.pk])) for name, label in names.items()]
