"""The one door between a person and a group: (user, group, right) becomes a group, or a 404.

A right follows from an office that runs today, from a passbook, from a district term or from being administrator;
nothing is remembered between requests, so an ended office acts on the next one. Strangers get 404, never 403: what is
not theirs does not exist for them.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import Enum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from members import queries
from members.models import District, DistrictOffice, Member, Office, SavingsGroup, User
from members.models.offices import RUNS_ON

Visitor = User | AnonymousUser


class Right(Enum):
    """What a person may do in a group (or, the last two, in a district)."""

    SEE_GROUP = "see_group"
    SEE_PEOPLE = "see_people"
    KEEP_PEOPLE = "keep_people"
    KEEP_MEETING = "keep_meeting"
    CLOSE_MEETING = "close_meeting"
    COSIGN = "cosign"
    KEEP_LOANS = "keep_loans"
    DECIDE_LOANS = "decide_loans"
    KEEP_YEAR_END = "keep_year_end"
    AUDIT = "audit"
    ISSUE_SLIPS = "issue_slips"
    KEEP_OFFICES = "keep_offices"
    IMPORT_WORKBOOK = "import_workbook"
    OWN_WINDOW = "own_window"
    REVIEW_DISTRICT = "review_district"
    FOUND_GROUP = "found_group"


class SignInNeeded(Http404):
    """Nobody is signed in. A page asked for by GET leads to the door; everything else stays a 404."""


_EVERY_OFFICER = frozenset({Right.SEE_GROUP, Right.SEE_PEOPLE, Right.COSIGN})

OFFICE_RIGHTS: dict[str, frozenset[Right]] = {
    Office.Role.CHAIR: _EVERY_OFFICER | {Right.KEEP_OFFICES, Right.DECIDE_LOANS, Right.KEEP_YEAR_END},
    Office.Role.VICE_CHAIR: _EVERY_OFFICER | {Right.DECIDE_LOANS},
    Office.Role.SECRETARY: _EVERY_OFFICER
    | {Right.KEEP_PEOPLE, Right.KEEP_MEETING, Right.ISSUE_SLIPS, Right.KEEP_OFFICES}
    | {Right.KEEP_LOANS, Right.DECIDE_LOANS, Right.KEEP_YEAR_END},
    Office.Role.TREASURER: _EVERY_OFFICER
    | {Right.KEEP_PEOPLE, Right.KEEP_MEETING, Right.CLOSE_MEETING, Right.IMPORT_WORKBOOK, Right.KEEP_LOANS}
    | {Right.KEEP_YEAR_END},
    Office.Role.LOAN: _EVERY_OFFICER | {Right.KEEP_LOANS, Right.DECIDE_LOANS},
    Office.Role.AUDIT: _EVERY_OFFICER | {Right.AUDIT},
    Office.Role.PROMOTION: _EVERY_OFFICER,
}

READ_AFTER_LEAVING = timedelta(days=366)

GROUP_RELATED = ("village", "village__tambon", "village__tambon__district", "village__tambon__district__province")


def person(request: HttpRequest) -> User:
    """Who is signed in. Raises SignInNeeded."""
    if not isinstance(request.user, User):
        raise SignInNeeded
    return request.user


def roles_of(user: Visitor, group: SavingsGroup) -> set[str]:
    """The offices that a user holds in a group today."""
    if not user.is_authenticated:
        return set()
    today = timezone.localdate()
    held = queries.rows(
        f"SELECT role FROM members_office WHERE user_id = %s AND group_id = %s AND {RUNS_ON}",  # noqa: S608
        [user.pk, group.pk, today, today],
    )
    return {role for (role,) in held}


def rights_of_roles(roles: Iterable[str]) -> frozenset[Right]:
    """The rights that offices give together."""
    return frozenset().union(*(OFFICE_RIGHTS[role] for role in roles))


def officers_with(group: SavingsGroup, right: Right) -> QuerySet[User]:
    """The active users whose office gives a right in a group today."""
    roles = [role for role, rights in OFFICE_RIGHTS.items() if right in rights]
    held = Office.objects.held_on().filter(group=group, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("display_name", "pk")


def has_right(user: Visitor, group: SavingsGroup, right: Right) -> bool:
    """Whether a user may do something in a group now."""
    if not user.is_authenticated or not user.is_active:
        return False
    if right is Right.OWN_WINDOW:
        return passbooks_of(user, group).exists()
    if right in (Right.REVIEW_DISTRICT, Right.FOUND_GROUP):
        return has_district_right(user, group.village.tambon.district, right)
    return right in rights_of_roles(roles_of(user, group))


def has_district_right(user: Visitor, district: District, right: Right) -> bool:
    """Whether a user may read a district, or found a group in it."""
    if not user.is_authenticated or not user.is_active:
        return False
    if right is Right.FOUND_GROUP and user.is_administrator:
        return True
    if right not in (Right.REVIEW_DISTRICT, Right.FOUND_GROUP):
        return False
    return DistrictOffice.objects.held_on().filter(user=user, district=district).exists()


def districts_of(user: Visitor) -> QuerySet[District]:
    """The districts whose officer a user is today."""
    if not user.is_authenticated:
        return District.objects.none()
    return District.objects.filter(pk__in=DistrictOffice.objects.held_on().filter(user=user).values("district"))


def may_found_groups(user: Visitor) -> bool:
    """Whether a user may found a group somewhere: an administrator anywhere, a district officer at home."""
    return bool(user.is_authenticated and user.is_active and (user.is_administrator or districts_of(user).exists()))


def group_or_404(user: Visitor, group_code: str, right: Right) -> SavingsGroup:
    """Turn an address into the group it names, for someone who has the right; 404 for everybody else.

    Raises SignInNeeded (a 404 too, whether or not the group exists) when nobody is signed in.
    """
    if not user.is_authenticated:
        raise SignInNeeded
    group = SavingsGroup.objects.select_related(*GROUP_RELATED).filter(code=group_code).first()
    if group is None or not has_right(user, group, right):
        raise Http404
    return group


def district_or_404(user: Visitor, district_code: str, right: Right) -> District:
    """Turn an address into the district it names, for someone who has the right; 404 for everybody else."""
    if not user.is_authenticated:
        raise SignInNeeded
    district = District.objects.select_related("province").filter(code=district_code).first()
    if district is None or not has_district_right(user, district, right):
        raise Http404
    return district


def still_read(member: str = "") -> Q:
    """Whose passbooks are still open, as a condition; `member`: the path to the member, such as "member__".

    Whoever left reads the settled passbook for another year; that of a deceased member is closed at once.
    """
    since = timezone.localdate() - READ_AFTER_LEAVING
    lately = Q(**{f"{member}left_on__isnull": True}) | Q(**{f"{member}left_on__gte": since})
    return lately & ~Q(**{f"{member}status": Member.Status.DECEASED})


def passbooks_of(user: Visitor, group: SavingsGroup) -> QuerySet[Member]:
    """The members of a group whose passbooks a user may open: own first, then by number."""
    if not user.is_authenticated:
        return Member.objects.none()
    found = Member.objects.filter(still_read(), group=group, openers__user=user)
    return found.order_by("-openers__relation", "number")
