"""What somebody brings for loans beside the meeting, as it is typed."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.way import WayForm
from loans.selectors.repayments import ToRepay
from loans.services.receipts import LoanMoney
from members.models import Member
from thai.fields import MoneyField


class RepayForm(WayForm):
    """How much for which loan, who pays, which day, which way."""

    without = ("satang", "photo")
    payer = forms.TypedChoiceField(label=_("Who pays"), coerce=int)

    def __init__(self, *args: Any, loans: Sequence[ToRepay], payers: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, group=loans[0].loan.group, **kwargs)
        self.payers = {member.pk: member for member in payers}
        payer = self.fields["payer"]
        assert isinstance(payer, forms.TypedChoiceField)
        payer.choices = [(pk, self._said(member, loans)) for pk, member in self.payers.items()]
        payer.initial = payers[0].pk
        self.parts = {f"loan_{each.loan.pk}": each.loan.pk for each in loans}
        for name, each in zip(self.parts, loans, strict=True):
            label = _("Contract %(number)s (baht)") % {"number": each.loan.number}
            self.fields[name] = MoneyField(label=label, required=False, allow_zero=True)
        if len(payers) == 1:
            payer.widget = forms.HiddenInput()
        self.order_fields(["operation", *self.parts, "payer", "on", "way", "bank", "slip_ref"])
        self.helper.layout = Layout(*self.fields)

    @staticmethod
    def _said(member: Member, loans: Sequence[ToRepay]) -> str:
        role = _("borrower") if member.pk == loans[0].loan.member_id else _("guarantor")
        return f"{member.number} {member.full_name} ({role})"

    def clean(self) -> dict[str, Any]:
        """Something is brought."""
        cleaned = super().clean()
        first = next(iter(self.parts))
        if not any(cleaned.get(name) for name in self.parts) and not any(name in self.errors for name in self.parts):
            self.add_error(first, _("Type at least one amount."))
        return cleaned

    def money(self) -> LoanMoney:
        """The money as the service takes it."""
        data = self.cleaned_data
        amounts = {loan_id: data[name] for name, loan_id in self.parts.items() if data[name]}
        return LoanMoney(
            payer=self.payers[data["payer"]],
            received_on=data["on"],
            amounts=amounts,
            way=self.place.way,
            bank_holder=self.place.bank,
            slip_ref=self.slip,
        )
