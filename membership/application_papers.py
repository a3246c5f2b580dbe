"""The application on paper: which of a person's data stand where; the national ID in full, for the form is signed."""

from datetime import date

from django.utils import timezone, translation

from members.ages import age_on
from members.group_settings import settings_on
from members.models import Member, SavingsGroup, Tambon
from members.national_ids import national_id
from members.selectors.history import decisions_of
from papers.application import ApplicationPaper, Heir
from thai.dates import format_date
from thai.money import format_baht
from thai.national_id import format_national_id


def blank_paper(group: SavingsGroup) -> ApplicationPaper:
    """The form with nothing but the group's own words and amounts; the address as far as all have it."""
    return _paper(group, values=_place(group.village.tambon), chosen=("", ""))


def application_paper(member: Member) -> ApplicationPaper:
    """The form with a member's data, and what the committee resolved."""
    heirs = [Heir(one.name, one.relation, str(one.percent)) for one in member.beneficiaries.order_by("position")]
    decision = decisions_of(member).first()
    outcome = "" if decision is None or _waits(member) else decision.outcome
    if not outcome and member.admitted_on is not None:
        outcome = "admitted"
    values = _person(member) | _home(member) | _work(member) | _committee(member, outcome)
    return _paper(
        member.group,
        values=values,
        chosen=(member.kind, member.marital_status),
        heirs=heirs,
        outcome=outcome,
    )


def _waits(member: Member) -> bool:
    return member.status == Member.Status.APPLICANT and member.refused_on is None


def _paper(
    group: SavingsGroup, *, values: dict[str, str], chosen: tuple[str, str], heirs: list[Heir] | None = None,
    outcome: str = "",
) -> ApplicationPaper:  # fmt: skip
    today = settings_on(group)
    village = group.village
    with translation.override("th"):
        return ApplicationPaper(
            group=today["public_name"] or group.name,
            place=f"{village.name} หมู่ที่ {village.moo} ตำบล{village.tambon.name_th}",
            unit=format_baht(today["pledge_unit_satang"]),
            units_max=str(today["pledge_units_max"]),
            application_fee=format_baht(today["application_fee_satang"]),
            entrance_fee=format_baht(today["entrance_fee_satang"]),
            adult_age=str(today["adult_age"]),
            kinds=[(str(label), value == chosen[0]) for value, label in Member.Kind.choices],
            marital=[(str(label), value == chosen[1]) for value, label in Member.Marital.choices],
            values=values | {"monthly": _monthly(values, today["pledge_unit_satang"])},
            heirs=heirs or [],
            outcome=outcome,
        )


def _monthly(values: dict[str, str], unit: int) -> str:
    units = values.get("units", "")
    return format_baht(int(units) * unit) if units else ""


def _person(member: Member) -> dict[str, str]:
    digits = national_id(member)
    return {
        "number": str(member.number),
        "applied_on": _day(member.applied_on),
        "name": "" if member.body_name else member.full_name,
        "body": member.body_name,
        "representative": member.representative_name,
        "national_id": format_national_id(digits) if digits else "",
        "birth_on": _day(member.birth_on),
        "age": str(age_on(member.birth_on, member.applied_on or timezone.localdate())) if member.birth_on else "",
        "spouse": member.spouse_name or (member.spouse.full_name if member.spouse else ""),
        "spouse_number": str(member.spouse.number) if member.spouse else "",
        "parent": member.parent.full_name if member.parent else "",
        "parent_number": str(member.parent.number) if member.parent else "",
    }


def _home(member: Member) -> dict[str, str]:
    return {
        "house_no": member.house_no,
        "moo": str(member.moo or ""),
        "phone": member.phone,
        "household": member.household.code if member.household else "",
        **(_place(member.tambon) if member.tambon else {}),
    }


def _place(tambon: Tambon) -> dict[str, str]:
    district = tambon.district
    return {"tambon": tambon.name_th, "district": district.name_th, "province": district.province.name_th}


def _work(member: Member) -> dict[str, str]:
    incomes = (member.income_satang, member.second_income_satang)
    first, second = ("" if satang is None else format_baht(satang) for satang in incomes)
    return {
        "occupation": member.occupation,
        "income": first,
        "second_occupation": member.second_occupation,
        "second_income": second,
        "other_groups": member.other_groups,
        "units": str(member.pledge_units or ""),
        "promised_on": _day(member.promised_on),
    }


def _committee(member: Member, outcome: str) -> dict[str, str]:
    decision = decisions_of(member).first() if outcome else None
    resolution = decision.resolution if decision else member.admission if outcome else None
    return {
        "resolution": resolution.number if resolution else "",
        "decided_on": _day(resolution.decided_on) if resolution else "",
        "admitted_on": _day(member.admitted_on),
        "reason": member.refusal_reason,
    }


def _day(on: date | None) -> str:
    return "" if on is None else format_date(on)
