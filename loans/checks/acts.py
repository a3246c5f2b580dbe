"""Acts on loans are posted as their rows say, by the two people that the rows name; a set-off that waits holds."""

from collections.abc import Iterator

from django.db.models import Sum

from funds.models import Posting
from loans.models import LoanAct
from loans.selectors.act_plans import ALLOWANCE_ACCOUNT, LOAN_ACCOUNT, PLEDGE_SAVINGS
from members.models import Resolution, SavingsGroup

Finding = tuple[str, int, str]
Kind = LoanAct.Kind
# What of the act's entry must add up to its amount: the account, and the sign of the posting.
AMOUNTS = {
    Kind.SET_OFF: (PLEDGE_SAVINGS, 1),
    Kind.WRITE_OFF: (LOAN_ACCOUNT, -1),
    Kind.RECOVERY: ("O4500", -1),
    Kind.ALLOWANCE: (ALLOWANCE_ACCOUNT, -1),
}


def check_acts(group: SavingsGroup) -> Iterator[Finding]:
    """An act's entry is of its kind, day, amount and people; a write-off rests on the general meeting."""
    rows = LoanAct.objects.filter(group=group, entry__isnull=False)
    for act in rows.select_related("entry", "requested_by", "approved_by", "resolution").order_by("pk"):
        assert act.entry is not None
        assert act.approved_by is not None
        entry, said = act.entry, f"act {act.pk}"
        if (entry.kind, entry.booked_on) != (f"loan_{act.kind}", act.done_on):
            yield "loan-act", entry.n, f"{said} is posted as another kind or day"
        if (entry.maker, entry.approvers) != (act.requested_by.code, [act.approved_by.code]):
            yield "I11", entry.n, f"{said} names others than its entry"
        if act.kind in AMOUNTS:
            code, sign = AMOUNTS[Kind(act.kind)]
            postings = Posting.objects.filter(entry=entry, account__code=code)
            if sign * (postings.aggregate(total=Sum("amount", default=0))["total"]) != act.satang:
                yield "loan-act", entry.n, f"{said} is posted with another amount"
        is_general = act.resolution is not None and act.resolution.body == Resolution.Body.GENERAL
        if act.kind == Kind.WRITE_OFF and not is_general:
            yield "loan-act", entry.n, f"{said} wrote off without the general meeting"
    yield from _holds(group)


def _holds(group: SavingsGroup) -> Iterator[Finding]:
    """I9: a set-off holds the borrower's own savings from the asking to the posting, and not beyond it."""
    rows = LoanAct.objects.filter(group=group, kind=Kind.SET_OFF).select_related("hold__account", "loan__member")
    for act in rows.order_by("pk"):
        assert act.loan is not None
        said, needed = f"act {act.pk}", max(act.satang - act.content["held"], 0)
        held = act.hold.satang if act.hold is not None and act.hold.released_at is None else 0
        if held and act.hold is not None and act.hold.account.holder != act.loan.member.holder:
            yield "I9", 0, f"{said} holds the savings of {act.hold.account.holder}"
        if held != (needed if act.is_waiting else 0):
            yield "I9", 0, f"{said} holds {held} satang, {needed if act.is_waiting else 0} are asked for"
