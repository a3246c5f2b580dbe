"""What a QR code for a deposit is made from: the account, and the amount if it is known."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.models import BankAccount
from funds.selectors.promptpay import DepositCode
from members.forms.base import PlainForm
from members.models import Member, SavingsGroup
from thai.fields import CountField, MoneyField

MAX_SATANG = 9_999_999_99  # what a bank's program takes at once lies far below


class DepositCodeForm(PlainForm):
    """The account and the amount, sent by GET: making a code changes nothing."""

    account = forms.TypedChoiceField(label=_("Bank account"), coerce=int, required=False, empty_value=None)
    satang = MoneyField(
        label=_("Amount (baht)"),
        required=False,
        maximum=MAX_SATANG,
        help_text=_("May stay empty: the payer then types it."),
    )

    def __init__(self, *args: Any, accounts: Sequence[BankAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {account.pk: account for account in accounts}
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, f"{account} · {account.name}") for pk, account in self.accounts.items()]
        if len(self.accounts) == 1:
            del self.fields["account"]

    def code(self) -> DepositCode | None:
        """The code of what was typed; the first account and no amount before anything was; None without an account."""
        first = next(iter(self.accounts.values()), None)
        if first is None or (self.is_bound and not self.is_valid()):
            return None
        typed = self.cleaned_data if self.is_bound else {}
        return DepositCode(self.accounts.get(typed.get("account") or first.pk, first), typed.get("satang"))


class DepositSlipForm(DepositCodeForm):
    """An officer's: for whom the slip is, too."""

    number = CountField(
        label=_("Member number"), minimum=1, maximum=9999, required=False, help_text=_("Stands on the slip.")
    )
    member: Member | None = None

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean_number(self) -> int | None:
        """A member of this group."""
        number: int | None = self.cleaned_data["number"]
        if number is not None:
            self.member = Member.objects.filter(group=self.group, number=number).first()
            if self.member is None:
                raise forms.ValidationError(_("No member with this number."))
        return number
