"""Reading the register: the list with its totals, one member with everything about the person."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from members.models import Beneficiary, Household, Member, SavingsGroup
from thai.digits import to_western
from thai.names import thai_sort_key

NO_HOUSEHOLD = "-"
ORDERS = {"number": ("number",), "name": ("sort_key", "number"), "household": ("household__code", "number")}


@dataclass(frozen=True)
class PeopleFilter:
    """What a list of members is narrowed to; an empty field does not narrow."""

    q: str = ""
    kind: str = ""
    status: str = ""
    household: str = ""
    order: str = "number"

    @property
    def narrows(self) -> bool:
        """Whether more than a search is chosen: the list then shows all of its filters."""
        return bool(self.kind or self.status or self.household or self.order != "number")


def people(*, group: SavingsGroup, by: PeopleFilter) -> QuerySet[Member]:
    """The members that fit, in the order asked for."""
    found = Member.objects.filter(group=group).select_related("household")
    if by.kind:
        found = found.filter(kind=by.kind)
    if by.status == "left":
        found = found.filter(status__in=Member.LEFT)
    elif by.status:
        found = found.filter(status=by.status)
    if by.household == NO_HOUSEHOLD:
        found = found.filter(household__isnull=True)
    elif by.household:
        found = found.filter(household__code=by.household)
    if by.q:
        found = found.filter(_words(by.q))
    return found.order_by(*ORDERS.get(by.order, ORDERS["number"]))


def _words(q: str) -> Q:
    typed = to_western(q).strip()
    if typed.isascii() and typed.isdigit():
        return Q(number=int(typed[:9]))
    found = Q()
    for word in typed.split():
        primary = thai_sort_key(word).split("00")[0]
        found &= (
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(body_name__icontains=word)
            | Q(title__icontains=word)
            | (Q(sort_key__startswith=primary) if primary else Q())
        )
    return found


@dataclass(frozen=True)
class PeopleTotals:
    """The register in figures."""

    members: int
    active: int
    ordinary: int
    associate: int
    honorary: int
    left: int
    applicants: int
    households: int


def people_totals(group: SavingsGroup) -> PeopleTotals:
    """Members by status, the active ones by kind, and the households they come from; one query."""
    active = Q(status=Member.Status.ACTIVE)
    counted = Member.objects.filter(group=group).aggregate(
        members=Count("pk", filter=~Q(status=Member.Status.APPLICANT)),
        active=Count("pk", filter=active),
        ordinary=Count("pk", filter=active & Q(kind=Member.Kind.ORDINARY)),
        associate=Count("pk", filter=active & Q(kind=Member.Kind.ASSOCIATE)),
        honorary=Count("pk", filter=active & Q(kind=Member.Kind.HONORARY)),
        left=Count("pk", filter=Q(status__in=Member.LEFT)),
        applicants=Count("pk", filter=Q(status=Member.Status.APPLICANT)),
        households=Count("household", filter=active, distinct=True),
    )
    return PeopleTotals(**counted)


def households(group: SavingsGroup) -> QuerySet[Household]:
    """The group's households by code."""
    return Household.objects.filter(group=group).order_by("code")


def member_of_number(group: SavingsGroup, number: int) -> Member | None:
    """One member with household, spouse, parent and place."""
    related = ("group", "household", "spouse", "parent", "tambon__district__province", "admission", "leaving")
    return Member.objects.filter(group=group, number=number).select_related(*related).first()


def beneficiaries(member: Member) -> QuerySet[Beneficiary]:
    """Who receives the savings, in the form's order."""
    return Beneficiary.objects.filter(member=member).order_by("position")


def same_household(member: Member) -> QuerySet[Member]:
    """The other members of a member's household."""
    if member.household_id is None:
        return Member.objects.none()
    return Member.objects.filter(household_id=member.household_id).exclude(pk=member.pk).order_by("number")
