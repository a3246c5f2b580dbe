"""A bank account with PromptPay for the walk, and the figure of a pool that opens."""

from datetime import date
from typing import Any

from funds.services.bank_accounts import AccountInput, register_account
from members.models import SavingsGroup, User


def deposit_samples(group: SavingsGroup, by: User) -> dict[str, Any]:
    """The samples of the pages of pools and of the code for a deposit."""
    account = AccountInput(
        "ออมสิน", "020-1", "กลุ่มออมทรัพย์", False, True, False, date(2026, 11, 5), promptpay_id="0812345678"
    )
    register_account(group=group, by=by, account=account)
    return {"side": "came", "head": "O2100"}
