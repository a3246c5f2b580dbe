"""The accounts to which a deposit may be sent by a QR code of PromptPay, and the code itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from funds.models import BankAccount
from members.models import SavingsGroup
from papers.promptpay import promptpay_text


@dataclass(frozen=True)
class DepositCode:
    """A deposit's QR code: to which account, and how much if that is known (satang > 0)."""

    account: BankAccount
    satang: int | None = None

    @property
    def text(self) -> str:
        """What a bank's program reads."""
        return promptpay_text(self.account.promptpay_id, self.satang)

    @property
    def shown_id(self) -> str:
        """The PromptPay number in groups, as people read it aloud."""
        digits = self.account.promptpay_id
        cuts = {10: (3, 6), 13: (1, 5, 10, 12)}.get(len(digits), (3, 7, 11))
        starts = (0, *cuts)
        return "-".join(digits[start:end] for start, end in zip(starts, (*cuts, len(digits)), strict=True))


def promptpay_accounts(group: SavingsGroup) -> Sequence[BankAccount]:
    """The group's open accounts with a PromptPay number: the group's own before private ones. One query."""
    rows = BankAccount.objects.filter(group=group, closed_on__isnull=True).exclude(promptpay_id="")
    return list(rows.order_by("is_private", "opened_on", "pk"))
