"""Papers about people: the register of members and the committee, in Thai."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import translation

from members.models import Beneficiary, Member, Office, SavingsGroup
from papers.listing import Column, ListingPaper, Section, listing_pdf
from thai.dates import format_date

REGISTER = (
    Column("เลขที่", "10mm", "center"),
    Column("ชื่อ – ชื่อสกุล", "1.25fr", is_name=True),
    Column("ประเภท", "19mm", "center"),
    Column("วันเกิด", "19mm", "center"),
    Column("บ้านเลขที่ / หมู่", "20mm"),
    Column("ครัวเรือน", "16mm", "center"),
    Column("อาชีพ", "20mm"),
    Column("เข้าเป็นสมาชิก", "19mm", "center"),
    Column("มติที่", "16mm", "center"),
    Column("ผู้รับผลประโยชน์", "1fr"),
    Column("ออก / หมายเหตุ", "27mm"),
)
COMMITTEE = (
    Column("ตำแหน่ง", "34mm"),
    Column("เลขที่สมาชิก", "20mm", "center"),
    Column("ชื่อ – ชื่อสกุล", "1fr", is_name=True),
    Column("ตั้งแต่วันที่", "26mm", "center"),
    Column("มติที่", "20mm", "center"),
    Column("ลายมือชื่อ", "44mm"),
)


def register_file(
    group: SavingsGroup, members: Sequence[Member], heirs: Mapping[int, Sequence[Beneficiary]], on: date
) -> bytes:
    """Print the register of members, everybody who is or was one, in the order of their numbers."""
    with translation.override("th"):
        active = sum(1 for member in members if member.status == Member.Status.ACTIVE)
        return listing_pdf(
            ListingPaper(
                group=group.name,
                title="ทะเบียนสมาชิก",
                occasion=(f"ณ วันที่ {format_date(on)}", f"สมาชิกปัจจุบัน {active:,} ราย ในทะเบียน {len(members):,} ราย"),
                sections=[Section("", REGISTER, [_member(member, heirs.get(member.pk, ())) for member in members])],
                broad=True,
                size="9pt",
            )
        )


def _member(member: Member, heirs: Sequence[Beneficiary]) -> list[str]:
    place = " / ".join(part for part in (member.house_no, f"ม.{member.moo}" if member.moo else "") if part)
    left = f"{member.get_status_display()} {format_date(member.left_on, 'short')}" if member.left_on else ""
    return [
        str(member.number),
        member.full_name,
        str(member.get_kind_display()),
        _day(member.birth_on),
        place,
        member.household.code if member.household else "",
        member.occupation,
        _day(member.admitted_on),
        member.admission.number if member.admission else "",
        ", ".join(f"{share.name} {share.percent}%" for share in heirs),
        left,
    ]


def committee_file(group: SavingsGroup, terms: Sequence[Office], on: date) -> bytes:
    """Print the committee of a day, with a place for everybody's signature."""
    with translation.override("th"):
        rows = [
            [
                str(term.get_role_display()),
                str(term.member.number) if term.member else "",
                term.user.display_name,
                _day(term.starts_on),
                term.resolution.number if term.resolution else "",
                "",
            ]
            for term in terms
        ]
        return listing_pdf(
            ListingPaper(
                group=group.name,
                title="รายชื่อคณะกรรมการ",
                occasion=(f"ณ วันที่ {format_date(on)}", f"{len(rows)} ตำแหน่ง"),
                sections=[Section("", COMMITTEE, rows)],
                size="11.5pt",
                row_height="10mm",
            )
        )


def _day(day: date | None) -> str:
    return format_date(day, "short") if day else ""
