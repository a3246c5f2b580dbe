"""The list on which members sign for dividend and rebate in cash. Papers are in Thai."""

from collections.abc import Iterable

from django.utils import timezone, translation

from papers.sign_sheet import SignLine, SignSheetPaper
from shareout.models import ShareOut
from shareout.selectors.payments import Unpaid


@translation.override("th")
def sign_list(share_out: ShareOut, unpaid: Iterable[Unpaid]) -> SignSheetPaper:
    """Everyone who may be paid in cash, by member number: what is withheld or waits to go another way is left out."""
    return SignSheetPaper(
        group=share_out.group.name,
        title="ใบเซ็นรับเงินปันผลและเงินเฉลี่ยคืน",
        occasion=f"ปีบัญชี {share_out.year.year}",
        on=timezone.localdate(),
        amount_title="จำนวนเงิน (บาท)",
        lines=[
            SignLine(str(row.member.number), row.member.full_name, row.to_sign, _signs(row.receiver))
            for row in unpaid
            if row.to_sign
        ],
    )


def _signs(receiver: str) -> str:
    return f"ผู้เซ็นรับ {receiver}" if receiver else ""
