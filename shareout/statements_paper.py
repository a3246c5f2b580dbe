"""A year's statements in words: each pool's income, cost, what it has, owes and keeps. Papers are in Thai."""

from collections.abc import Iterable, Mapping

from django.utils import translation

from funds.chart import unit_name
from funds.models import AccountYear
from members.group_settings import setting
from papers.statements import (
    HEAD,
    LINE,
    SUM,
    TOTAL,
    StatementPage,
    StatementRow,
    StatementsPaper,
    StatementTable,
)
from shareout.models import YearClosing
from shareout.selectors.statements import PoolStatement, Section, StatementLine
from thai.dates import format_date
from thai.money import format_baht

AFTER = ("ก่อนปิดบัญชี (บาท)", "หลังปิดบัญชี (บาท)")


@translation.override("th")
def statements_paper(
    year: AccountYear, pools: Mapping[str, PoolStatement], closing: YearClosing | None
) -> StatementsPaper:
    """Both pools' statements of a year, as they stand; signed by those who closed it."""
    group = year.group
    village = group.village
    moo = f"หมู่ที่ {village.moo} " if village.moo else ""
    if closing is not None and closing.approved_by is not None and closing.entry is not None:
        state = f"ปิดบัญชีแล้ว รายการเลขที่ {closing.entry.n}"
        names = (closing.requested_by.display_name, closing.approved_by.display_name)
    else:
        state = "ปิดบัญชีแล้ว" if year.is_closed else "ยังไม่ปิดบัญชี ตัวเลขอาจเปลี่ยนได้"
        names = ("", "")
    return StatementsPaper(
        group=setting(group, "public_name") or group.name,
        place=f"{moo}ตำบล{village.tambon.name_th} อำเภอ{village.tambon.district.name_th}",
        title=f"งบการเงิน ปีบัญชี {year.year}",
        period=f"{format_date(year.starts_on)} – {format_date(year.ends_on)}",
        state=state,
        pages=[_page(pool, year) for pool in pools.values()],
        signers=[(names[0], "ผู้จัดทำ"), (names[1], "ผู้ตรวจสอบ"), ("", "ประธาน")],
    )


def _page(pool: PoolStatement, year: AccountYear) -> StatementPage:
    result = "กำไรสุทธิประจำปี" if pool.result >= 0 else "ขาดทุนสุทธิประจำปี"
    income = [
        *_part("รายได้", pool.income, "รวมรายได้"),
        *_part("ค่าใช้จ่าย", pool.cost, "รวมค่าใช้จ่าย"),
        StatementRow(TOTAL, result, [format_baht(pool.result)]),
    ]
    kept = "รวมหนี้สิน ทุน และผลของปี"
    balance = [
        *_part("สินทรัพย์", pool.assets, "รวมสินทรัพย์", after=True),
        *_part("หนี้สิน", pool.liabilities, "รวมหนี้สิน", after=True),
        *_part("ทุน", pool.funds, "รวมทุน", after=True),
        StatementRow(SUM, "ผลของปีที่ยังไม่ปิด", [format_baht(pool.result), "–"]),
        StatementRow(TOTAL, kept, [format_baht(pool.before_together), format_baht(pool.after_together)]),
    ]
    return StatementPage(
        str(unit_name(pool.pool)),
        [
            StatementTable("งบกำไรขาดทุน", ["บาท"], income),
            StatementTable(f"งบดุล ณ วันที่ {format_date(year.ends_on)}", AFTER, balance),
        ],
    )


def _part(title: str, section: Section, total: str, *, after: bool = False) -> Iterable[StatementRow]:
    yield StatementRow(HEAD, title)
    for line in section.lines:
        yield StatementRow(LINE, f"{line.name} {line.holder}".strip(), _amounts(line, after=after))
    sums = [section.total, section.total_after] if after else [section.total]
    yield StatementRow(SUM, total, [format_baht(satang) for satang in sums])


def _amounts(line: StatementLine, *, after: bool) -> list[str]:
    sums = [line.satang, line.after or 0] if after else [line.satang]
    return [format_baht(satang) for satang in sums]
