"""Money beside the meeting for the walk: a gift with its photo, a voucher that waits, an advance out, a bank loan."""

import io
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from PIL import Image

from funds.pictures import read_picture
from funds.purposes import BY_KEY, SOURCE_BY_KEY
from funds.schedule import plan_instalments
from funds.services.bank_loans import take_bank_loan
from funds.services.money_in import Receipt, receive_money
from funds.services.reversals import request_reversal
from funds.services.vouchers import VoucherInput, approve_voucher, request_voucher
from funds.voucher_lines import Place, Spent, expense_lines, officer_advance_lines

ON = date(2026, 11, 5)
BANK = Place("transfer", "012-3")


def picture_file() -> io.BytesIO:
    """A photo of a slip as a telephone sends it."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "PNG")
    file.seek(0)
    return file


def money_samples(table: Any) -> dict[str, Any]:
    """The samples of the paths of money in and out."""
    by: dict[str, Any] = {"group": table.group, "by": table.treasurer}
    how: dict[str, Any] = {"received_on": ON, "place": BANK, "slip_ref": "S1"}
    gift = Receipt(
        source=SOURCE_BY_KEY["donation"], satang=9000_00, giver="วัด", picture=read_picture(picture_file()), **how
    )
    photo = receive_money(receipt=gift, operation=uuid4(), **by).photo
    assert photo is not None
    lent = Receipt(source=SOURCE_BY_KEY["bank_loan"], satang=1000_00, giver="ธ.ก.ส.", holder="ธกส-1", **how)
    schedule = plan_instalments(principal=1000_00, rate=600, count=2, first_due=date(2026, 12, 31), months=6)
    loan = take_bank_loan(receipt=lent, rate=600, schedule=schedule, operation=uuid4(), **by)
    out: dict[str, Any] = {"paid_on": ON, "place": BANK, "slip_ref": "S2", "memo": "ค่าใช้จ่าย"}
    advance = VoucherInput(
        kind="officer_advance",
        purpose="operating",
        satang=100_00,
        lines=officer_advance_lines("O", table.payer.holder, 100_00, BANK),
        payee=table.payer.full_name,
        member=table.payer,
        **out,
    )
    approve_voucher(voucher=request_voucher(voucher=advance, operation=uuid4(), **by), by=table.auditor)
    cost = VoucherInput(
        kind="expense",
        purpose="operating",
        satang=50_00,
        lines=expense_lines(Spent(BY_KEY["operating"], 50_00), BANK),
        payee="ร้านค้า",
        **out,
    )
    waiting = request_voucher(voucher=cost, operation=uuid4(), **by)
    wrong = receive_money(receipt=replace(gift, satang=10_00, picture=None), operation=uuid4(), **by).entry
    request_reversal(entry=wrong, reason="ลงซ้ำ", operation=uuid4(), by=table.treasurer)
    return {
        "wrong_n": wrong.n,
        "voucher_id": waiting.pk,
        "photo_id": photo.pk,
        "loan_id": loan.pk,
        "instalment": 1,
        "kind": "expense",
        "pool": "O",
    }
