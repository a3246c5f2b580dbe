"""Who leaves: the list with days left and totals, one leaving with its settlement, what waits for a second officer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.models import Entry
from funds.waiting import Waiting
from members.models import Member, SavingsGroup, User
from members.selectors.people import PeopleFilter, people
from membership.errors import SettlementStays
from membership.models import Leaving, Settlement

SHOWS = ("under_way", "settled", "cancelled", "all")


@dataclass(frozen=True)
class LeavingRow:
    """One leaving as a list shows it; days_left < 0: too late by so many days, None once it is settled."""

    leaving: Leaving
    settlement: Settlement | None
    days_left: int | None

    @property
    def is_late(self) -> bool:
        """Whether the savings should have been given back already."""
        return self.days_left is not None and self.days_left < 0

    @property
    def days_late(self) -> int:
        """By how many days."""
        return -(self.days_left or 0)


@dataclass(frozen=True)
class LeavingTotals:
    """A list's sums (satang) and how many of it are late."""

    count: int
    late: int
    owed: int
    set_off: int
    paid: int


def leavings(group: SavingsGroup, *, q: str = "", show: str = "all") -> QuerySet[Leaving]:
    """The leavings of a group, the latest first, each with its settlement that stands (`standing`)."""
    found = Leaving.objects.filter(group=group).select_related("member", "resolution", "recorded_by")
    if show == "under_way":
        found = found.filter(settled_at__isnull=True, cancelled_at__isnull=True)
    elif show == "settled":
        found = found.filter(settled_at__isnull=False)
    elif show == "cancelled":
        found = found.filter(cancelled_at__isnull=False)
    if q:
        found = found.filter(member__in=people(group=group, by=PeopleFilter(q=q)).values("pk"))
    return found.prefetch_related(Prefetch("settlements", settlements(group), to_attr="standing")).order_by("-pk")


def settlements(group: SavingsGroup) -> QuerySet[Settlement]:
    """The settlements of a group that are not cancelled."""
    related = ("leaving__member", "leaving__resolution", "entry", "requested_by", "approved_by", "resolution")
    return Settlement.objects.filter(group=group, cancelled_at__isnull=True).select_related(*related).order_by("-pk")


def leaving_row(leaving: Any, on: date) -> LeavingRow:
    """A leaving of `leavings` with the days that are left."""
    days = (leaving.due_on - on).days if leaving.is_under_way else None
    return LeavingRow(leaving, next(iter(leaving.standing), None), days)


def leaving_totals(rows: list[LeavingRow]) -> LeavingTotals:
    """The sums of a list."""
    standing = [row.settlement for row in rows if row.settlement is not None]
    return LeavingTotals(
        count=len(rows),
        late=sum(1 for row in rows if row.is_late),
        owed=sum(each.owed_satang for each in standing),
        set_off=sum(each.set_off_satang for each in standing),
        paid=sum(each.paid_satang for each in standing),
    )


def leaving_of(member: Member) -> Leaving | None:
    """The member's leaving that is under way or settled."""
    return leavings(member.group).filter(member=member, cancelled_at__isnull=True).first()


def waiting_settlements(group: SavingsGroup, user: User) -> list[Waiting]:
    """The settlements that a second officer has to approve."""
    rows = settlements(group).filter(entry__isnull=True).prefetch_related("payees")
    return [
        Waiting(
            title=_("Settlement of %(name)s, who leaves") % {"name": row.leaving.member.full_name},
            satang=row.paid_satang,
            to=", ".join(payee.name for payee in row.payees.all()),
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("membership:settlement", args=[group.code, row.pk]),
        )
        for row in rows
    ]


def leaving_card(group: SavingsGroup, on: date) -> dict[str, Any]:
    """What the card of the money page says: who leaves, the nearest day first."""
    rows = [leaving_row(each, on) for each in leavings(group, show="under_way")]
    return {"rows": sorted(rows, key=lambda row: row.leaving.due_on)[:3], "totals": leaving_totals(rows)}


def refuse_settlement(entry: Entry, on: date) -> None:
    """Whoever was paid out has left: the settlement stays, and coming back is a decision. Raises SettlementStays."""
    if Settlement.objects.filter(entry=entry).exists():
        raise SettlementStays(number=entry.n)
