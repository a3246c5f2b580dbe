"""Where a person belongs: the pages that are theirs to start from."""

from dataclasses import dataclass

from django.urls import reverse

from members.access import GROUP_RELATED, districts_of, still_read
from members.models import Member, Office, SavingsGroup, User


@dataclass(frozen=True)
class Home:
    """One place a person may start from: what they are there, and the address."""

    kind: str
    place: str
    sub: str
    role: str
    url: str
    group: SavingsGroup | None = None


def homes_of(user: User) -> list[Home]:
    """Every home of a person: groups where they hold an office, own passbooks, districts, the machine."""
    return [*_offices(user), *_windows(user), *_districts(user), *_machine(user)]


def first_home(user: User) -> Home | None:
    """The one right home after the door; None where only the person can choose.

    An officer who is also a member of the same group starts at the group's home: the own passbook is in its menu.
    """
    homes = homes_of(user)
    offices = [home for home in homes if home.kind == "office"]
    held = {home.group for home in offices}
    left = [home for home in homes if home.kind != "window" or home.group not in held]
    return left[0] if len(left) == 1 else None


def _offices(user: User) -> list[Home]:
    found: dict[int, Home] = {}
    related = [f"group__{name}" for name in GROUP_RELATED]
    for office in Office.objects.held_on().filter(user=user).select_related("group", *related).order_by("group__name"):
        group = office.group
        before = found.get(group.pk)
        role = f"{before.role}, {office.get_role_display()}" if before else office.get_role_display()
        url = reverse("reports:home", args=[group.code])
        found[group.pk] = Home("office", group.name, _village(group), role, url, group)
    return list(found.values())


def _windows(user: User) -> list[Home]:
    own = Member.objects.filter(still_read(), openers__user=user)
    groups = SavingsGroup.objects.filter(members__in=own).select_related(*GROUP_RELATED).distinct()
    return [
        Home("window", group.name, _village(group), "", reverse("window:home", args=[group.code]), group)
        for group in groups.order_by("name")
    ]


def _districts(user: User) -> list[Home]:
    return [
        Home("district", str(district), str(district.province), "", reverse("oversight:home", args=[district.code]))
        for district in districts_of(user).select_related("province")
    ]


def _machine(user: User) -> list[Home]:
    return [Home("machine", "", "", "", reverse("intake:found-group"))] if user.is_administrator else []


def _village(group: SavingsGroup) -> str:
    return f"{group.village.name} · {group.village.tambon}"
