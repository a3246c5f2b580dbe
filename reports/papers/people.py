"""Who signs a paper: the names and offices behind the codes of the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from members.models import Member, Office, SavingsGroup, User


@dataclass(frozen=True, slots=True)
class Signer:
    """A person as a paper names them; the office is the one held on the paper's day."""

    name: str = ""
    office: str = ""


NOBODY = Signer()
_RANK: list[str] = [
    Office.Role.TREASURER,
    Office.Role.AUDIT,
    Office.Role.SECRETARY,
    Office.Role.CHAIR,
    Office.Role.VICE_CHAIR,
]


class Signers:
    """The people behind the codes of a group's entries, read once for a whole pile of papers; three queries."""

    def __init__(self, group: SavingsGroup, codes: Iterable[str]) -> None:
        wanted = set(codes)
        self.names = dict(User.objects.filter(code__in=wanted).values_list("code", "display_name"))
        own = Member.objects.filter(group=group, openers__user__code__in=wanted, openers__relation="own")
        for member in own.prefetch_related("openers__user"):
            for opener in member.openers.all():
                if opener.relation == "own":
                    self.names[opener.user.code] = member.full_name
        self.offices = list(Office.objects.filter(group=group, user__code__in=wanted).select_related("user"))

    def of(self, code: str, on: date) -> Signer:
        """The person of a code, with the office held on a day; nobody for a code that is no person's."""
        held = [
            office.role
            for office in self.offices
            if office.user.code == code and office.starts_on <= on and (office.ends_on is None or office.ends_on > on)
        ]
        held.sort(key=lambda role: _RANK.index(role) if role in _RANK else len(_RANK))
        return Signer(self.names.get(code, ""), str(Office.Role(held[0]).label) if held else "")


def holder_of_office(group: SavingsGroup, role: str, on: date) -> Signer:
    """Who held an office of a group on a day."""
    office = Office.objects.held_on(on).filter(group=group, role=role).select_related("user", "member").first()
    if office is None:
        return Signer("", str(Office.Role(role).label))
    name = office.member.full_name if office.member else office.user.display_name
    return Signer(name, str(office.get_role_display()))
