"""Who puts a hand on a member's dividend: the parent for a child, the representative for a body, after a death the
beneficiaries by their percentages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from members.models import Beneficiary, Member, Office, PassbookAccess, User
from membership.payees import bare_name, receiver_of
from membership.settlement import split


@dataclass(frozen=True)
class Receiver:
    """One person who receives, and how much of an amount (satang)."""

    name: str
    relation: str
    percent: int
    satang: int


def receivers_of(members: Iterable[Member]) -> dict[int, str]:
    """The name that signs for each member's money, by member id; empty where the member does; one query."""
    kept = list(members)
    heirs: dict[int, list[str]] = {}
    for pk, name in _beneficiaries(kept).values_list("member_id", "name"):
        heirs.setdefault(pk, []).append(name)
    found = {}
    for member in kept:
        name = ", ".join(heirs.get(member.pk, ())) if member.status == Member.Status.DECEASED else receiver_of(member)
        found[member.pk] = "" if name == member.full_name else name
    return found


def parts_of(member: Member, satang: int) -> list[Receiver]:
    """The beneficiaries of a member who has died, each with the part of an amount; none where nobody is on file."""
    rows = list(_beneficiaries([member]))
    if not rows or sum(row.percent for row in rows) != 100:
        return []
    parts = split(satang, [row.percent for row in rows])
    return [Receiver(row.name, row.relation, row.percent, part) for row, part in zip(rows, parts, strict=True)]


def own_members(officer: User, members: Iterable[Member] = ()) -> frozenset[int]:
    """The members (ids) whose money is the officer's own: as that member, by a passbook that they open, or as one of
    the beneficiaries of a member (of those given) who has died."""
    opened = PassbookAccess.objects.filter(user=officer).values_list("member_id", flat=True)
    sitting = Office.objects.filter(user=officer, member__isnull=False).values_list("member_id", flat=True)
    own = {*opened, *(pk for pk in sitting if pk is not None)}
    heirs = _beneficiaries(members).values_list("member_id", "name")
    named = list(heirs)
    bare = {bare_name(officer.display_name), *_bare_names(own)} if named else set()
    return frozenset({*own, *(pk for pk, name in named if bare_name(name) in bare)})


def payee_codes(members: Iterable[int]) -> dict[int, set[str]]:
    """Everyone behind each payee, by member id: who opens the passbook, the officer who is that member."""
    ids = list(members)
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    for model in (PassbookAccess, Office):
        rows = model._default_manager.filter(member__in=ids).values_list("member_id", "user__code")
        for pk, code in rows:
            found[pk].add(code)
    return found


def _beneficiaries(members: Iterable[Member]) -> QuerySet[Beneficiary]:
    dead = [member.pk for member in members if member.status == Member.Status.DECEASED]
    return Beneficiary.objects.filter(member__in=dead).order_by("member", "position")


def _bare_names(members: Iterable[int]) -> set[str]:
    return {bare_name(member.full_name) for member in Member.objects.filter(pk__in=list(members))}
