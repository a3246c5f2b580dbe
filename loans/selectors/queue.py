"""What can be lent, and who waits for it: approved and not paid out, in the order of approval or as was ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from funds.balances import held_amounts
from funds.models import Account
from funds.selectors import balances
from loans.models import Disbursement, Loan, LoanApplication
from members.models import Member, SavingsGroup

BOX, BANK = "O1100", "O1200"
Status = LoanApplication.Status


@dataclass(frozen=True, slots=True)
class Lendable:
    """The operating money that is there (satang): `held` for payments that wait, `promised` by approvals."""

    cash: int
    bank: int
    held: int
    promised: int

    @property
    def free(self) -> int:
        """What is left for loans not decided yet; below 0 where more is promised than is there."""
        return self.cash + self.bank - self.held - self.promised

    @property
    def there(self) -> int:
        """What those who were approved are paid from."""
        return self.cash + self.bank - self.held


@dataclass(frozen=True)
class Queued:
    """One who was approved and waits for the money."""

    application: LoanApplication
    member: Member
    satang: int
    rank: int
    reason: str
    loan: Loan | None
    can_be_paid: bool
    is_asked_for: bool


def lendable(group: SavingsGroup) -> Lendable:
    """The operating cash and bank, less what waiting payments hold and what approvals promise; a handful of queries."""
    accounts = list(Account.objects.filter(group=group, code__in=(BOX, BANK)))
    asked = _asked_for(group)
    return Lendable(
        cash=sum(balances(group, BOX).values()),
        bank=sum(balances(group, BANK).values()),
        held=sum(held_amounts(group, accounts).values()),
        promised=sum(row.decision.satang for row in _approved(group) if row.pk not in asked),
    )


def loan_queue(group: SavingsGroup) -> list[Queued]:
    """Everybody who was approved and is not paid out, first first; from where the money is short nobody can be paid."""
    rows = _ranked(_approved(group))
    asked, left = _asked_for(group), lendable(group).there
    found = []
    for rank, row in enumerate(rows, 1):
        is_asked_for = row.pk in asked
        satang = row.decision.satang
        left -= 0 if is_asked_for else satang
        loan = next(iter(row.unpaid), None)  # type: ignore[attr-defined]
        reason = row.queue_reason if row.queue_rank is not None else ""
        found.append(Queued(row, row.member, satang, rank, reason, loan, is_asked_for or left >= 0, is_asked_for))
    return found


def _approved(group: SavingsGroup) -> list[LoanApplication]:
    """Approved or under contract, not paid out, in the order of the decisions; two queries."""
    unpaid = Loan.objects.filter(group=group, paid_out_on__isnull=True, cancelled_on__isnull=True)
    contracted = Q(status=Status.CONTRACTED, pk__in=unpaid.filter(application__isnull=False).values("application"))
    rows = LoanApplication.objects.filter(Q(status=Status.APPROVED) | contracted, group=group)
    found = rows.select_related("member", "product", "decision__resolution")
    found = found.prefetch_related(Prefetch("contracts", unpaid, to_attr="unpaid"))
    return list(found.order_by("decision__resolution__decided_on", "decision__pk"))


def _ranked(rows: Sequence[LoanApplication]) -> list[LoanApplication]:
    """Those whom the committee gave a place stand there; the others keep their order around them."""
    order = [row for row in rows if row.queue_rank is None]
    for row in sorted((row for row in rows if row.queue_rank is not None), key=lambda row: row.queue_rank or 0):
        order.insert((row.queue_rank or 1) - 1, row)
    return order


def _asked_for(group: SavingsGroup) -> set[int]:
    """The applications whose payout waits and holds its money already."""
    rows = Disbursement.objects.filter(group=group, entry__isnull=True, cancelled_at__isnull=True, hold__isnull=False)
    return {pk for pk in rows.values_list("loan__application", flat=True) if pk is not None}
