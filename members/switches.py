"""What a kind of member, and one member, may do on a day: the five switches as the group has set them."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from members.ages import is_minor
from members.group_settings import settings_on
from members.kinds import SWITCHES, Switches, setting_key
from members.models import Member, SavingsGroup

ADULT_AGE = "adult_age"


def switches_of(group: SavingsGroup, kind: str, on: date | None = None) -> Switches:
    """What members of a kind may do on a day (today unless told); one query."""
    values = settings_on(group, on)
    return Switches(**{name: bool(values[setting_key(kind, name)]) for name in Switches.names()})


def all_switches(group: SavingsGroup, on: date | None = None) -> dict[str, Switches]:
    """The switches of every kind on a day; one query."""
    values = settings_on(group, on)
    return {
        kind: Switches(**{name: bool(values[setting_key(kind, name)]) for name in Switches.names()})
        for kind in SWITCHES
    }


def switches_of_member(member: Member, on: date | None = None) -> Switches:
    """What one member may do on a day: as the kind, but a child neither borrows, nor votes, nor guarantees."""
    day = on or timezone.localdate()
    values = settings_on(member.group, day)
    found = Switches(**{name: bool(values[setting_key(member.kind, name)]) for name in Switches.names()})
    if found.is_person and is_child_on(member, day, adult_age=values[ADULT_AGE]):
        return replace(found, may_borrow=False, may_vote=False, may_guarantee=False)
    return found


def is_child_on(member: Member, on: date, *, adult_age: int) -> bool:
    """A minor by years; without a birth date whoever saves through a parent."""
    if member.birth_on is None:
        return member.parent_id is not None
    return is_minor(birth_on=member.birth_on, marital_status=member.marital_status, adult_age=adult_age, on=on)
