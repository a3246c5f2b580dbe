"""The slips of a new group's first officers: their state, and fresh ones while nobody has used any.

Founding is one decision, `group_founding`, the only kind of entry that a founder writes. Printing fresh slips repeats
it: the old slips are void, the journal shows who printed again and when. After the first password the secretary issues
slips (docs/adr/0006).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from funds.journal import post_entry
from funds.models import Entry
from members.access import Right, has_district_right
from members.errors import DomainError
from members.models import ActivationSlip, Office, SavingsGroup, User
from members.models.slips import MAX_TRIES
from membership.slips import IssuedSlip, make_slip

FOUNDING = "group_founding"
RENEWED = _("Fresh slips for the first officers; those of before are void")
BIRTH_CORRECTED = _("Birth date put right: %(names)s")


class MayNotRenew(DomainError):
    """An administrator renews first slips anywhere, a district officer in the own district."""

    sentence = _("You cannot print slips for this group.")


class NotFoundedHere(DomainError):
    """A group whose officers did not come by a founding decision has no first slips."""

    sentence = _("This group was not founded here; its first officers have no slips of a founder.")


class OfficersHaveBegun(DomainError):
    """From the first password on, the group looks after itself."""

    sentence = _("An officer of this group has set a password already. From now on the secretary prints the slips.")


class RenewedMeanwhile(DomainError):
    """Someone has printed fresh slips since the page was opened, maybe by the same button."""

    sentence = _("Fresh slips were printed meanwhile. Look at the page again before you print once more.")


class NotAFirstOfficer(DomainError):
    """A founder puts right the birth dates of the first officers of this group, nobody else's."""

    sentence = _("This person is not one of the group's first officers.")


@dataclass(frozen=True)
class Decision:
    """One founding decision: its number, when, by whom."""

    n: int
    at: datetime
    by: str


@dataclass(frozen=True)
class FirstOfficerSlip:
    """A first officer, the office, and the latest slip."""

    name: str
    office: str
    slip: ActivationSlip | None


@dataclass(frozen=True)
class FirstSlips:
    """Where a founded group's first slips stand; `begun_at` is when the first of them was used."""

    group: SavingsGroup
    decisions: tuple[Decision, ...]
    officers: tuple[FirstOfficerSlip, ...]
    has_begun: bool
    begun_at: datetime | None

    @property
    def last(self) -> int:
        """The number of the latest decision; 0 without any."""
        return self.decisions[-1].n if self.decisions else 0

    @property
    def can_be_renewed(self) -> bool:
        """Whether fresh slips may still be printed."""
        return bool(self.decisions) and not self.has_begun

    @property
    def waiting(self) -> tuple[ActivationSlip, ...]:
        """The slips that can be used now."""
        slips = [one.slip for one in self.officers if one.slip is not None]
        return tuple(s for s in slips if not (s.used_at or s.voided_at or s.has_expired or s.tries >= MAX_TRIES))

    @property
    def usable_until(self) -> datetime | None:
        """Until when the first of the waiting slips is good."""
        return min((slip.expires_at for slip in self.waiting), default=None)


def begun(groups: str) -> Q:
    """Whether an officer of a group has set a password, as a condition; `groups` is the outer field with the group."""
    seated = Office.objects.filter(group=OuterRef(groups), user__activated_on__isnull=False)
    used = ActivationSlip.objects.filter(group=OuterRef(groups), used_at__isnull=False)
    return Q(Exists(seated)) | Q(Exists(used))


def first_slips(groups: Iterable[SavingsGroup]) -> list[FirstSlips]:
    """Where the first slips of some groups stand; a constant number of queries."""
    rows = list(groups)
    decisions: dict[int, list[Decision]] = defaultdict(list)
    entries = Entry.objects.filter(group__in=rows, kind=FOUNDING).order_by("n")
    founding = list(entries.values_list("group_id", "n", "recorded_at", "maker"))
    names = dict(User.objects.filter(code__in={row[3] for row in founding}).values_list("code", "display_name"))
    for group_id, n, at, maker in founding:
        decisions[group_id].append(Decision(n, at, names.get(maker, maker)))
    slips: dict[tuple[int, int], ActivationSlip] = {}
    for slip in ActivationSlip.objects.filter(group__in=rows, founding__isnull=False).order_by("issued_at", "pk"):
        slips[slip.group_id, slip.user_id] = slip
    officers: dict[int, list[FirstOfficerSlip]] = defaultdict(list)
    for office in Office.objects.filter(group__in=rows).select_related("user").order_by("pk"):
        own = slips.get((office.group_id, office.user_id))
        if own is not None:
            row = FirstOfficerSlip(office.user.display_name, office.get_role_display(), own)
            officers[office.group_id].append(row)
    have_begun = set(SavingsGroup.objects.filter(begun("pk"), pk__in=[g.pk for g in rows]).values_list("pk", flat=True))
    used = ActivationSlip.objects.filter(group__in=rows, used_at__isnull=False).order_by("-used_at")
    first_used = dict(used.values_list("group_id", "used_at"))
    return [
        FirstSlips(
            group=group,
            decisions=tuple(decisions[group.pk]),
            officers=tuple(officers[group.pk]),
            has_begun=group.pk in have_begun,
            begun_at=first_used.get(group.pk),
        )
        for group in rows
    ]


@transaction.atomic
def renew_first_slips(
    *, group: SavingsGroup, by: User, seen: int, operation: UUID, births: Mapping[int, date] | None = None
) -> list[IssuedSlip]:
    """Print fresh slips for a new group's first officers while none of them has set a password; the old ones are void.

    Posts group_founding once more. seen: the number of the decision that the page showed; a later one refuses.
    births: user id -> the birth date of a first officer that was mistyped at the founding; the decision names whose was
    put right. The live slips are locked first, so that whoever is using one now is either seen here or finds it void.
    Raises MayNotRenew, NotFoundedHere, OfficersHaveBegun, RenewedMeanwhile, NotAFirstOfficer.
    """
    if not has_district_right(by, group.village.tambon.district, Right.FOUND_GROUP):
        raise MayNotRenew()
    _lock(group)
    state = first_slips([group])[0]
    if not state.decisions:
        raise NotFoundedHere()
    if state.has_begun:
        raise OfficersHaveBegun()
    if state.last != seen:
        raise RenewedMeanwhile()
    seats = list(
        Office.objects.filter(group=group, user__slips__founding__isnull=False)
        .select_related("user")
        .distinct()
        .order_by("pk")
    )
    users = {office.user_id: office.user for office in seats}
    corrected = _put_births_right(users, births or {})
    issued = [
        make_slip(group=group, user=user, by=by, proof=ActivationSlip.Proof.BIRTH, founding=operation)
        for user in users.values()
    ]
    post_entry(
        group=group,
        kind=FOUNDING,
        on=timezone.localdate(),
        by=by,
        lines=[],
        operation=operation,
        details={"group": group.name, "officers": named(seats), "reason": _reason(corrected)},
    )
    return issued


def named(seats: Iterable[Office]) -> list[dict[str, str]]:
    """The first officers as the decision names them."""
    return [{"person": seat.user.code, "name": seat.user.display_name, "office": str(seat.role)} for seat in seats]


def _put_births_right(users: Mapping[int, User], births: Mapping[int, date]) -> list[User]:
    """Write the birth dates that differ from those on file; whose they are."""
    if not set(births) <= set(users):
        raise NotAFirstOfficer()
    corrected = [user for pk, user in users.items() if births.get(pk, user.birth_on) != user.birth_on]
    for user in corrected:
        user.birth_on = births[user.pk]
        user.save(update_fields=["birth_on"])
    return corrected


def _reason(corrected: Iterable[User]) -> str:
    """Why there are fresh slips, in Thai, as the journal keeps it."""
    names = ", ".join(user.display_name for user in corrected)
    with translation.override("th"):
        return f"{RENEWED} · {BIRTH_CORRECTED % {'names': names}}" if names else str(RENEWED)


def _lock(group: SavingsGroup) -> None:
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)
    unused = ActivationSlip.objects.filter(group=group, used_at__isnull=True).order_by("pk")
    list(unused.select_for_update(of=("self",)).values_list("pk", flat=True))
