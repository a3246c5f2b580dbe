"""A group that has met for years: officers, members with pledges, meetings held by the program's own services."""

from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import cast
from uuid import uuid4

from bench import stage
from bench.table import milliseconds
from meetings.services.rows import receive_rest
from members.models import Member, Office, SavingsGroup, User
from members.services import appoint_first_officers, user_for_member
from members.services.offices import FirstOfficer
from savings.models import PledgePeriod
from tests.meetings.evening import Evening
from tests.village import TestVillage, enrol

ROLES = [Office.Role.CHAIR, Office.Role.SECRETARY, Office.Role.TREASURER, Office.Role.AUDIT]
PLEDGE = 200_00
YEARS, MEMBERS = 10, 500


@dataclass
class Home:
    """A group, who keeps its money, who audits it, and one of its members."""

    group: SavingsGroup
    treasurer: User
    auditor: User
    saver: User
    saver_number: int

    def evening(self, held_on: date) -> Evening:
        """Open a meeting as the treasurer does."""
        return Evening(cast(TestVillage, self), held_on)  # it needs the three that both have

    def hold_meeting(self, held_on: date) -> float:
        """Hold a whole meeting at which all pay as pledged; return the milliseconds that its close took."""
        evening = self.evening(held_on)
        receive_rest(meeting=evening.meeting, operation=uuid4(), by=self.treasurer)
        evening.count()
        operation, fingerprint = evening.sign()
        return milliseconds(partial(evening.close, operation, fingerprint))


def make_home(code: str, *, members: int, since: date) -> Home:
    """Found a group with four officers among its members; everyone has pledged."""
    group = stage.make_group(code, since=since)
    by = stage.village().administrator
    users: list[User] = []
    for number in range(1, 6):
        person = enrol(group, by, number=number, first_name=f"คนที่{number}", last_name=code, birth_on=date(1970, 1, 1))
        users.append(user_for_member(member=person, by=by))
    officers = [FirstOfficer(user=user, role=role) for user, role in zip(users, ROLES, strict=False)]
    appoint_first_officers(group=group, officers=officers, starts_on=date(2015, 1, 1), by=by)
    add_members(group, members)
    return Home(group, users[2], users[3], users[4], 5)


def add_members(group: SavingsGroup, count: int) -> None:
    """Fill the group up to so many members, all with a pledge."""
    known = set(Member.objects.filter(group=group).values_list("number", flat=True))
    Member.objects.bulk_create(
        Member(
            group=group,
            number=number,
            title="นาง",
            first_name=f"คนที่{number}",
            last_name="วัดผล",
            status=Member.Status.ACTIVE,
            admitted_on=date(2010, 1, 5),
        )
        for number in range(1, count + 1)
        if number not in known
    )
    pledged = PledgePeriod.objects.filter(group=group).values("member")
    PledgePeriod.objects.bulk_create(
        PledgePeriod(group=group, member=member, satang=PLEDGE, starts_on=group.first_year_starts_on.replace(day=1))
        for member in Member.objects.filter(group=group).exclude(pk__in=pledged)
    )


@cache
def ten_years() -> tuple[Home, list[float]]:
    """A group of 500 members with ten years of meetings, and the milliseconds that each close took."""
    home = make_home("bench-ten-years", members=MEMBERS, since=date(2026 - YEARS, 1, 1))
    closes = []
    for year in range(2026 - YEARS, 2026):
        closes += [home.hold_meeting(date(year, month, 5)) for month in range(1, 13)]
        if year < 2025:  # two years may be open at once
            stage.close_year(home.group, year)
        stage.tidy()
    return home, closes
