"""The account years of a group, and what waits for the auditor."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from funds.models import AccountYear
from funds.waiting import Waiting
from members.models import SavingsGroup, User
from shareout.models import YearClosing


@dataclass(frozen=True)
class YearLine:
    """An account year in the list: closed, under way, over and to be closed, or waiting for the auditor."""

    year: AccountYear
    state: str
    closing: YearClosing | None = None


def years_of(group: SavingsGroup) -> list[YearLine]:
    """The account years, the latest first; two queries."""
    waiting = {closing.year_id: closing for closing in waiting_rows(group)}
    rows = AccountYear.objects.filter(group=group).select_related("closing").order_by("-starts_on")
    return [YearLine(row, _state(row, waiting.get(row.pk)), waiting.get(row.pk)) for row in rows]


def waiting_rows(group: SavingsGroup) -> QuerySet[YearClosing]:
    """The closes that an auditor has yet to sign."""
    rows = YearClosing.objects.filter(group=group, entry__isnull=True, cancelled_at__isnull=True)
    return rows.select_related("year", "requested_by", "signature")


def waiting_closings(group: SavingsGroup, user: User) -> list[Waiting]:
    """The closes of a year among what waits for a second officer."""
    return [
        Waiting(
            title=_("Close of the account year %(year)s") % {"year": row.year.year},
            satang=abs(row.checklist["operating"]),
            to="",
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("shareout:year", args=[group.code, row.year.year]),
        )
        for row in waiting_rows(group)
    ]


def _state(year: AccountYear, waiting: YearClosing | None) -> str:
    if year.is_closed:
        return "closed"
    if waiting is not None:
        return "waiting"
    return "over" if year.ends_on < timezone.localdate() else "open"
