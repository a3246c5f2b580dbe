"""Children: whom they save through, and what is to do when they come of age."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from members.ages import MARRIED_ONCE, adult_on
from members.group_settings import setting
from members.models import Member, PassbookAccess, SavingsGroup, User
from members.services import change_member
from members.switches import ADULT_AGE, is_child_on, switches_of
from membership.admission_errors import MinorNeedsParent, NotOfAge, ParentUnfit


@dataclass(frozen=True)
class Grown:
    """A member who still saves through a parent but is of age; `since` is the day, unknown for who married before."""

    member: Member
    since: date | None


def come_of_age(group: SavingsGroup, on: date | None = None) -> list[Grown]:
    """Those who are of age and still stand under a parent, by number; two queries."""
    day = on or timezone.localdate()
    age = int(setting(group, ADULT_AGE, day))
    rows = Member.objects.filter(group=group, status=Member.Status.ACTIVE, parent__isnull=False, birth_on__isnull=False)
    return [
        Grown(member, None if member.marital_status in MARRIED_ONCE else adult_on(member.birth_on, age))
        for member in rows.select_related("parent").order_by("number")
        if member.birth_on is not None and not is_child_on(member, day, adult_age=age)
    ]


@transaction.atomic
def release_from_parent(*, member: Member, by: User) -> Member:
    """Let a member who has come of age save on their own: the parent no longer opens the passbook.

    Raises NotOfAge.
    """
    locked = Member.objects.select_for_update(of=("self",)).select_related("group", "parent").get(pk=member.pk)
    age = int(setting(locked.group, ADULT_AGE))
    if locked.parent is None or locked.birth_on is None or is_child_on(locked, timezone.localdate(), adult_age=age):
        raise NotOfAge(name=locked.full_name)
    PassbookAccess.objects.filter(member=locked, relation=PassbookAccess.Relation.CHILD).delete()
    return change_member(member=locked, by=by, parent=None)


def require_parent(member: Member, on: date) -> None:
    """Refuse a minor without a parent who may stand for them. Raises MinorNeedsParent, ParentUnfit."""
    age = int(setting(member.group, ADULT_AGE, on))
    if not switches_of(member.group, member.kind, on).is_person or not is_child_on(member, on, adult_age=age):
        return
    parent = member.parent
    if parent is None:
        raise MinorNeedsParent(name=member.full_name, age=age)
    stands = parent.status == Member.Status.ACTIVE and not parent.body_name and parent.pk != member.pk
    if not stands or is_child_on(parent, on, adult_age=age):
        raise ParentUnfit()
