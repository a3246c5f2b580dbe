"""A member's national ID: sealed at rest, unique in the group through its blind index, masked on every screen."""

from django.utils.translation import gettext_lazy as _

from members.errors import DomainError
from members.models import Member, SavingsGroup
from members.sealing import blind_index, seal, unseal
from thai.national_id import mask_national_id, parse_national_id

INDEX_PURPOSE = "national id"


class NationalIdTaken(DomainError):
    """Another member of the group has this national ID."""

    sentence = _("Member %(number)s %(name)s already has this national ID.")


class FormerMember(DomainError):
    """Who left comes back by being admitted again, so that the group's waiting time and resolution are kept."""

    sentence = _("Member %(number)s %(name)s with this national ID has left. Admit the person again from that page.")


def _seal_purpose(index: str) -> str:
    return f"national id {index}"


def set_national_id(member: Member, typed: str) -> None:
    """Put a checked national ID on a member (not saved here); an empty one takes it away.

    Of those who left only the former membership of the same person may have it. Raises
    thai.national_id.NationalIdError, NationalIdTaken, FormerMember.
    """
    if not typed:
        member.national_id_index = member.national_id_sealed = ""
        return
    digits = parse_national_id(typed)
    index = blind_index(digits, purpose=INDEX_PURPOSE)
    if not member.has_left:
        _refuse_known(member, index)
    member.national_id_index = index
    member.national_id_sealed = seal(digits, purpose=_seal_purpose(index))


def _refuse_known(member: Member, index: str) -> None:
    others = Member.objects.filter(group=member.group_id, national_id_index=index).exclude(pk=member.pk)
    for other in others.order_by("-number"):
        if not other.has_left:
            raise NationalIdTaken(number=other.number, name=other.full_name)
    last = others.order_by("-number").first()
    if last is not None and (member.former is None or member.former.national_id_index != index):
        raise FormerMember(number=last.number, name=last.full_name)


def national_id(member: Member) -> str:
    """The 13 digits in clear, or ""."""
    if not member.national_id_sealed:
        return ""
    return unseal(member.national_id_sealed, purpose=_seal_purpose(member.national_id_index))


def masked_national_id(member: Member) -> str:
    """The national ID as a screen may show it, or ""."""
    digits = national_id(member)
    return mask_national_id(digits) if digits else ""


def reseal_national_id(member: Member) -> None:
    """Seal the national ID under the first key (not saved here)."""
    member.national_id_sealed = seal(national_id(member), purpose=_seal_purpose(member.national_id_index))


def member_with_national_id(group: SavingsGroup, digits: str) -> Member | None:
    """Find a member of a group by their 13 digits; of several memberships the last one."""
    index = blind_index(digits, purpose=INDEX_PURPOSE)
    return Member.objects.filter(group=group, national_id_index=index).order_by("-number").first()
