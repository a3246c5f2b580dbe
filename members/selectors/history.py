"""Reading the history of a person's data, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.access import still_read
from members.models import AdmissionDecision, Member, MemberChange, User
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

LABELS: dict[str, Any] = {
    "national_id": gettext_lazy("National ID"),
    "beneficiaries": gettext_lazy("Beneficiaries"),
    "entered": gettext_lazy("Entered in the register"),
    "admission": gettext_lazy("Resolution of admission"),
    "leaving": gettext_lazy("Resolution of leaving"),
    "refused_on": gettext_lazy("Refused on"),
    "refusal_reason": gettext_lazy("Reason of the refusal"),
    "leaving_reason": gettext_lazy("Reason of leaving"),
    "tambon": gettext_lazy("Tambon"),
}


@dataclass(frozen=True)
class ShownChange:
    """One change as it is read."""

    member: Member
    label: str
    before: str
    after: str
    who: str
    at: datetime


def changes_of(member: Member) -> QuerySet[MemberChange]:
    """A member's changes, the latest first."""
    return MemberChange.objects.filter(member=member).select_related("changed_by", "member")


def decisions_of(member: Member) -> QuerySet[AdmissionDecision]:
    """What was resolved about a person's applications, the latest first."""
    return AdmissionDecision.objects.filter(member=member).select_related("resolution", "decided_by")


def changes_for(user: User) -> QuerySet[MemberChange]:
    """The changes of every membership whose passbook a user may still open, the latest first."""
    return MemberChange.objects.filter(still_read("member__"), member__openers__user=user).select_related(
        "changed_by", "member"
    )


def changes_since(member: Member, version: int) -> list[ShownChange]:
    """What others have changed since a form was opened with a version."""
    return shown(changes_of(member).filter(version__gt=version))


def shown(changes: Iterable[MemberChange]) -> list[ShownChange]:
    """In words: choices, days and amounts as they stand on the screen."""
    return [
        ShownChange(
            member=one.member,
            label=_label(one.field),
            before=_value(one.field, one.before),
            after=_value(one.field, one.after),
            who=one.changed_by.display_name,
            at=one.changed_at,
        )
        for one in changes
    ]


def _label(name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    try:
        return str(Member._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name


def _value(name: str, text: str) -> str:
    if not text:
        return ""
    if name.endswith("_satang"):
        return _("%(baht)s baht") % {"baht": format_baht(int(text))}
    try:
        field: Any = Member._meta.get_field(name)
    except FieldDoesNotExist:
        return text
    if isinstance(field, DateField):
        return format_date(date.fromisoformat(text), "short", active_language())
    return str(dict(field.flatchoices).get(text, text)) if field.choices else text
