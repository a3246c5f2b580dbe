"""Deposits and withdrawals at the bank outside the meeting day: the list, and what waits for approval."""

from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from funds.models import BankAccount, BankMove
from funds.selectors.reversals import with_reversal
from funds.waiting import Waiting
from members.models import SavingsGroup, User

RELATED = ("source", "target", "requested_by", "approved_by", "cancelled_by", "entry", "signature__signed_by", "photo")


def bank_moves(group: SavingsGroup, *, words: str = "", kind: str = "", account: BankAccount | None = None) -> Any:
    """The moves of a group, newest first, found by slip, note, bank or amount in baht."""
    rows = with_reversal(BankMove.objects.filter(group=group)).select_related(*RELATED).order_by("-moved_on", "-pk")
    if kind:
        rows = rows.filter(kind=kind)
    if account is not None:
        rows = rows.filter(Q(source=account) | Q(target=account))
    if words:
        found = Q(slip_ref__icontains=words) | Q(memo__icontains=words)
        found |= Q(source__number__icontains=words) | Q(target__number__icontains=words)
        rows = rows.filter(found)
    return rows


def posted_sums(rows: QuerySet[BankMove]) -> dict[str, int]:
    """What was posted of a list and stands, by kind."""
    standing = rows.filter(entry__isnull=False, entry__reversals__isnull=True)
    sums = standing.order_by().values_list("kind").annotate(Sum("satang"))
    return dict.fromkeys(BankMove.Kind.values, 0) | dict(sums)


def waiting_moves(group: SavingsGroup, user: User) -> list[Waiting]:
    """What waits for a second officer at the bank, for the list of approvals."""
    rows = bank_moves(group).filter(entry__isnull=True, cancelled_at__isnull=True)
    return [
        Waiting(
            title=row.get_kind_display(),
            satang=row.satang,
            to=str(row.target or row.source),
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("funds:bank-move", args=[group.code, row.pk]),
            text=row.slip_ref,
        )
        for row in rows
    ]
