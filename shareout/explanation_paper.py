"""The explanation as a paper, a sheet for each member. Papers are in Thai."""

from collections.abc import Iterable, Iterator

from django.utils import translation

from papers.share_explanation import (
    ExplainedStep,
    ExplanationPaper,
    FormulaTerm,
    WeightRow,
    WeightTable,
    explanation_pdf,
)
from savings.papers import seal_of
from shareout.explanation_text import ShownExplanation, ShownLine, ShownPart, shown
from shareout.explanation_words import figure
from shareout.selectors.explanation import MemberExplanation
from shareout.weights import MONTHS
from thai.money import format_baht


def explanation_file(view: MemberExplanation) -> bytes:
    """Print one member's sheet as a PDF."""
    return explanations_file([view])


def explanations_file(views: Iterable[MemberExplanation]) -> bytes:
    """Print the sheets of several members as one PDF."""
    return explanation_pdf([explanation_paper(view) for view in views])


@translation.override("th")
def explanation_paper(view: MemberExplanation) -> ExplanationPaper:
    """What one member's sheet says."""
    share_out, entry = view.share_out, view.share.entry if view.share else None
    said = shown(view)
    return ExplanationPaper(
        group=share_out.group.name,
        year=share_out.year.year,
        on=share_out.held_on,
        resolution=share_out.resolution.number,
        member=view.member.full_name,
        number=str(view.member.number),
        dividend=view.found.dividend.share,
        rebate=view.found.rebate.share,
        steps=[*_savings(said), *_dividend(said), *(_rebate(said) if said.is_counted else ())],
        code=said.code,
        is_posted=share_out.posted_at is not None,
        seal=seal_of(share_out.group, entry) if entry else None,
    )


def _savings(said: ShownExplanation) -> Iterator[ExplainedStep]:
    """What the savings weigh."""
    if said.opening is not None:
        line = said.opening
        yield ExplainedStep(
            "เงินยกมา คิดครบ 12 เดือน",
            texts=[" ".join(said.rules)],
            formula=[
                FormulaTerm("", format_baht(line.satang), "ยอดยกมา"),
                FormulaTerm("×", str(MONTHS), "เดือน"),
                FormulaTerm("=", figure(line.weight), said.unit),
            ],
        )
        heads = ["ส่ง (บาท)", "คูณเดือน", said.unit]
        total = [format_baht(said.lines_satang), "", figure(said.lines_weight)]
        rows = [WeightRow(each.title, _deposit_figures(each), each.line.weight) for each in said.lines]
        yield ExplainedStep("เงินที่ส่งแต่ละเดือน คูณจำนวนเดือนที่เหลือ", table=WeightTable(heads, rows, total))
    elif said.lines:
        heads = ["คงเหลือ (บาท)", *(["ที่คิดให้"] if said.has_cap else []), *(["วัน"] if said.counts_days else []), said.unit]
        rows = [WeightRow(each.title, _balance_figures(said, each), each.line.weight) for each in said.lines]
        total = ["" for _head in heads[1:]] + [figure(said.lines_weight)]
        yield ExplainedStep(
            "ยอดเงินสัจจะสะสมที่นำมาคิด", texts=[" ".join(said.rules)], table=WeightTable(heads, rows, total)
        )
    else:
        yield ExplainedStep("เงินสัจจะสะสมที่นำมาคิด", texts=[*said.rules, said.dividend.why, *_nobody(said)])


def _dividend(said: ShownExplanation) -> Iterator[ExplainedStep]:
    shown_part, part = said.dividend, said.dividend.part
    if not part.weight:
        if said.lines:
            yield ExplainedStep("เงินปันผล", texts=[shown_part.why, *_nobody(said)])
        return
    yield ExplainedStep(
        "ส่วนของท่านเทียบกับทั้งกลุ่ม",
        formula=[
            FormulaTerm("", figure(part.weight), "ของท่าน"),
            FormulaTerm("÷", figure(part.total), f"ของสมาชิก {part.sharers:,} คน"),
            FormulaTerm("=", f"{shown_part.of_all}%", "ของทั้งกลุ่ม"),
        ],
    )
    title, pool = "คูณด้วยเงินปันผลทั้งกลุ่ม", "เงินปันผลทั้งกลุ่ม"
    if shown_part.why:
        yield ExplainedStep(title, texts=[shown_part.why])
        return
    yield ExplainedStep(title, texts=[f"{pool}คือ {shown_part.pool}"], formula=_formula(shown_part, pool, ""))
    yield ExplainedStep("ปัดเศษให้พอดีทั้งกลุ่ม", texts=[_rounding(shown_part)])


def _nobody(said: ShownExplanation) -> list[str]:
    return [said.dividend.nobody] if said.dividend.nobody else []


def _rebate(said: ShownExplanation) -> Iterator[ExplainedStep]:
    shown_part, title = said.rebate, "เงินเฉลี่ยคืน คิดจากดอกเบี้ยที่ชำระ"
    if shown_part.why:
        yield ExplainedStep(title, texts=[each for each in (shown_part.why, shown_part.nobody) if each])
        return
    formula = _formula(shown_part, "เงินเฉลี่ยคืนทั้งกลุ่ม", "ดอกเบี้ย")
    pool = f"เงินเฉลี่ยคืนทั้งกลุ่มคือ {shown_part.pool}"
    yield ExplainedStep(title, texts=[pool], formula=formula, after=_rounding(shown_part))


def _formula(shown_part: ShownPart, pool: str, unit: str) -> list[FormulaTerm]:
    part = shown_part.part
    return [
        FormulaTerm("", format_baht(part.pool), pool),
        FormulaTerm("×", figure(part.weight), f"{unit}ของท่าน"),
        FormulaTerm("÷", figure(part.total), f"{unit}ทั้งกลุ่ม"),
        FormulaTerm("=", shown_part.exact, "บาท"),
    ]


def _rounding(shown_part: ShownPart) -> str:
    return " ".join([*shown_part.rounding, f"ได้รับ {format_baht(shown_part.part.share)} บาท"])


def _deposit_figures(each: ShownLine) -> list[str]:
    line = each.line
    return [format_baht(line.satang), str(line.times), figure(line.weight)]


def _balance_figures(said: ShownExplanation, each: ShownLine) -> list[str]:
    line = each.line
    counted = [format_baht(line.counted)] if said.has_cap else []
    days = [str(line.times)] if said.counts_days else []
    return [format_baht(line.satang), *counted, *days, figure(line.weight)]
