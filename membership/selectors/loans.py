"""Loans and leaving: what still binds a member, and own loans that are paid off out of the savings."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from loans.models import Loan, LoanApplication
from loans.selectors.cover import ASKED
from loans.selectors.due import later_repayments
from loans.selectors.guarantors import borrower_of, standings_of
from loans.selectors.standings import live_loans, standings
from members.models import Member
from membership.obstacles import Obstacle
from membership.settlement import Debt, Settlement

LOAN, INTEREST, FINE = "O1300", "O4100", "O4200"
DRAFT = LoanApplication.Status.DRAFT


@dataclass(frozen=True)
class PaidOff:
    """What a settlement pays of one own loan (satang)."""

    loan: Loan
    principal: int
    interest: int
    fine: int


def own_loans(member: Member, on: date) -> list[Loan]:
    """The member's loans with principal owed at the end of a day, by contract."""
    return list(live_loans(member.group, on).filter(member=member).select_related("group", "hold"))


def guarantees(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """Whoever stands guarantor stays until the loan is paid back or another stands in their place."""
    found = []
    for each in standings_of(member):
        loan = each.guarantee.loan
        words = {"name": borrower_of(each.guarantee).full_name, "contract": loan.number if loan else ""}
        if loan is None:
            text = _("Stands guarantor for an application of %(name)s") % words
            url = reverse("loans:application", args=[member.group.code, each.guarantee.application_id])
        else:
            text = _("Stands guarantor for %(name)s, contract %(contract)s") % words
            url = reverse("loans:loan", args=[member.group.code, loan.pk])
        found.append(Obstacle(text, url, each.outstanding or 0))
    return found


def loans_under_way(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """A loan asked for is taken back, a contract not paid out is cancelled, before somebody leaves."""
    group = member.group.code
    asked = LoanApplication.objects.filter(member=member, status__in=[DRAFT, *ASKED]).order_by("number")
    unpaid = Loan.objects.filter(member=member, paid_out_on__isnull=True, cancelled_on__isnull=True)
    found = [
        Obstacle(
            _("A loan application is under way: no. %(number)s") % {"number": each.number},
            reverse("loans:application", args=[group, each.pk]),
            each.satang,
        )
        for each in asked
    ]
    return found + [
        Obstacle(
            _("A loan contract is not paid out yet: %(contract)s") % {"contract": loan.number},
            reverse("loans:loan", args=[group, loan.pk]),
            loan.satang,
        )
        for loan in unpaid.order_by("number")
    ]


def loan_debts(member: Member, on: date) -> list[Debt]:
    """Each own loan with everything that frees the borrower on that day: fines, interest, principal; none lapses."""
    loans = own_loans(member, on)
    found = standings(member.group, on, loans=loans)
    debts = []
    for loan in loans:
        standing = found[loan.pk]
        interest = standing.interest_owed + standing.settlement_interest
        parts = ((FINE, "", standing.fine_owed), (INTEREST, "", interest), (LOAN, loan.number, standing.outstanding))
        debts += [Debt(code, holder, satang, contract=loan.number) for code, holder, satang in parts if satang]
    return debts


def last_repaid_on(member: Member, on: date) -> date | None:
    """The last day after `on` on which an own loan was repaid: nothing can be settled before it."""
    loans = Loan.objects.filter(member=member, paid_out_on__isnull=False).values_list("pk", flat=True)
    return max(later_repayments(loans, on).values(), default=None)


def held_for_own_loans(member: Member, on: date) -> int:
    """Own pledge savings that secure own loans; the settlement pays these loans off, so they stand in nobody's way."""
    holds = [loan.hold for loan in own_loans(member, on)]
    return sum(hold.satang for hold in holds if hold is not None and hold.released_at is None)


def paid_off(member: Member, on: date, settlement: Settlement) -> list[PaidOff]:
    """What a settlement pays of each own loan."""
    parts: dict[tuple[str, str], int] = {}
    for each in settlement.set_off:
        if each.debt.contract:
            parts[each.debt.contract, each.debt.code] = each.satang
    found = [
        PaidOff(
            loan=loan,
            principal=parts.get((loan.number, LOAN), 0),
            interest=parts.get((loan.number, INTEREST), 0),
            fine=parts.get((loan.number, FINE), 0),
        )
        for loan in own_loans(member, on)
    ]
    return [each for each in found if each.principal or each.interest or each.fine]
