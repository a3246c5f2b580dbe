"""The settlement slip as a paper, in Thai: every account, what is set off, who gets how much and signs for it."""

from django.utils import translation

from funds.chart import head_of
from members.group_settings import setting
from membership.models import Settlement, SettlementLine, SettlementPayee
from membership.selectors.settlement import BANK, CASH, INTEREST
from papers.money_slips import PaperLine
from papers.settlement import PayeePaper, SettlementPaper, settlement_pdf
from savings.papers import seal_of


def settlement_file(row: Settlement) -> bytes:
    """Print a settlement; before it is posted it has neither number nor code."""
    with translation.override("th"):
        return settlement_pdf(settlement_paper(row))


def settlement_paper(row: Settlement) -> SettlementPaper:
    """A settlement as it is typeset."""
    group, leaving = row.group, row.leaving
    village, member = group.village, leaving.member
    resolution = row.resolution or leaving.resolution
    lines = [line for line in row.lines.all() if line.account_code not in (CASH, BANK)]
    return SettlementPaper(
        group=setting(group, "public_name") or group.name,
        place=f"หมู่ที่ {village.moo} ตำบล{village.tambon.name_th} อำเภอ{village.tambon.district.name_th}",
        on=row.paid_on,
        member=member.full_name,
        member_number=str(member.number),
        reason=str(leaving.get_reason_display()),
        ended_on=leaving.ended_on,
        resolution=resolution.number if resolution else "",
        owed=tuple(_paper_line(line, 1) for line in lines if line.satang > 0),
        set_off=tuple(_paper_line(line, -1) for line in lines if line.satang < 0),
        payees=tuple(
            PayeePaper(each.name, each.relation, each.percent, each.satang, _way(each)) for each in row.payees.all()
        ),
        way=", ".join(dict.fromkeys(_way(each) for each in row.payees.all())),
        requested_by=row.requested_by.display_name,
        approved_by=row.approved_by.display_name if row.approved_by else "",
        seal=seal_of(group, row.entry) if row.entry else None,
    )


def _way(payee: SettlementPayee) -> str:
    return f"{payee.get_way_display()} {payee.slip_ref}".strip()


def _paper_line(line: SettlementLine, sign: int) -> PaperLine:
    name = str(head_of(line.account_code).name)
    of = "" if line.account_code == INTEREST else line.account_holder
    return PaperLine(f"{name} {of}".strip(), sign * line.satang)
