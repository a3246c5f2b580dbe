"""Products of special savings and their terms, as they are typed."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField
from members.forms.base import PlainForm
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup
from savings.models import ProductTerms, SpecialBook, SpecialProduct
from savings.selectors.products import other_products
from savings.services.products import TermsInput
from thai.digits import to_western
from thai.fields import CountField, MoneyField
from thai.language import active_language
from thai.months import add_months, format_month, month_of

MONTHS_BACK, MONTHS_AHEAD = 24, 12
RATE = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2}))?")


class RateField(forms.CharField):
    """A rate in per cent a year with at most two decimals; cleaned to hundredths of a per cent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> int:
        """Return hundredths of a per cent."""
        text = to_western(str(super().clean(value))).strip()
        match = RATE.fullmatch(text)
        if match is None:
            raise forms.ValidationError(_("Type the rate in per cent a year, such as 3 or 2.75."))
        return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


class TermsForm(PlainForm):
    """Terms from a month on."""

    month = forms.TypedChoiceField(label=_("From the month"), coerce=date.fromisoformat)
    rate = RateField(label=_("Interest a year (per cent)"))
    method = forms.ChoiceField(label=_("Reckoned"), choices=ProductTerms.Method.choices)
    first_credit_month = forms.TypedChoiceField(label=_("Credited at the end of"), coerce=int, initial=12)
    second_credit_month = forms.TypedChoiceField(
        label=_("and at the end of"), coerce=int, required=False, empty_value=None
    )
    minimum = MoneyField(label=_("Lowest balance"), required=False, allow_zero=True)
    withdrawals_a_month = CountField(label=_("Withdrawals a month (0: any number)"), maximum=31, initial=0)
    notice_days = CountField(label=_("Days of notice"), maximum=366, initial=0)
    resolution = ResolutionChoice(label=_("Resolution"), queryset=Resolution.objects.none())

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language, now = active_language(), month_of(timezone.localdate())
        months = [add_months(now, count) for count in range(-MONTHS_BACK, MONTHS_AHEAD + 1)]
        self._choose("month", [(each.isoformat(), format_month(each, "long", language)) for each in months])
        self.fields["month"].initial = now.isoformat()
        names = [(str(n), format_month(date(now.year, n, 1), "name", language)) for n in range(1, 13)]
        self._choose("first_credit_month", names)
        self._choose("second_credit_month", [("", _("Once a year only")), *names])
        resolution = self.fields["resolution"]
        assert isinstance(resolution, ResolutionChoice)
        resolution.queryset = Resolution.objects.filter(group=group)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Two months of crediting are two."""
        cleaned = super().clean() or {}
        if cleaned.get("second_credit_month") == cleaned.get("first_credit_month"):
            self.add_error("second_credit_month", _("Choose another month, or once a year."))
        return cleaned

    def terms(self) -> TermsInput:
        """The terms as the service takes them."""
        data = self.cleaned_data
        return TermsInput(
            valid_from=data["month"],
            rate=data["rate"],
            method=data["method"],
            first_credit_month=data["first_credit_month"],
            second_credit_month=data["second_credit_month"],
            minimum=data["minimum"] or 0,
            withdrawals_a_month=data["withdrawals_a_month"],
            notice_days=data["notice_days"],
        )


class BookMoveForm(PlainForm):
    """Another product for a book, and the resolution that it rests on."""

    product = forms.ModelChoiceField(label=_("Other product"), queryset=SpecialProduct.objects.none(), empty_label=None)
    resolution = ResolutionChoice(label=_("Resolution"), queryset=Resolution.objects.none())

    def __init__(self, *args: Any, book: SpecialBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "product": other_products(book).select_related("group"),
            "resolution": Resolution.objects.filter(group=book.group_id),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset


class ProductForm(TermsForm):
    """A new product with its first terms."""

    name = LineField(label=_("Name of the product"), max_length=60)
    field_order = ["name"]
