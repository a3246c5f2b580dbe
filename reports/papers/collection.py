"""The collection list on paper, in Thai: the houses in order, empty columns for what was received and who gave it."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation

from members.models import SavingsGroup
from papers.listing import Column, ListingPaper, Part, Section, listing_pdf
from reports.selectors.collection import CollectionHouse, CollectionLine, collection_totals
from savings.wording import months_text
from thai.dates import format_date
from thai.money import format_baht
from thai.months import format_month

COLUMNS = (
    Column("ครัวเรือน", "27mm"),
    Column("เลขที่", "11mm", "center"),
    Column("ชื่อ – ชื่อสกุล", "1fr", is_name=True),
    Column("สัจจะเดือนนี้", "21mm", "right"),
    Column("เดือนที่ค้างส่ง", "28mm"),
    Column("เงินที่ค้างส่ง", "21mm", "right"),
    Column("ค่าธรรม\nเนียม", "14mm", "right"),
    Column("ค่าปรับ", "14mm", "right"),
    Column("เงินกู้\nถึงกำหนด", "20mm", "right"),
    Column("รวมต้องเก็บ", "22mm", "right"),
    Column("รับจริง", "20mm"),
    Column("ลายมือชื่อผู้ส่งเงิน", "27mm"),
)
HOUSELESS = "ไม่ระบุ"


def collection_file(group: SavingsGroup, houses: Sequence[CollectionHouse], on: date) -> bytes:
    """Print the list for the houses given."""
    with translation.override("th"):
        totals = collection_totals(houses)
        rows = [Part(_house(house), [_line(line, on) for line in house.lines]) for house in houses]
        sums = [
            "รวม", "", f"{totals.members:,} ราย", _baht(totals.this_month), "", _baht(totals.owed), _baht(totals.fee),
            _baht(totals.fine), _baht(totals.loans), _baht(totals.total) or "0.00", "", "",
        ]  # fmt: skip
        return listing_pdf(
            ListingPaper(
                group=group.name,
                title="ใบรายชื่อเก็บเงินตามบ้าน",
                occasion=(
                    f"ประชุมวันที่ {format_date(on)}",
                    f"เงินสัจจะเดือน{format_month(on.replace(day=1), 'long', 'th')}",
                ),
                sections=[Section("", COLUMNS, rows, sums)],
                signers=[("", "ผู้เก็บเงิน"), ("", "เหรัญญิก ผู้รับเงิน")],
                broad=True,
                size="10pt",
                row_height="5.2mm",
            )
        )


def _house(house: CollectionHouse) -> list[str]:
    if not house.code:
        return [HOUSELESS]
    place = f"บ้านเลขที่ {house.house_no}" if house.house_no else ""
    total = f"รวม {format_baht(house.total)}" if house.total and len(house.lines) > 1 else ""
    return [house.code, *(line for line in (place, total) if line)]


def _line(line: CollectionLine, on: date) -> list[str]:
    return [
        str(line.member.number),
        line.member.full_name,
        _baht(line.this_month),
        months_text(line.owed_months, on, "th") if line.owed_months else "",
        _baht(line.owed),
        _baht(line.fee),
        _baht(line.fine),
        _baht(line.loans),
        _baht(line.total),
        "",
        "",
    ]


def _baht(satang: int) -> str:
    return format_baht(satang) if satang else ""
