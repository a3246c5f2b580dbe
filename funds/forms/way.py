"""The fields by which money comes or goes: day, amount, box or bank, slip, photo."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.forms.photos import PhotoField
from funds.models import Way
from funds.selectors.bank import bank_choices
from funds.voucher_lines import TRANSFER, Place
from members.models import SavingsGroup
from thai.fields import MoneyField, ThaiDateField


class WayForm(OnceForm):
    """Money that moves on a day, in cash or by bank transfer."""

    without: tuple[str, ...] = ()  # fields that a form of this kind has not
    on = ThaiDateField(label=_("Date"), latest=timezone.localdate, initial=timezone.localdate)
    satang = MoneyField(label=_("Amount (baht)"))
    way = forms.ChoiceField(label=_("Way of payment"), choices=Way.choices, initial=Way.CASH)
    bank = forms.ChoiceField(label=_("Bank account"), required=False, help_text=_("Only for a bank transfer."))
    slip_ref = LineField(
        label=_("Number of the transfer slip"), max_length=60, required=False, help_text=_("Only for a bank transfer.")
    )
    photo = PhotoField()

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        for name in self.without:
            del self.fields[name]
        self.helper.layout = Layout(*self.fields)  # as the fields are now
        bank = self.fields["bank"]
        assert isinstance(bank, forms.ChoiceField)
        bank.choices = bank_choices(group) or [("", _("The group's bank account"))]

    def clean(self) -> dict[str, Any]:
        """A transfer leaves a slip."""
        cleaned = super().clean() or {}
        if cleaned.get("way") == TRANSFER and not cleaned.get("slip_ref") and "slip_ref" not in self.errors:
            self.add_error("slip_ref", _("Type the number of the transfer slip."))
        return cleaned

    @property
    def place(self) -> Place:
        """Where the money comes to or goes from."""
        is_transfer = self.cleaned_data["way"] == TRANSFER
        return Place(self.cleaned_data["way"], self.cleaned_data["bank"] if is_transfer else "")

    @property
    def slip(self) -> str:
        """The slip of a transfer."""
        return self.cleaned_data["slip_ref"] if self.cleaned_data["way"] == TRANSFER else ""


class HolderField(LineField):
    """The name of an account: no comma, no more than the ledger takes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> str:
        """The name without a comma."""
        text = super().to_python(value)
        if "," in text:
            raise forms.ValidationError(_("Type the name without a comma."))
        return text
