"""The history of a person's data: one row for each field that changed, by whom and when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from members.models import Beneficiary, Member, MemberChange, User
from members.national_ids import masked_national_id

FOLLOWED = (
    "kind", "status", "title", "first_name", "last_name", "body_name", "sex", "birth_on", "representative_name",
    "representative_birth_on", "marital_status", "spouse_name", "house_no", "moo", "phone", "occupation",
    "income_satang", "second_occupation", "second_income_satang", "other_groups", "pledge_units", "promised_on",
    "applied_on", "admitted_on", "refused_on", "refusal_reason", "left_on", "leaving_reason",
)  # fmt: skip
LINKED = ("parent", "spouse", "admission", "leaving", "household", "tambon")


def told(member: Member) -> dict[str, str]:
    """A member's data as the history writes them; the national ID with the hash that tells two masked ones apart."""
    values = {name: _text(getattr(member, name)) for name in FOLLOWED}
    for name in LINKED:
        other = getattr(member, name)
        values[name] = "" if other is None else str(other)
    values["national_id"] = f"{masked_national_id(member)}\n{member.national_id_index}"
    values["beneficiaries"] = _shares(member.beneficiaries.order_by("position")) if member.pk else ""
    return values


def record_changes(*, member: Member, before: dict[str, str], by: User) -> list[MemberChange]:
    """Keep what differs from `before`, which `told` gave while the member's row was locked."""
    after = told(member)
    return MemberChange.objects.bulk_create(
        MemberChange(
            group_id=member.group_id,
            member=member,
            field=name,
            before=_shown(name, before[name]),
            after=_shown(name, now, other=before[name]),
            version=member.version,
            changed_by=by,
        )
        for name, now in after.items()
        if now != before[name]
    )


def record_entering(*, member: Member, by: User) -> MemberChange:
    """Keep who entered a person in the register."""
    return MemberChange.objects.create(
        group_id=member.group_id, member=member, field="entered", after=member.full_name, version=0, changed_by=by
    )


def _shown(name: str, value: str, other: str | None = None) -> str:
    """Without the hash; two IDs that look alike under the mask are told apart by a mark."""
    if name != "national_id":
        return value
    masked = value.partition("\n")[0]
    return f"{masked} *" if other is not None and masked and masked == other.partition("\n")[0] else masked


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _shares(rows: Iterable[Beneficiary]) -> str:
    return "; ".join(
        f"{one.name} ({one.relation}) {one.percent}%" if one.relation else f"{one.name} {one.percent}%" for one in rows
    )
