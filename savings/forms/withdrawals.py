"""A withdrawal of special savings, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.way import WayForm
from members.models import Member
from savings.models import SpecialBook
from savings.services.withdrawals import WithdrawalInput


class WithdrawalForm(WayForm):
    """How much from which book, and which way it goes."""

    without = ("on", "photo")
    book = forms.ModelChoiceField(
        label=_("Book of special savings"), queryset=SpecialBook.objects.none(), empty_label=None
    )
    field_order = ["operation", "book", "satang", "way", "bank", "slip_ref"]

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, group=member.group, **kwargs)
        field = self.fields["book"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = SpecialBook.objects.filter(member=member).select_related("member__group", "group")

    def withdrawal(self) -> WithdrawalInput:
        """The withdrawal as the service takes it."""
        data = self.cleaned_data
        return WithdrawalInput(
            satang=data["satang"], way=self.place.way, bank_holder=self.place.bank, slip_ref=self.slip
        )
