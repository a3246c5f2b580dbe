"""What a member brings beside the meeting, as it is typed."""

from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.way import WayForm
from members.models import Member
from savings.models import SpecialBook
from savings.selectors.due import open_pledge_months
from savings.services.deposits import MONTHS_AHEAD, DepositInput
from thai.fields import MoneyField
from thai.language import active_language
from thai.money import format_baht
from thai.months import format_month


class MonthsField(forms.TypedMultipleChoiceField):
    """Months that are offered; whether one can be paid is told when it is, so that a second click finds its receipt."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=date.fromisoformat, required=False, **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Any month; the service knows those that are open."""
        return True


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
    months = MonthsField(
        label=_("Months that the pledge pays"), help_text=_("Mark none, and the oldest month owed is paid first.")
    )
    field_order = ["operation", "pledge", "months", "fine", "special", "book", "fee", "on", "way", "bank", "slip_ref"]

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, group=member.group, **kwargs)
        books = SpecialBook.objects.filter(member=member).order_by("pk")
        field = self.fields["book"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = books
        if books.count() < 2:
            del self.fields["book"]
        self._offer_months(member)
        shown = [InlineCheckboxes(name) if name == "months" else name for name in self.fields]
        self.helper.layout = Layout(*shown)

    def _offer_months(self, member: Member) -> None:
        """Every month that can be paid now, with what is still to be paid of it."""
        today, language = timezone.localdate(), active_language()
        found = open_pledge_months(member.group, today, ahead=MONTHS_AHEAD, members=[member.pk]).get(member.pk, [])
        if len(found) < 2:
            del self.fields["months"]
            return
        field = self.fields["months"]
        assert isinstance(field, MonthsField)
        field.choices = [
            (due.month.isoformat(), f"{format_month(due.month, 'short', language)} {format_baht(due.rest)}")
            for due in found
        ]

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
            months=data.get("months") or None,
        )
