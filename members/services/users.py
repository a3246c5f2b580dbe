"""Users: made for a member or an officer, their sessions ended."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from members.models import DeviceSession, Member, PassbookAccess, User
from members.services.people import give_passbook


@transaction.atomic
def user_for_member(*, member: Member, by: User) -> User:
    """The user with whom a member signs in by number; made at the first slip, without a password.

    A child's passbook is opened by the parent's user; a body's by its representative's.
    """
    relation = PassbookAccess.Relation.BODY if member.body_name else PassbookAccess.Relation.OWN
    access = PassbookAccess.objects.filter(member=member, relation=relation).select_related("user").first()
    if access is not None:
        _take_over_birth(access.user, member)
        return access.user
    user = User.objects.create_user(display_name=member.full_name, birth_on=member.proof_of_birth_on)
    give_passbook(user=user, member=member, relation=relation)
    for child in member.children.all():
        give_passbook(user=user, member=child, relation=PassbookAccess.Relation.CHILD)
    return user


def end_all_sessions(*, user: User) -> None:
    """Sign a user out everywhere, at once."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    DeviceSession.objects.filter(user=user, ended_at__isnull=True).update(ended_at=timezone.now())
    user.refresh_from_db(fields=["session_epoch"])


def end_device(*, user: User, device_id: int) -> bool:
    """Sign a user out on one of their devices; False when there is no such device of theirs."""
    ended = DeviceSession.objects.filter(user=user, pk=device_id, ended_at__isnull=True).update(ended_at=timezone.now())
    return bool(ended)


def _take_over_birth(user: User, member: Member) -> None:
    if member.proof_of_birth_on and user.birth_on != member.proof_of_birth_on:
        user.birth_on = member.proof_of_birth_on
        user.save(update_fields=["birth_on"])
