"""The people on the papers of a loan: who signs, with the address to which notices go."""

from datetime import date

from loans.selectors.contracts import spouse_name
from members.ages import age_on
from members.models import Member, Office, SavingsGroup
from members.national_ids import national_id
from papers.loans import person
from thai.national_id import format_national_id


def person_of(member: Member, on: date) -> dict[str, str]:
    """A member as the papers name them, with the national ID in full: the paper is signed."""
    digits = national_id(member)
    return contact_of(member) | {
        "national_id": format_national_id(digits) if digits else "",
        "age": str(age_on(member.birth_on, on)) if member.birth_on else "",
        "occupation": member.occupation,
        "spouse": spouse_name(member),
    }


def contact_of(member: Member) -> dict[str, str]:
    """A member with address and telephone, without what only a contract needs."""
    return person(name=member.full_name, number=str(member.number), phone=member.phone, **_address(member))


def spouse_person(member: Member) -> dict[str, str]:
    """A member's spouse, who is taken to live at the same address."""
    return person(name=spouse_name(member), **_address(member))


def lender_of(group: SavingsGroup, on: date) -> tuple[str, str]:
    """Who signs for the group on a day, and the office: the chair."""
    terms = Office.objects.held_on(on).filter(group=group, role=Office.Role.CHAIR).select_related("user")
    found = terms.first()
    return (found.user.display_name, "ประธานกรรมการ") if found else ("", "")


def _address(member: Member) -> dict[str, str]:
    tambon = member.tambon
    found = {"house_no": member.house_no, "moo": str(member.moo or "")}
    if tambon is None:
        return found
    district = tambon.district
    return found | {
        "tambon": tambon.name_th, "district": district.name_th, "province": district.province.name_th,
    }  # fmt: skip
