"""Applications: who waits for the committee, who was refused, who has fees to pay."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from members.models import Member, SavingsGroup
from members.selectors.people import PeopleFilter, people


@dataclass(frozen=True)
class FeesOpen:
    """A new member whose application and entrance fee are not paid yet (satang)."""

    member: Member
    satang: int


def waiting_applicants(group: SavingsGroup, q: str = "") -> QuerySet[Member]:
    """Those the committee has still to decide on, who applied first first; found by number or name."""
    rows = _applicants(group, q).filter(refused_on__isnull=True)
    return rows.select_related("household", "parent").order_by(F("applied_on").asc(nulls_last=True), "number")


def refused_applicants(group: SavingsGroup, q: str = "") -> QuerySet[Member]:
    """Those who were refused and have not applied again, the last refused first; found by number or name."""
    return _applicants(group, q).filter(refused_on__isnull=False).order_by("-refused_on", "number")


def _applicants(group: SavingsGroup, q: str) -> QuerySet[Member]:
    return people(group=group, by=PeopleFilter(q=q, status=Member.Status.APPLICANT))


def fees_open(group: SavingsGroup, on: date | None = None) -> list[FeesOpen]:
    """New members who have not paid their fees, by number. `settings.FEES_DUE` names who knows the receipts."""
    due: dict[int, int] = import_string(settings.FEES_DUE)(group, on or timezone.localdate())
    members = Member.objects.filter(pk__in=due).order_by("number")
    return [FeesOpen(member, due[member.pk]) for member in members]
