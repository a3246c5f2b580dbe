"""Which way dividend and rebate are paid: to those who are ticked, or a part of it to one member."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.selectors.bank import bank_choices
from members.models import Member, SavingsGroup
from shareout.models import SharePayment
from shareout.services.payments import PaymentList
from thai.fields import MoneyField


class PayForm(OnceForm):
    """Which way those who are ticked are paid."""

    way = forms.ChoiceField(label=_("Way of payment"), choices=SharePayment.Way.choices, initial=SharePayment.Way.CASH)
    bank = forms.ChoiceField(label=_("Bank account"), required=False, help_text=_("Only for a bank transfer."))
    slip_ref = LineField(
        label=_("Number of the transfer slip"), max_length=60, required=False, help_text=_("Only for a bank transfer.")
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bank = self.fields["bank"]
        assert isinstance(bank, forms.ChoiceField)
        bank.choices = bank_choices(group) or [("", _("The group's bank account"))]
        self.helper.layout = Layout(*self.fields)

    def asked(self, members: list[int]) -> PaymentList:
        """The list as the service takes it: each gets all that is unpaid."""
        return self._list(dict.fromkeys(members))

    def _list(self, members: dict[int, int | None]) -> PaymentList:
        cleaned = self.cleaned_data
        return PaymentList(
            members=members, way=cleaned["way"], bank_holder=cleaned["bank"], slip_ref=cleaned["slip_ref"]
        )


class PartForm(PayForm):
    """All or a part of what one member is to be paid; what is left may go another way afterwards."""

    satang = MoneyField(label=_("How much"), help_text=_("A part is possible: pay the rest another way afterwards."))
    field_order = ("satang", "way", "bank", "slip_ref")

    def asked_of(self, member: Member) -> PaymentList:
        """The list of this one member."""
        return self._list({member.pk: self.cleaned_data["satang"]})
