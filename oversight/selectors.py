"""What a district officer reads: figures per group, per tambon, for the district; never a member's name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from loans.words import percent_text
from meetings.models import CashCount, Meeting, SheetRow
from members.models import District, Member, Office, SavingsGroup, Tambon
from oversight.models import GroupFigures
from thai.months import add_months

Rows = QuerySet[GroupFigures]
SUMS = (
    "members", "households", "pledge_satang", "special_satang", "loans_satang", "operating_satang", "admin_satang",
    "late_loans", "at_risk_satang",
)  # fmt: skip


@dataclass(frozen=True)
class Totals:
    """Sums over groups; amounts in satang, the pools apart."""

    groups: int = 0
    members: int = 0
    households: int = 0
    pledge_satang: int = 0
    special_satang: int = 0
    loans_satang: int = 0
    operating_satang: int = 0
    admin_satang: int = 0
    late_loans: int = 0
    at_risk_satang: int = 0

    @property
    def par30(self) -> str:
        """Portfolio at risk of all their loans together, in per cent; empty where nothing is out."""
        return percent_text(Fraction(self.at_risk_satang, self.loans_satang)) if self.loans_satang > 0 else ""

    @property
    def amounts(self) -> tuple[int, ...]:
        """The sums of money, in the order of the list's columns."""
        return self.pledge_satang, self.special_satang, self.loans_satang, self.operating_satang, self.admin_satang


@dataclass(frozen=True)
class VillageRow:
    """A group in the list, with what its last meeting says today."""

    figures: GroupFigures
    has_met: bool
    days_late: int


@dataclass(frozen=True)
class TambonRows:
    """The groups of one tambon on a page of the list; the sums are those of all its groups found."""

    tambon: Tambon
    totals: Totals
    rows: tuple[VillageRow, ...]


@dataclass(frozen=True)
class MeetingRow:
    """A closed meeting as the district sees it."""

    meeting: Meeting
    present: int
    entered: int
    difference: int | None


def not_met(today: date) -> Q:
    """The groups that did not meet in the month of their last meeting day."""
    this_month, last_month = add_months(today, 0), add_months(today, -1)
    return (
        Q(last_met_on__isnull=True)
        | Q(last_met_on__lt=last_month)
        | Q(meeting_day__lte=today.day, last_met_on__lt=this_month)
    )


def figures_of(*, district: District, words: str = "", met: bool | None = None, today: date) -> QuerySet[GroupFigures]:
    """The rows of a district, by tambon and moo; `words` looks in village, group and tambon names."""
    rows = GroupFigures.objects.filter(district=district).select_related("group", "tambon")
    for word in words.split()[:5]:
        found = Q(name__icontains=word) | Q(group__name__icontains=word) | Q(group__code__icontains=word)
        found |= Q(tambon__name_th__icontains=word) | Q(tambon__name_en__icontains=word)
        rows = rows.filter(found)
    if met is not None:
        rows = rows.exclude(not_met(today)) if met else rows.filter(not_met(today))
    return rows


def totals(rows: QuerySet[GroupFigures]) -> Totals:
    """Sum rows up in one query."""
    found = rows.order_by().aggregate(groups=Count("pk"), **{name: Sum(name) for name in SUMS})
    return Totals(**{name: sum_ or 0 for name, sum_ in found.items()})


def totals_by_tambon(rows: QuerySet[GroupFigures]) -> dict[str, Totals]:
    """Sum rows up for each tambon code in one query."""
    grouped = rows.order_by().values_list("tambon_id")
    found = grouped.annotate(groups=Count("pk"), **{name: Sum(name) for name in SUMS})
    return {code: Totals(*sums) for code, *sums in found}


def longest_not_met(*, district: District, today: date, most: int = 20) -> list[VillageRow]:
    """The groups that did not meet, those that met longest ago (or never) first."""
    rows = GroupFigures.objects.filter(not_met(today), district=district).select_related("group", "tambon")
    found = rows.order_by(F("last_met_on").asc(nulls_first=True), "tambon_id", "moo")[:most]
    return [VillageRow(row, has_met=False, days_late=row.days_late(today)) for row in found]


def by_tambon(page: Sequence[GroupFigures], sums: Mapping[str, Totals], today: date) -> list[TambonRows]:
    """Put a page of the list under its tambons."""
    return [
        TambonRows(
            tambon=(members := list(found))[0].tambon,
            totals=sums[code],
            rows=tuple(VillageRow(row, row.has_met(today), row.days_late(today)) for row in members),
        )
        for code, found in groupby(page, key=lambda row: row.tambon_id)
    ]


def members_by_kind(*, group: SavingsGroup) -> list[tuple[Any, int]]:
    """Active members by their kind, in the order of the register's kinds."""
    active = Member.objects.filter(group=group, status=Member.Status.ACTIVE).order_by()
    counted = dict(active.values_list("kind").annotate(Count("pk")))
    return [(kind.label, counted.get(kind.value, 0)) for kind in Member.Kind]


def officers(*, group: SavingsGroup) -> list[Office]:
    """The committee of today, by office; officers act for the village, their names are public in it."""
    order = {role: place for place, role in enumerate(Office.Role.values)}
    held = Office.objects.held_on().filter(group=group).select_related("user")
    return sorted(held, key=lambda office: (order[office.role], office.user.display_name))


def meeting_rows(meetings: Iterable[Meeting]) -> list[MeetingRow]:
    """Attendance and cash difference of closed meetings; two queries for all."""
    closed = list(meetings)
    sheets = SheetRow.objects.filter(meeting__in=closed).order_by().values("meeting_id")
    counted = sheets.annotate(came=Count("pk", filter=Q(present=True)), entered=Count("pk"))
    came = {row["meeting_id"]: (row["came"], row["entered"]) for row in counted}
    counts = CashCount.objects.filter(meeting__in=closed, set_aside_at__isnull=True)
    differences = {count.meeting_id: count.difference_satang for count in counts}
    return [
        MeetingRow(
            meeting=meeting,
            present=came.get(meeting.pk, (0, 0))[0],
            entered=came.get(meeting.pk, (0, 0))[1],
            difference=differences.get(meeting.pk),
        )
        for meeting in closed
    ]
