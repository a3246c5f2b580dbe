"""The register: who is in it, with what particulars, and who may open whose passbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.models import Beneficiary, Member, PassbookAccess, SavingsGroup, User
from members.national_ids import set_national_id
from members.sealing import blind_index
from members.services.history import record_changes, record_entering, told
from members.services.households import household_of, refuse_full_household

MAX_BENEFICIARIES = 3
PARTICULARS = frozenset(
    {
        "kind", "status", "title", "first_name", "last_name", "body_name", "sex", "birth_on", "representative_name",
        "representative_birth_on", "parent", "marital_status", "spouse_name", "spouse", "household", "house_no",
        "moo", "tambon", "phone", "occupation", "income_satang", "second_occupation", "second_income_satang",
        "other_groups", "pledge_units", "promised_on", "applied_on", "admitted_on", "admission", "refused_on",
        "refusal_reason", "left_on", "leaving",
    }
)  # fmt: skip


class NumberTaken(DomainError):
    """Two members cannot have one number."""

    sentence = _("Member number %(number)s is taken. The next free number is %(free)s.")


class SharesNotWhole(DomainError):
    """The beneficiaries' percentages must sum to exactly 100."""

    sentence = _("The beneficiaries' shares add up to %(total)s per cent. They must add up to exactly 100.")


class TooManyBeneficiaries(DomainError):
    """The form has three lines."""

    sentence = _("At most %(most)s beneficiaries can be named.")


class BeneficiaryUnnamed(DomainError):
    """A share belongs to somebody."""

    sentence = _("Give the name of each beneficiary who has a share.")


class ChangedMeanwhile(DomainError):
    """Someone else has saved this member since the form was opened."""

    sentence = _("Someone else has changed this member meanwhile. Look at what was changed, then save again.")


class FormSentTwice(DomainError):
    """The form that entered somebody comes again and says something else."""

    sentence = _("This form has entered %(name)s as no. %(number)s already. Open a new form for another person.")


class EnteredAlready(DomainError):
    """The same officer enters the same words again with a fresh form, as after going back."""

    sentence = _(
        "%(name)s was entered with exactly these words as no. %(number)s. For another person of the same name type the"
        " birth date or the house number as well."
    )


class ForeignPerson(DomainError):
    """A spouse, parent or household of another group."""

    sentence = _("This belongs to another group.")


@dataclass(frozen=True)
class Share:
    """One beneficiary: who, what they are to the member, and their percentage."""

    name: str
    relation: str
    percent: int


def next_number(group: SavingsGroup) -> int:
    """The number after the highest one given; numbers of leavers are not given again."""
    return (Member.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def add_member(
    *,
    group: SavingsGroup,
    by: User,
    number: int | None = None,
    national_id: str = "",
    beneficiaries: Sequence[Share] = (),
    household_code: str = "",
    operation: UUID | None = None,
    **particulars: Any,
) -> Member:
    """Enter a person or a body in the register; without a number they get the next one.

    `particulars` are fields of Member. `operation` is made when the form opens: the same content sent twice returns the
    member already entered. Raises NumberTaken, SharesNotWhole, NationalIdTaken, ForeignPerson, FormSentTwice,
    EnteredAlready, HouseholdFull.
    """
    said = ""
    if operation is not None:
        SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)
        said = _said(group, by.code, particulars, number, national_id, beneficiaries, household_code)
        entered = Member.objects.filter(operation=operation).first()
        if entered is not None:
            return _entered_before(group, entered, said)
        _refuse_the_same_words(group, said)
    free = next_number(group)
    number = number or free
    if Member.objects.filter(group=group, number=number).exists():
        raise NumberTaken(number=number, free=free)
    member = Member(group=group, number=number, operation=operation, entered_index=said, **_known(particulars))
    if household_code:
        member.household = household_of(group=group, code=household_code, house_no=member.house_no)
    _refuse_foreigners(member)
    refuse_full_household(member)
    set_national_id(member, national_id)
    member.save()
    _name_beneficiaries(member, beneficiaries)
    if operation is not None:
        record_entering(member=member, by=by)
    return member


@transaction.atomic
def change_member(
    *,
    member: Member,
    by: User,
    version: int | None = None,
    national_id: str | None = None,
    beneficiaries: Sequence[Share] | None = None,
    household_code: str | None = None,
    **particulars: Any,
) -> Member:
    """Correct a member's particulars; the number is never changed. `version` is what the form was opened with.

    `national_id` None leaves it as it is. Each field that changes is kept in the history. Raises ChangedMeanwhile,
    SharesNotWhole, NationalIdTaken, ForeignPerson, HouseholdFull.
    """
    member = Member.objects.select_for_update().select_related("group").get(pk=member.pk)
    if version is not None and member.version != version:
        raise ChangedMeanwhile()
    was = told(member)
    before = member.household_id, member.status
    for name, value in _known(particulars).items():
        setattr(member, name, value)
    if household_code is not None:
        member.household = (
            household_of(group=member.group, code=household_code, house_no=member.house_no) if household_code else None
        )
    _refuse_foreigners(member)
    if (member.household_id, member.status) != before:
        refuse_full_household(member)
    if national_id is not None:
        set_national_id(member, national_id)
    member.version += 1
    member.save()
    if beneficiaries is not None:
        _name_beneficiaries(member, beneficiaries)
    record_changes(member=member, before=was, by=by)
    return member


@transaction.atomic
def set_beneficiaries(*, member: Member, shares: Sequence[Share], by: User) -> list[Beneficiary]:
    """Name who receives a member's savings after death; none at all, or shares of exactly 100 together.

    What was named before stays in the history. Raises TooManyBeneficiaries, SharesNotWhole.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    was = told(locked)
    locked.version += 1
    locked.save(update_fields=["version"])
    named = _name_beneficiaries(locked, shares)
    record_changes(member=locked, before=was, by=by)
    return named


def _name_beneficiaries(member: Member, shares: Sequence[Share]) -> list[Beneficiary]:
    if len(shares) > MAX_BENEFICIARIES:
        raise TooManyBeneficiaries(most=MAX_BENEFICIARIES)
    total = sum(share.percent for share in shares)
    if shares and (total != 100 or any(share.percent < 1 for share in shares)):
        raise SharesNotWhole(total=total)
    if any(not share.name for share in shares):
        raise BeneficiaryUnnamed()
    member.beneficiaries.all().delete()
    return Beneficiary.objects.bulk_create(
        Beneficiary(member=member, position=position, name=share.name, relation=share.relation, percent=share.percent)
        for position, share in enumerate(shares, start=1)
    )


def give_passbook(
    *, user: User, member: Member, relation: str = PassbookAccess.Relation.OWN, by: User | None = None
) -> PassbookAccess:
    """Let a user open a member's passbook: the own one, a child's, or that of the body they represent."""
    access, _made = PassbookAccess.objects.get_or_create(user=user, member=member, defaults={"relation": relation})
    return access


def _said(group: SavingsGroup, *content: Any) -> str:
    """A keyed hash of all that a form says, by whom and for which group; nothing can be read from it."""
    return blind_index(f"{group.pk} {content!r}", purpose="entered")


def _entered_before(group: SavingsGroup, member: Member, said: str) -> Member:
    if member.group_id != group.pk:
        raise ForeignPerson()
    if member.entered_index != said:
        raise FormSentTwice(name=member.full_name, number=member.number)
    return member


def _refuse_the_same_words(group: SavingsGroup, said: str) -> None:
    same = Member.objects.filter(group=group, entered_index=said).first()
    if same is not None:
        raise EnteredAlready(name=same.full_name, number=same.number)


def _known(particulars: dict[str, Any]) -> dict[str, Any]:
    unknown = set(particulars) - PARTICULARS
    if unknown:
        raise TypeError(f"not a particular of a member: {', '.join(sorted(unknown))}")
    return particulars


def _refuse_foreigners(member: Member) -> None:
    for other in (member.spouse, member.parent, member.household, member.admission, member.leaving):
        if other is not None and other.group_id != member.group_id:
            raise ForeignPerson()
