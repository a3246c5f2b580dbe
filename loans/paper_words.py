"""The sentences of a loan's papers that follow from its terms; Thai, as a contract says it."""

from loans.models import Arithmetic, Loan
from loans.quotes import Quote
from thai.dates import format_date
from thai.money import format_baht

HUNDREDTHS = 100
SMALL_GUARANTEE, MIDDLE_GUARANTEE = 1_000_00, 10_000_00
METHODS = {
    Arithmetic.Method.REDUCING: "คิดแบบลดต้นลดดอกจากเงินต้นที่ค้างอยู่",
    Arithmetic.Method.FLAT: "คิดแบบคงที่จากเงินต้นเดิม",
}
DAY_COUNTS = {
    Arithmetic.DayCount.MONTHS: "นับเป็นรายเดือน",
    Arithmetic.DayCount.DAYS_365: "นับตามจำนวนวันจริง โดยหนึ่งปีมี 365 วัน",
}
PER = {Arithmetic.Per.MONTH: "ต่อเดือน", Arithmetic.Per.YEAR: "ต่อปี"}


def per_cent(basis_points: int) -> str:
    """Hundredths of a per cent without needless noughts: 100 is "1", 125 is "1.25"."""
    whole, part = divmod(basis_points, HUNDREDTHS)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def rate_words(terms: Arithmetic) -> tuple[str, str]:
    """The rate in per cent, and for which time."""
    return per_cent(terms.rate_bp), PER[Arithmetic.Per(terms.rate_per)]


def method_words(terms: Arithmetic) -> str:
    """How the interest is reckoned."""
    return f"{METHODS[Arithmetic.Method(terms.method)]} {DAY_COUNTS[Arithmetic.DayCount(terms.day_count)]}"


def repayment_words(loan: Loan, plan: Quote) -> str:
    """How the loan is paid back: how many instalments, of what, by which days."""
    count, last = len(plan.instalments), format_date(plan.last.due_on)
    if loan.rhythm == Arithmetic.Rhythm.SINGLE_PAYMENT:
        total = format_baht(plan.last.total)
        return f"ผู้กู้จะชำระเงินต้นและดอกเบี้ยทั้งหมดในคราวเดียว รวม {total} บาท ภายในวันที่ {last}"
    days = f"งวดแรกภายในวันที่ {format_date(plan.first.due_on)}"
    if count > 1:
        days += f" งวดต่อไปภายในวันที่ {loan.first_due_on.day} ของทุกเดือน งวดสุดท้ายภายในวันที่ {last}"
    if loan.rhythm == Arithmetic.Rhythm.INTEREST_ONLY:
        return f"ผู้กู้จะชำระดอกเบี้ยเป็นรายเดือน รวม {count} งวด {days} และชำระเงินต้นทั้งจำนวนพร้อมงวดสุดท้าย"
    first = plan.instalments[min(loan.grace, count - 1)]
    if loan.rhythm == Arithmetic.Rhythm.EQUAL_INSTALMENT or loan.method == Arithmetic.Method.FLAT:
        parts = f"งวดละ {format_baht(first.total)} บาท ซึ่งรวมเงินต้นและดอกเบี้ยแล้ว"
    else:
        parts = f"เป็นเงินต้นงวดละ {format_baht(first.principal)} บาท พร้อมดอกเบี้ยของงวดนั้น"
    tail = " งวดสุดท้ายชำระส่วนที่เหลือทั้งหมด" if count > 1 else ""
    grace = f" โดย {loan.grace} งวดแรกชำระเฉพาะดอกเบี้ย" if loan.grace else ""
    return f"ผู้กู้จะชำระคืนเป็นรายเดือน รวม {count} งวด {parts}{tail}{grace} {days}"


def late_words(late_rate_bp: int) -> str:
    """What a late instalment costs: a charge on its own principal, or only the interest that goes on."""
    going_on = "ดอกเบี้ยตามข้อ 2 ยังคงคิดจากเงินต้นที่ค้างอยู่จนกว่าจะชำระเสร็จ"
    if not late_rate_bp:
        return f"โดยผู้ให้กู้ไม่คิดค่าปรับ แต่{going_on}"
    rate = per_cent(late_rate_bp)
    return f"และตกลงเสียค่าปรับร้อยละ {rate} ต่อเดือน ตามจำนวนวันที่ผิดนัด เฉพาะจากเงินต้นของงวดที่ผิดนัด (มาตรา 224/1) {going_on}"


def order_words(*, fines_last: bool) -> str:
    """What a payment pays first."""
    return "ดอกเบี้ย เงินต้น แล้วจึงค่าปรับ (ถ้ามี)" if fines_last else "ค่าปรับ (ถ้ามี) ดอกเบี้ย แล้วจึงเงินต้น"


def guarantee_stamp(satang: int) -> int:
    """Stamp duty of a guarantee: 1 baht up to 1,000 baht, 5 up to 10,000, else 10 (Revenue Code, schedule, no. 17)."""
    if satang <= SMALL_GUARANTEE:
        return 1
    return 5 if satang <= MIDDLE_GUARANTEE else 10
