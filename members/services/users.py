"""Users: made for a member or an officer, their sessions ended."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from members.models import DeviceSession, Member, Office, PassbookAccess, User
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
    user = _as_officer(member)
    if user is None:
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


@transaction.atomic
def change_password(*, user: User, password: str, keep: DeviceSession | None = None) -> None:
    """Set a password and sign the user out everywhere but on the device kept."""
    user.set_password(password)
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])
    others = DeviceSession.objects.filter(user=user, ended_at__isnull=True)
    if keep is not None:
        others = others.exclude(pk=keep.pk)
    others.update(ended_at=timezone.now())


def speak(*, user: User, language: str) -> None:
    """Remember in which language the pages speak to a user."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def end_device(*, user: User, device_id: int) -> bool:
    """Sign a user out on one of their devices; False when there is no such device of theirs."""
    ended = DeviceSession.objects.filter(user=user, pk=device_id, ended_at__isnull=True).update(ended_at=timezone.now())
    return bool(ended)


def _as_officer(member: Member) -> User | None:
    """The user of an officer who is this member and has no passbook yet: nobody needs two sign-ins."""
    if member.body_name:
        return None
    office = Office.objects.filter(member=member).select_related("user").order_by("-starts_on").first()
    return office.user if office else None


def _take_over_birth(user: User, member: Member) -> None:
    if member.proof_of_birth_on and user.birth_on != member.proof_of_birth_on:
        user.birth_on = member.proof_of_birth_on
        user.save(update_fields=["birth_on"])
