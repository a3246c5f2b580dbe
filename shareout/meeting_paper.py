"""What is laid before the general meeting: one or two ways to divide, in percent, baht and examples. In Thai.

The paper is handed round, photographed and taken home. It names no member: what somebody has saved, borrowed and earns
is between that member and the committee (PDPA). Instead it gives examples from which everybody reckons the own share;
each member's figure stands on the own page, and the officers have the list with names as a file for their desk.
"""

from collections.abc import Sequence

from django.utils import timezone, translation

from funds.models import AccountYear
from members.group_settings import setting
from papers.share_out_proposal import ProposalPaper, ProposedHead
from shareout.head_words import head_label
from shareout.percentages import format_percent
from shareout.policy import Head
from shareout.rule_words import rule_lines
from shareout.selectors.comparison import compared
from shareout.selectors.trial import HeadLine, Trial
from thai.dates import format_date
from thai.money import format_baht

SAVED = (1_000_00, 10_000_00, 50_000_00)
PAID = (1_000_00,)


@translation.override("th")
def meeting_paper(year: AccountYear, ways: Sequence[tuple[str, Trial]]) -> ProposalPaper:
    """The proposal of one way, or of two side by side."""
    trials = [trial for _name, trial in ways]
    first, last = trials[0], trials[0].last
    return ProposalPaper(
        group=str(setting(year.group, "public_name") or year.group.name),
        place=_place(year),
        year=str(year.year),
        as_of=_as_of(year),
        ways=[name for name, _trial in ways],
        last_year=str(last.year) if last else "",
        figures=_figures(first),
        heads=_heads(trials),
        totals=ProposedHead(
            "รวม",
            [("100%", format_baht(trial.plan.snapshot.distributable)) for trial in trials],
            ("100%", format_baht(last.distributable)) if last else ("", ""),
        ),
        examples=_examples(trials),
        rules=_rules(trials),
        note="เอกสารนี้ไม่มีชื่อสมาชิก สมาชิกดูยอดของท่านเองได้ในหน้าของท่าน หรือถามเหรัญญิก",
    )


def _place(year: AccountYear) -> str:
    village = year.group.village
    tambon = village.tambon
    return f"{village.name} หมู่ที่ {village.moo} ตำบล{tambon.name_th} อำเภอ{tambon.district.name_th}"


def _as_of(year: AccountYear) -> str:
    if year.is_closed:
        return f"ปิดบัญชีแล้ว ณ วันที่ {format_date(year.ends_on)}"
    return f"ปียังไม่ปิดบัญชี คิดเสมือนปิดบัญชี ณ วันที่ {format_date(timezone.localdate())}"


def _figures(trial: Trial) -> list[tuple[str, str]]:
    snapshot, last = trial.plan.snapshot, trial.last
    rows = [("กำไรสุทธิของทุนดำเนินการ", format_baht(snapshot.profit))]
    if snapshot.distributable and trial.earlier:
        label = "กำไรที่ยังไม่จัดสรรของปีก่อนๆ" if trial.earlier > 0 else "ขาดทุนของปีก่อนๆ ที่ต้องหักก่อน"
        rows.append((label, format_baht(trial.earlier)))
    rows.append(("กำไรที่นำมาจัดสรร", format_baht(snapshot.distributable)))
    if last:
        rows.append((f"กำไรที่จัดสรรปี {last.year}", format_baht(last.distributable)))
    return rows


def _heads(trials: Sequence[Trial]) -> list[ProposedHead]:
    pairs = compared(trials[0], trials[-1]).heads
    found = []
    for pair in pairs:
        lines = [pair.first, pair.second][: len(trials)]
        known = next(line for line in lines if line is not None)
        last = (
            (format_percent(known.last_points) + "%", format_baht(known.last_satang or 0))
            if known.last_points is not None
            else ("–", "–")
        )
        found.append(
            ProposedHead(
                head_label(pair.head, pair.name),
                [_way(line, trial) for line, trial in zip(lines, trials, strict=True)],
                last,
            )
        )
    return found


def _way(line: HeadLine | None, trial: Trial) -> tuple[str, str]:
    if line is None:
        return ("–", "–")
    rate = trial.plan.policy.fixed_rate_bp
    if rate is not None and line.head == Head.DIVIDEND:
        return (f"ปีละ {format_percent(rate)}%", format_baht(line.satang))
    return (f"{format_percent(line.points)}%", format_baht(line.satang))


def _examples(trials: Sequence[Trial]) -> list[tuple[str, list[str]]]:
    rows = [
        (
            f"เงินสัจจะ {format_baht(satang, satang_shown=False)} บาท ฝากครบปี ได้ปันผล",
            [format_baht(trial.dividend_on(satang)) for trial in trials],
        )
        for satang in SAVED
    ]
    rows += [
        (
            f"ดอกเบี้ยเงินกู้ที่ชำระ {format_baht(satang, satang_shown=False)} บาท ได้เฉลี่ยคืน",
            [format_baht(trial.rebate_on(satang)) for trial in trials],
        )
        for satang in PAID
    ]
    return [*rows, ("สมาชิกที่ได้รับเงิน (คน)", [f"{trial.receivers:,}" for trial in trials])]


def _rules(trials: Sequence[Trial]) -> list[tuple[str, list[str]]]:
    sides = [rule_lines(trial.plan.policy) for trial in trials]
    return [(rows[0][0], [text for _label, text in rows]) for rows in zip(*sides, strict=True)]
