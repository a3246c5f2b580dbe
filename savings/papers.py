"""The passbook as a paper: the same lines as on the screen, in Thai, with the code of the group's books."""

from datetime import date

from django.conf import settings
from django.utils import timezone, translation

from funds.models import Entry
from funds.selectors import head
from members.models import Member, SavingsGroup
from papers.control_register import ControlRegisterPaper, RegisterCell, RegisterPaperLine, control_register_pdf
from papers.passbook import PassbookPaper, PassbookPaperLine, passbook_pdf
from papers.seal import Seal
from savings.selectors import Mark, Register, SavingsBook, current_pledges, passbook
from savings.wording import line_text
from thai.money import format_baht
from thai.months import format_month

REGISTER_MARKS = {Mark.MISSED: "ขาด", Mark.PART: "บางส่วน", Mark.LATE: "ช้า", Mark.AHEAD: "ล่วงหน้า"}


def seal_of(group: SavingsGroup, entry: Entry) -> Seal:
    """What a paper of an entry is checked by: number, 30 digits, and the address in its QR code."""
    digits = entry.paper_code.replace(" ", "")
    url = f"{settings.PUBLIC_URL}/c/{group.code}/{entry.n}/{digits}"
    return Seal(entry.n, digits, url, group_code=group.code)


def passbook_file(member: Member, *, since: date | None, until: date | None, book: str = "") -> bytes:
    """Print a member's pledge savings, or the book of special savings of that number, as a PDF."""
    with translation.override("th"):
        found = passbook(member, since=since, until=until)
        shown = next((special for special in found.special if special.number == book), found.pledge)
        return passbook_pdf(_paper(member, shown, is_special=shown is not found.pledge))


def _paper(member: Member, book: SavingsBook, *, is_special: bool) -> PassbookPaper:
    today = timezone.localdate()
    last = head(member.group)
    pledge = current_pledges(member.group, today).get(member.pk, 0)
    note = f"สัจจะเดือนละ {format_baht(pledge, satang_shown=False)} บาท" if pledge and not is_special else ""
    return PassbookPaper(
        group=member.group.name,
        holder=member.full_name,
        number=book.number if is_special else str(member.number),
        title="สมุดเงินสัจจะสะสมพิเศษ" if is_special else "สมุดสัจจะ",
        lines=[
            PassbookPaperLine(
                on=line.on,
                text=line_text(line, "th"),
                paid_in=line.paid_in,
                paid_out=line.paid_out,
                balance=line.balance,
                receiver=line.receiver,
                missed=line.is_missed,
            )
            for line in book.lines
        ],
        printed_on=today,
        note=note,
        brought_forward=book.brought_forward,
        brought_forward_on=book.brought_on,
        seal=seal_of(member.group, last) if last else None,
    )


def control_register_file(group: SavingsGroup, found: Register) -> bytes:
    """Print the control register of an account year as a PDF, in Thai."""
    last = head(group)
    lines = [
        RegisterPaperLine(
            number=str(row.member.number),
            name=row.member.full_name,
            pledge=row.pledge,
            brought_forward=row.brought_forward,
            months=[RegisterCell(cell.received, REGISTER_MARKS.get(cell.mark, "")) for cell in row.cells],
            returned=row.returned,
            balance=row.balance,
        )
        for row in found.rows
    ]
    return control_register_pdf(
        ControlRegisterPaper(
            group=group.name,
            year=str(found.year),
            heads=[format_month(month, "passbook", "th") for month in found.months],
            lines=lines,
            as_of=min(found.until, timezone.localdate()),
            seal=seal_of(group, last) if last else None,
        )
    )
