"""What a member brings beside the meeting, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.way import WayForm
from members.models import Member
from savings.models import SpecialBook
from savings.services.deposits import DepositInput
from thai.fields import MoneyField


class DepositForm(WayForm):
    """A receipt beside the meeting: what for, which day, which way."""

    without = ("satang", "photo")
    pledge = MoneyField(label=_("Pledge (baht)"), required=False, allow_zero=True)
    fine = MoneyField(label=_("Fine (baht)"), required=False, allow_zero=True)
    special = MoneyField(label=_("Special savings (baht)"), required=False, allow_zero=True)
    book = forms.ModelChoiceField(
        label=_("Book of special savings"), queryset=SpecialBook.objects.none(), required=False, empty_label=None
    )
    fee = MoneyField(label=_("Fees (baht)"), required=False, allow_zero=True)
    field_order = ["operation", "pledge", "fine", "special", "book", "fee", "on", "way", "bank", "slip_ref"]

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, group=member.group, **kwargs)
        books = SpecialBook.objects.filter(member=member).order_by("pk")
        field = self.fields["book"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = books
        if books.count() < 2:
            del self.fields["book"]

    def clean(self) -> dict[str, Any]:
        """Something is brought."""
        cleaned = super().clean()
        parts = ("pledge", "fine", "special", "fee")
        if not any(cleaned.get(name) for name in parts) and not any(name in self.errors for name in parts):
            self.add_error("pledge", _("Type at least one amount."))
        return cleaned

    def deposit(self) -> DepositInput:
        """The deposit as the service takes it."""
        data = self.cleaned_data
        return DepositInput(
            received_on=data["on"],
            way=self.place.way,
            bank_holder=self.place.bank,
            slip_ref=self.slip,
            pledge=data["pledge"] or 0,
            special=data["special"] or 0,
            fee=data["fee"] or 0,
            fine=data["fine"] or 0,
            book=data.get("book"),
        )
