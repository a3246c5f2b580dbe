"""Who receives a leaver's money: the member, the parent for a child, the representative for a body; after a death the
beneficiaries on file, and only where there is none the heirs that a resolution names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from members.models import Beneficiary, Member, User
from members.services.people import SharesNotWhole
from membership.errors import HeirsMissing, HeirsOnFile, PayeeDecides
from membership.models import Leaving, SettlementPayee

_TITLE = re.compile(r"^(นางสาว|นาง|นาย|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง)")


@dataclass(frozen=True)
class Heir:
    """Who gets a share, what they are to the member, and the percentage; `member` where they are one themselves."""

    name: str
    relation: str
    percent: int
    member: Member | None = None


Payee: TypeAlias = Heir | SettlementPayee


def payees_of(leaving: Leaving, heirs: Sequence[Heir] = ()) -> list[Heir]:
    """Who receives the money, in order. Raises HeirsMissing, HeirsOnFile, SharesNotWhole."""
    member = leaving.member
    if leaving.reason != Leaving.Reason.DEATH:
        return [Heir(receiver_of(member), "", 100, _receiving_member(member))]
    named = [
        Heir(each.name, each.relation, each.percent)
        for each in Beneficiary.objects.filter(member=member).order_by("position")
    ]
    if named and heirs:
        raise HeirsOnFile
    if not named and not heirs:
        raise HeirsMissing
    chosen = named or list(heirs)
    total = sum(each.percent for each in chosen)
    if total != 100 or any(each.percent < 1 or not each.name for each in chosen):
        raise SharesNotWhole(total=total)
    return chosen


def receiver_of(member: Member) -> str:
    """Who puts a hand on the money of a member who is alive."""
    if member.body_name and member.representative_name:
        return member.representative_name
    return member.parent.full_name if member.parent else member.full_name


def _receiving_member(member: Member) -> Member | None:
    """The member behind the hand: the leaver or the parent; nobody where a representative is known by name only."""
    return None if member.body_name and member.representative_name else member.parent or member


def refuse_payee(*, leaving: Leaving, payees: Iterable[Payee], officer: User) -> None:
    """Refuse an officer who is a payee: the person where a member is chosen, else whoever has the name on paper.

    Raises PayeeDecides.
    """
    own = {officer.display_name}
    rows = Member.objects.filter(group=leaving.group_id, openers__user=officer, openers__relation="own")
    rows = rows | Member.objects.filter(group=leaving.group_id, offices__user=officer)
    own |= {member.full_name for member in rows.distinct()}
    bare = {bare_name(name) for name in own}
    for payee in payees:
        member = payee.member
        if member is not None:
            is_officer = rows.filter(pk=member.pk).exists() or member.openers.filter(user=officer).exists()
        else:
            is_officer = bare_name(payee.name) in bare
        if is_officer:
            raise PayeeDecides(name=payee.name)


def bare_name(name: str) -> str:
    """A name without title and blanks, so that one person written two ways is one."""
    return "".join(_TITLE.sub("", name.strip()).split()).casefold()
