"""The papers of the activities: the slip of what moved in kind, the sheet of an account year. Papers are in Thai."""

from collections.abc import Sequence

from django.db.models import Sum
from django.utils import translation

from funds.act_words import KILOGRAM
from funds.models import Act, KindLoan
from funds.selectors import paper_code
from funds.selectors.activities import STANDS
from funds.selectors.activity_year import Flow, Stocktaking, YearResult
from members.models import SavingsGroup
from papers.activity_year import ActivityYear, Part, activity_year_pdf
from papers.in_kind_slip import InKindSlip, in_kind_slip_pdf
from thai.dates import format_date
from thai.money import format_baht
from thai.quantities import Grams, format_quantity

TITLES = {
    "kind_loan": "ใบยืม%s",
    "kind_return": "ใบรับคืน%s",
    "kind_deposit": "ใบรับฝาก%s",
    "kind_withdrawal": "ใบถอน%s",
    "kind_gift": "ใบรับ%sเข้าเป็นของกลุ่ม",
}
SIGNS = {
    "kind_loan": "ผู้ยืม",
    "kind_return": "ผู้ส่งคืน",
    "kind_deposit": "ผู้ฝาก",
    "kind_withdrawal": "ผู้ถอน",
    "kind_gift": "ผู้ให้",
}


def has_slip(act: Act) -> bool:
    """Whether an act prints a slip in kind: it is posted, and somebody gave or took goods without a price."""
    return act.entry_id is not None and act.kind in TITLES


def slip_pdf(act: Act) -> bytes:
    """Print the slip of an act that has one."""
    return in_kind_slip_pdf(in_kind_slip(act))


@translation.override("th")
def in_kind_slip(act: Act) -> InKindSlip:
    """An act in kind as it is printed."""
    entry = act.entry
    assert entry is not None
    group, member = act.activity.group, act.loan.member if act.loan else act.member
    name = member.full_name if member else act.party
    back = entry.reversals.first()
    approved = [(str(act.approved_by), "ผู้อนุมัติ")] if act.approved_by else []
    return InKindSlip(
        title=TITLES[act.kind] % act.activity.goods_in_kind,
        group=group.name,
        place=_place(group),
        activity=act.activity.name,
        number=entry.n,
        on=act.done_on,
        person=name,
        member_number=str(member.number) if member else "",
        rows=_rows(act),
        promise=_promise(act),
        signatures=[(name, SIGNS[act.kind]), (str(act.requested_by), "ผู้ลงรายการ"), *approved],
        void=f"ใบนี้ยกเลิกแล้ว โดยรายการหักล้างเลขที่ {back.n}" if back else "",
        code=paper_code(entry.hash),
    )


def _kg(grams: int) -> str:
    return f"{format_quantity(grams)} {KILOGRAM}"


def _rows(act: Act) -> list[tuple[str, str]]:
    goods = act.activity.goods_in_kind
    if act.kind == "kind_loan":
        assert act.made_loan is not None
        return [
            (f"{goods}ที่ยืม สัญญาเลขที่ {act.made_loan.number}", _kg(act.quantity)),
            ("ดอกเบี้ย", _kg(act.interest)),
            ("รวมที่ต้องส่งคืน", _kg(act.quantity + act.interest)),
        ]
    if act.kind == "kind_return":
        assert act.loan is not None
        return [
            (f"{goods}ที่ส่งคืน สัญญาเลขที่ {act.loan.number}", _kg(act.quantity)),
            ("เป็นดอกเบี้ย", _kg(act.interest)),
            ("เป็นต้น", _kg(act.quantity - act.interest)),
            ("คงเหลือที่ต้องส่งคืน", _kg(_left_after(act, act.loan))),
        ]
    said = {"kind_deposit": f"{goods}ที่ฝาก", "kind_withdrawal": f"{goods}ที่ถอน", "kind_gift": f"{goods}ที่รับไว้"}
    return [(said[act.kind], _kg(act.quantity))]


def _left_after(act: Act, loan: KindLoan) -> int:
    """What was owed of a loan right after a return."""
    back = Act.objects.filter(STANDS, loan=loan, kind="kind_return", pk__lte=act.pk)
    returned: int = back.aggregate(sum=Sum("quantity", default=0))["sum"]
    return loan.grams + loan.interest_grams - returned


def _promise(act: Act) -> str:
    if act.due_on is None:
        return ""
    return f"ผู้ยืมจะส่งคืนให้ครบภายในวันที่ {format_date(act.due_on)}"


def year_pdf(result: YearResult) -> bytes:
    """Print an account year of an activity."""
    return activity_year_pdf(year_paper(result))


@translation.override("th")
def year_paper(result: YearResult) -> ActivityYear:
    """An account year as it is printed."""
    activity, year = result.activity, result.year
    ends = [("กำไรของปี (รายได้หักค่าใช้จ่าย)" if result.result >= 0 else "ขาดทุนของปี", _baht(abs(result.result)))]
    parts = [
        Part("รายได้", "บาท", _flows(result.income), ("รวมรายได้", format_baht(result.earned))),
        Part("ต้นทุนและค่าใช้จ่าย", "บาท", _flows(result.cost), ("รวมค่าใช้จ่าย", format_baht(result.spent))),
    ]
    if result.goods.before or result.goods.moves:
        parts.append(_stock("สินค้าคงเหลือ ตามราคาทุน", "บาท", result.goods))
    if result.barn is not None and result.own is not None:
        parts.append(_stock(f"{activity.goods_in_kind}ในยุ้ง", KILOGRAM, result.barn))
        ends.append((f"{activity.goods_in_kind}ของกลุ่ม (รวมที่ให้ยืม) จาก {_kg(result.own[0])} เป็น", _kg(result.own[1])))
        ends.append(("ดอกเบี้ยเป็นสิ่งของ หักส่วนที่สูญเสีย", _kg(result.in_kind)))
    return ActivityYear(
        group=activity.group.name,
        place=_place(activity.group),
        activity=activity.name,
        kind=str(activity.get_kind_display()),
        year=year.year,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        parts=parts,
        result=ends,
        keeper=activity.keeper.full_name if activity.keeper else "",
    )


def _baht(satang: int) -> str:
    return f"{format_baht(satang)} บาท"


def _flows(flows: Sequence[Flow], *, signed: bool = False) -> list[tuple[str, str]]:
    return [(str(flow.label), _printed(flow.amount, signed=signed)) for flow in flows]


def _printed(amount: int, *, signed: bool = False) -> str:
    if isinstance(amount, Grams):
        return format_quantity(amount, signed=signed)
    return format_baht(amount, signed=signed)


def _stock(title: str, unit: str, stock: Stocktaking) -> Part:
    rows = [("ยกมาต้นปี", _printed(stock.before)), *_flows(stock.moves, signed=True)]
    return Part(title, unit, rows, ("คงเหลือสิ้นปี", _printed(stock.after)))


def _place(group: SavingsGroup) -> str:
    tambon = group.village.tambon
    moo = f"หมู่ที่ {group.village.moo} " if group.village.moo else ""
    return f"{moo}ตำบล{tambon.name_th} อำเภอ{tambon.district.name_th}"
