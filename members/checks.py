"""What must hold of the people of a group; the command that verifies the books runs these.

Each check yields (name of the rule, journal number or 0, what is wrong).
"""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from members.models import Beneficiary, Member, Office, SavingsGroup

Finding = tuple[str, int, str]


def check_beneficiaries_are_whole(group: SavingsGroup) -> Iterator[Finding]:
    """A member's beneficiaries have exactly 100 per cent together."""
    shares = Beneficiary.objects.filter(member__group=group).values("member__number").annotate(total=Sum("percent"))
    for number, total in shares.exclude(total=100).order_by().values_list("member__number", "total"):
        yield "beneficiaries", 0, f"beneficiaries of member {number} have {total} per cent together"


def check_people_stay_in_group(group: SavingsGroup) -> Iterator[Finding]:
    """Households, spouses, parents, resolutions and officers' memberships are of the same group."""
    strays = Q()
    for name in ("household", "spouse", "parent", "admission", "leaving"):
        strays |= Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__group": F("group")})
    for number in Member.objects.filter(group=group).filter(strays).values_list("number", flat=True):
        yield "people-group", 0, f"member {number} points into another group"
    foreign = Office.objects.filter(group=group, member__isnull=False).exclude(member__group=F("group"))
    for pk in foreign.values_list("pk", flat=True):
        yield "people-group", 0, f"term {pk} names a member of another group"


CHECKS = (check_beneficiaries_are_whole, check_people_stay_in_group)
