"""The bank for the walk: two accounts, a move that waits, a month signed, one compared, one being typed."""

from datetime import date
from typing import Any
from uuid import uuid4

from funds.models import BankAccount
from funds.services.bank_accounts import AccountInput, register_account
from funds.services.bank_matches import ask_to_reconcile, finish_reconciliation, match
from funds.services.bank_moves import MoveInput, request_move
from funds.services.bank_pages import finish_page, save_draft
from members import cosign
from members.models import Office

SIGNED, COMPARED, TYPED = "2026-09", "2026-10", "2026-11"
THERE_AND_BACK = (("7", "ฝาก", "10", "", "10"), ("8", "ธนาคารแก้รายการ", "", "10", "0"))
IN_NOVEMBER = (("5", "โอนเข้า", "20", "", "25"),)
COLUMNS = ("on", "words", "in", "out", "balance")


def bank_samples(table: Any) -> dict[str, Any]:
    """The samples of the paths of the bank."""
    by: dict[str, Any] = {"group": table.group, "by": table.treasurer}
    first = AccountInput("ธ.ก.ส.", "012-3-45678-9", "กลุ่มออมทรัพย์", False, True, True, date(2026, 1, 5))
    account = register_account(account=first, holder="012-3", **by)
    private = AccountInput("ออมสิน", "020-1-23456-7", "นางสมพร", True, True, False, date(2026, 1, 5))
    other = register_account(account=private, **by)
    _type(account, date(2026, 9, 1), table.auditor)
    secretary = Office.objects.get(group=table.group, role=Office.Role.SECRETARY).user
    signature = ask_to_reconcile(account=account, month=date(2026, 9, 1), by=secretary)
    cosign.sign_as(signature=signature, user=table.auditor)
    finish_reconciliation(account=account, month=date(2026, 9, 1), by=secretary)
    page = _type(account, date(2026, 10, 1), table.auditor, *THERE_AND_BACK)
    lines = [line.pk for line in page.lines.all()]
    made = match(account=account, by=table.auditor, lines=lines, postings=[])
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in IN_NOVEMBER]
    save_draft(account=account, month=date(2026, 11, 1), by=table.auditor, opening="0", rows=rows)
    move = MoveInput("bank_transfer", "O", 1_00, date(2026, 11, 5), "S9", source=account, target=other)
    waiting = request_move(move=move, operation=uuid4(), **by)
    return {"account_id": account.pk, "move_id": waiting.pk, "match_id": made.pk, "month": COMPARED}


def _type(account: BankAccount, month: date, by: Any, *rows: tuple[str, ...]) -> Any:
    cells = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    save_draft(account=account, month=month, by=by, opening="0", rows=cells)
    return finish_page(account=account, month=month, by=by)
