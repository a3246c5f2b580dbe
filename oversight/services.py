"""Take the figures of groups from their books, so that a district reads one row per group."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone

from funds.models import Entry, Posting
from loans.selectors.risk import risk_by_group
from meetings.models import Meeting
from members.group_settings import SETTINGS
from members.models import District, GroupSetting, Member, SavingsGroup
from oversight.models import GroupFigures

AT_ONCE = 200
TAKEN = [field.name for field in GroupFigures._meta.concrete_fields if field.name not in ("id", "group")]


def refresh_figures(*, district: District) -> int:
    """Take the figures again of every group of a district whose copy may be old; return how many.

    Old is a copy of another day, one taken before the group opened or closed its last meeting, or none at all.
    """
    groups = SavingsGroup.objects.filter(village__tambon__district=district)
    copies = GroupFigures.objects.filter(district=district, taken_on=timezone.localdate())
    found = copies.aggregate(count=Count("pk"), since=Min("taken_at"))
    moved = _moved_since(district, found["since"]) if found["since"] else set()
    if not moved and groups.count() == found["count"]:
        return 0
    fresh = copies.exclude(group__in=moved).values("group")
    return take_figures(groups=list(groups.exclude(pk__in=fresh).select_related("village__tambon")))


def _moved_since(district: District, since: datetime) -> set[int]:
    """The groups that opened or closed a meeting after their copy was taken; `since` is the oldest copy's moment."""
    meetings = Meeting.objects.filter(Q(opened_at__gt=since) | Q(closed_at__gt=since))
    rows = meetings.filter(group__village__tambon__district=district)
    moments = rows.values_list("group_id", "opened_at", "closed_at", "group__figures__taken_at")
    return {
        group_id
        for group_id, opened_at, closed_at, taken_at in moments
        if taken_at is not None and max(filter(None, (opened_at, closed_at))) > taken_at
    }


def take_figures(*, groups: Sequence[SavingsGroup]) -> int:
    """Take the figures of these groups now; a dozen statements for every 200 groups."""
    for start in range(0, len(groups), AT_ONCE):
        _take(groups[start : start + AT_ONCE])
    return len(groups)


@transaction.atomic
def _take(groups: Sequence[SavingsGroup]) -> None:
    ids = [group.pk for group in groups]
    today = timezone.localdate()
    books, people, meetings = _books(ids), _people(ids), _meetings(ids, today)
    days, heads, risks = _meeting_days(ids, today), _heads(ids), risk_by_group(ids, today)
    now = timezone.now()
    rows = [
        GroupFigures(
            group=group,
            district_id=group.village.tambon.district_id,
            tambon_id=group.village.tambon_id,
            name=group.village.name,
            moo=group.village.moo,
            taken_on=today,
            taken_at=now,
            head=heads.get(group.pk, 0),
            meeting_day=days.get(group.pk, SETTINGS["meeting_day"].default),
            late_loans=risks[group.pk].late,
            at_risk_satang=risks[group.pk].at_risk,
            **books[group.pk],
            **people.get(group.pk, {}),
            **meetings.get(group.pk, {}),
        )
        for group in groups
    ]
    GroupFigures.objects.bulk_create(rows, update_conflicts=True, unique_fields=["group"], update_fields=TAKEN)


def _books(ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Sum the postings of each group by account code; savings are turned to positive figures."""
    figures: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sums = Posting.objects.filter(group_id__in=ids).order_by().values_list("group_id", "account__code")
    for group_id, code, satang in sums.annotate(satang=Sum("amount")):
        row = figures[group_id]
        if code.startswith("O1"):
            row["operating_satang"] += satang
        elif code.startswith("A1"):
            row["admin_satang"] += satang
        match code[1:]:
            case "1100":
                row["cash_satang"] += satang
            case "1200":
                row["bank_satang"] += satang
        match code:
            case "O1300":
                row["loans_satang"] += satang
            case "O2100":
                row["pledge_satang"] -= satang
            case "O2200":
                row["special_satang"] -= satang
    return figures


def _people(ids: Sequence[int]) -> dict[int, dict[str, int]]:
    counted = Member.objects.filter(group_id__in=ids, status=Member.Status.ACTIVE).order_by().values("group_id")
    rows = counted.annotate(members=Count("pk"), households=Count("household", distinct=True))
    return {row["group_id"]: {"members": row["members"], "households": row["households"]} for row in rows}


def _meetings(ids: Sequence[int], today: date) -> dict[int, dict[str, Any]]:
    counted = Meeting.objects.filter(group_id__in=ids, held_on__lte=today).order_by().values_list("group_id")
    rows = counted.annotate(
        last_met_on=Max("held_on"),
        last_closed_on=Max("held_on", filter=Q(status=Meeting.Status.CLOSED)),
        meetings=Count("pk", filter=Q(held_on__gt=today - timedelta(days=365))),
    )
    return {
        group_id: {"last_met_on": met_on, "last_closed_on": closed_on, "meetings": meetings}
        for group_id, met_on, closed_on, meetings in rows
    }


def _meeting_days(ids: Sequence[int], today: date) -> dict[int, int]:
    rows = GroupSetting.objects.filter(group_id__in=ids, key="meeting_day", valid_from__lte=today)
    return {
        group_id: int(value) for group_id, value in rows.order_by("valid_from", "id").values_list("group_id", "value")
    }


def _heads(ids: Sequence[int]) -> dict[int, int]:
    return dict(Entry.objects.filter(group_id__in=ids).order_by().values_list("group_id").annotate(Max("n")))
