"""The households of a group: who belongs to each, how much of the village they are, which are fuller than the rule."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from members.group_settings import settings_on
from members.models import Household, Member, SavingsGroup
from thai.digits import to_western

SHOWS = ("all", "members", "empty", "full")


@dataclass(frozen=True)
class HouseholdRow:
    """A household with its members of today; `most` is the group's rule, 0 for none."""

    household: Household
    members: tuple[Member, ...]
    most: int

    @property
    def is_over(self) -> bool:
        """Whether more members are in it than the rule allows."""
        return bool(self.most and len(self.members) > self.most)


@dataclass(frozen=True)
class Coverage:
    """How much of the village saves; `village` is 0 where the number of its households is not known."""

    households: int
    with_members: int
    members: int
    without_household: int
    village: int

    @property
    def tenths(self) -> int | None:
        """Tenths of a per cent of the village's households with a member; None where it cannot be said."""
        if not self.village or self.with_members > self.village:
            return None
        return (2 * 1000 * self.with_members + self.village) // (2 * self.village)

    @property
    def percent(self) -> str:
        """The same in print: `76.7`."""
        return "" if self.tenths is None else f"{self.tenths // 10}.{self.tenths % 10}"

    @property
    def is_contradicted(self) -> bool:
        """Whether the village is said to have fewer households than save."""
        return bool(self.village and self.with_members > self.village)


def household_rows(group: SavingsGroup, *, q: str = "", show: str = "all") -> list[HouseholdRow]:
    """The households that fit, by code, each with its active members by number; three queries.

    `q` is part of a code, of a house number or of a member's name, or a member number.
    """
    most = settings_on(group)["household_members_max"]
    inside: defaultdict[int, list[Member]] = defaultdict(list)
    active = Member.objects.filter(group=group, status=Member.Status.ACTIVE, household__isnull=False)
    for member in active.order_by("number"):
        assert member.household_id is not None
        inside[member.household_id].append(member)
    rows = [
        HouseholdRow(household, tuple(inside.get(household.pk, ())), most)
        for household in Household.objects.filter(group=group).order_by("code")
    ]
    return [row for row in rows if _is_shown(row, show) and _fits(row, to_western(q).strip().lower())]


def _is_shown(row: HouseholdRow, show: str) -> bool:
    return {"members": bool(row.members), "empty": not row.members, "full": row.is_over}.get(show, True)


def _fits(row: HouseholdRow, typed: str) -> bool:
    if not typed:
        return True
    places = (row.household.code.lower(), row.household.house_no.lower())
    if any(typed in place for place in places):
        return True
    return any(typed == str(member.number) or typed in member.full_name.lower() for member in row.members)


def coverage(group: SavingsGroup, rows: Sequence[HouseholdRow]) -> Coverage:
    """The village's coverage, from all rows of a group; two queries."""
    with_members = [row for row in rows if row.members]
    members = Member.objects.filter(group=group, status=Member.Status.ACTIVE)
    return Coverage(
        households=len(rows),
        with_members=len(with_members),
        members=members_in(with_members),
        without_household=members.filter(household__isnull=True).count(),
        village=settings_on(group)["village_households"],
    )


def members_in(rows: Sequence[HouseholdRow]) -> int:
    """How many members some households have together."""
    return sum(len(row.members) for row in rows)


def household_codes(group: SavingsGroup) -> list[tuple[str, str]]:
    """Code and house number of every household, for a form that offers them; one query."""
    return list(Household.objects.filter(group=group).order_by("code").values_list("code", "house_no"))
