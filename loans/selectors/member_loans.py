"""One member and loans: the own ones, those guaranteed, and what may still be borrowed."""

from dataclasses import dataclass
from datetime import date

from loans.models import Guarantee, LoanProduct, LoanTerms
from loans.selectors.guarantors import borrower_of, most_guarantees, standings_of
from loans.selectors.limits import Limit, may_borrow
from loans.selectors.products import products_given
from loans.selectors.register import RegisterRow, loans_of, register_rows
from loans.selectors.standings import standings
from loans.standing import Standing
from members.models import Member


@dataclass(frozen=True)
class GuaranteedLoan:
    """A live guarantee (satang): for whom, what is still owed, how late the borrower is; None: not paid out yet."""

    guarantee: Guarantee
    borrower: Member
    outstanding: int | None
    standing: Standing | None

    @property
    def days_late(self) -> int:
        """Days since the borrower's oldest unpaid due date."""
        return self.standing.days_past_due if self.standing else 0

    @property
    def overdue(self) -> int:
        """What the borrower should have paid by today and has not (satang)."""
        return self.standing.due_satang if self.standing and self.days_late else 0


@dataclass(frozen=True)
class Borrowing:
    """What a member may borrow of one product today."""

    product: LoanProduct
    terms: LoanTerms
    limit: Limit


@dataclass(frozen=True)
class MemberLoans:
    """A member's own loans, the live ones first, and the guarantees that bind."""

    live: tuple[RegisterRow, ...]
    ended: tuple[RegisterRow, ...]
    guarantees: tuple[GuaranteedLoan, ...]
    most_guarantees: int

    @property
    def outstanding(self) -> int:
        """Principal owed on all own loans (satang)."""
        return sum(row.outstanding for row in self.live)

    @property
    def stands_for(self) -> int:
        """Savings held for other members' loans (satang)."""
        return sum(each.guarantee.satang for each in self.guarantees)


def member_loans(member: Member, on: date) -> MemberLoans:
    """The loans of a member and those guaranteed, as they stand on a day; a constant number of queries."""
    group = member.group
    rows = register_rows(group, loans_of(group).filter(member=member), on)
    bound = standings_of(member)
    loans = [each.guarantee.loan for each in bound if each.guarantee.loan is not None]
    found = standings(group, on, loans=loans)
    return MemberLoans(
        live=tuple(row for row in rows if row.is_live or row.state == "waiting"),
        ended=tuple(row for row in rows if not row.is_live and row.state != "waiting"),
        guarantees=tuple(
            GuaranteedLoan(
                guarantee=each.guarantee,
                borrower=borrower_of(each.guarantee),
                outstanding=each.outstanding,
                standing=found.get(each.guarantee.loan_id or 0),
            )
            for each in bound
        ),
        most_guarantees=most_guarantees(group),
    )


def borrowings(member: Member, on: date) -> list[Borrowing]:
    """What a member may borrow of each product given today, and why not more."""
    return [
        Borrowing(product, terms, may_borrow(member, product, on))
        for product, terms in products_given(member.group, on)
    ]
