"""Payouts: what waits for a second officer, and the lists of contracts that are not paid out yet."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.waiting import Waiting
from loans.models import Disbursement, Loan
from members.models import SavingsGroup, User


def payouts(group: SavingsGroup) -> QuerySet[Disbursement]:
    """The payouts of a group, the latest first."""
    related = ("loan__member", "entry", "requested_by", "approved_by", "cancelled_by", "signature__signed_by", "hold")
    return Disbursement.objects.filter(group=group).select_related(*related).order_by("-pk")


def payout_of(loan: Loan) -> Disbursement | None:
    """The payout of a contract that is not cancelled."""
    return payouts(loan.group).filter(loan=loan, cancelled_at__isnull=True).first()


def ready_to_pay(group: SavingsGroup) -> QuerySet[Loan]:
    """The contracts that the borrower has signed and that no payout was asked for yet, by number of contract."""
    asked = Disbursement.objects.filter(group=group, cancelled_at__isnull=True).values("loan")
    rows = Loan.objects.filter(
        group=group, signed_on__isnull=False, paid_out_on__isnull=True, cancelled_on__isnull=True
    ).exclude(pk__in=asked)
    return rows.select_related("member", "product").order_by("pk")


def waiting_payouts(group: SavingsGroup, user: User) -> list[Waiting]:
    """The payouts beside the meeting that a second officer has to approve."""
    rows = payouts(group).filter(entry__isnull=True, cancelled_at__isnull=True).exclude(way=Disbursement.MEETING)
    return [
        Waiting(
            title=_("Payout of loan %(number)s") % {"number": row.loan.number},
            satang=row.loan.satang,
            to=row.loan.member.full_name,
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("loans:payout", args=[group.code, row.loan_id]),
        )
        for row in rows
    ]
