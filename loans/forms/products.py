"""Loan products and their terms, as they are typed; the two customary products as a form already filled in."""

import re
from datetime import date
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField
from loans.models import Arithmetic, LoanProduct, LoanTerms
from loans.models.products import LONGEST
from loans.services.products import LoanTermsInput
from members.forms.base import PlainForm
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup
from thai.digits import to_western
from thai.fields import CountField, MoneyField, ThaiDateField

HUNDREDTHS = 100
STEPS = [
    (1, _("one satang")),
    (25, _("25 satang")),
    (100, _("whole baht")),
    (5_00, _("5 baht")),
    (10_00, _("10 baht")),
    (100_00, _("100 baht")),
]
# What many groups begin with; shown in the form, changed there, decided by the group.
OFFERS: dict[str, dict[str, Any]] = {
    "ordinary": {
        "kind": LoanProduct.Kind.ORDINARY, "name": _("Ordinary loan"), "savings_times": 300, "cap": 50_000_00,
        "minimum_months": 6, "guarantors": 2, "rate": 100, "instalments_max": 12,
    },
    "emergency": {
        "kind": LoanProduct.Kind.EMERGENCY, "name": _("Emergency loan"), "savings_times": 0, "cap": 5_000_00,
        "minimum_months": 6, "guarantors": 1, "rate": 100, "instalments_max": 3,
    },
}  # fmt: skip


class HundredthsField(forms.CharField):
    """A number with at most two decimals; cleaned to hundredths."""

    def __init__(self, *, largest: int, sentence: Any, **kwargs: Any) -> None:
        super().__init__(max_length=8, **kwargs)
        self.largest, self.sentence = largest, sentence
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "form-control--money"}

    def clean(self, value: Any) -> int:
        """Return hundredths."""
        text = to_western(str(super().clean(value))).strip()
        if not text and not self.required:
            return 0
        match = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?", text, re.ASCII)
        hundredths = int(match[1]) * HUNDREDTHS + int((match[2] or "").ljust(2, "0")) if match else -1
        if not 0 <= hundredths <= self.largest:
            raise forms.ValidationError(self.sentence)
        return hundredths

    def prepare_value(self, value: Any) -> Any:
        """Show hundredths as a number; show again what was typed."""
        if not isinstance(value, int):
            return value
        whole, part = divmod(value, HUNDREDTHS)
        return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def _per_cent(label: Any, **kwargs: Any) -> HundredthsField:
    return HundredthsField(
        largest=100_00, sentence=_("Type the rate in per cent, such as 1 or 0.75."), label=label, **kwargs
    )


class TermsForm(PlainForm):
    """Terms from a day on."""

    valid_from = ThaiDateField(label=_("From the day"), initial=timezone.localdate)
    savings_times = HundredthsField(
        label=_("Times the own pledge savings"), largest=100_00, sentence=_("Type how many times, such as 3 or 2.5."),
        help_text=_("0: the savings set no limit."),
    )  # fmt: skip
    cap = MoneyField(label=_("Most in baht"))
    minimum_months = CountField(label=_("Months of membership before"), maximum=600)
    guarantors = CountField(label=_("Guarantors"), maximum=10)
    rate = _per_cent(_("Interest (per cent)"))
    rate_per = forms.ChoiceField(label=_("Interest for"), choices=Arithmetic.Per.choices)
    method = forms.ChoiceField(label=_("Interest reckoned"), choices=Arithmetic.Method.choices)
    rhythm = forms.ChoiceField(label=_("Paid back in"), choices=Arithmetic.Rhythm.choices)
    day_count = forms.ChoiceField(label=_("Time counted"), choices=Arithmetic.DayCount.choices)
    instalments_max = CountField(label=_("Longest term in months"), minimum=1, maximum=LONGEST)
    grace_max = CountField(
        label=_("Most months of interest only"), maximum=LONGEST, initial=0,
        help_text=_("0: the principal from the first month on."),
    )  # fmt: skip
    round_to = forms.TypedChoiceField(label=_("Instalments rounded to"), choices=STEPS, coerce=int, initial=100)
    late_rate = _per_cent(
        _("Late charge a month (per cent)"), initial=0, help_text=_("Only on overdue principal. 0: none.")
    )
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), empty_label=_("Choose the resolution")
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        resolution = self.fields["resolution"]
        assert isinstance(resolution, ResolutionChoice)
        resolution.queryset = Resolution.objects.filter(group=group)

    def arrange(self) -> Layout:
        """Who may borrow how much, then how it is paid back."""
        return Layout(
            "valid_from",
            Div("savings_times", "cap", css_class="form-row"),
            Div("minimum_months", "guarantors", css_class="form-row"),
            Div("rate", "rate_per", css_class="form-row"),
            Div("method", "rhythm", css_class="form-row"),
            Div("instalments_max", "grace_max", css_class="form-row"),
            Div("day_count", "round_to", css_class="form-row"),
            "late_rate",
            "resolution",
        )

    def clean(self) -> dict[str, Any]:
        """Interest alone is paid for less than the whole term."""
        cleaned = super().clean() or {}
        grace, longest = cleaned.get("grace_max"), cleaned.get("instalments_max")
        if grace and longest and grace >= longest:
            self.add_error("grace_max", _("Fewer months than the longest term."))
        if grace and cleaned.get("rhythm") in (Arithmetic.Rhythm.INTEREST_ONLY, Arithmetic.Rhythm.SINGLE_PAYMENT):
            self.add_error("grace_max", _("Paid back this way there are no months of interest only: type 0."))
        return cleaned

    def terms(self) -> LoanTermsInput:
        """The terms as the service takes them."""
        data = self.cleaned_data
        valid_from: date = data["valid_from"]
        return LoanTermsInput(
            valid_from=valid_from,
            rate_bp=data["rate"],
            rate_per=data["rate_per"],
            method=data["method"],
            rhythm=data["rhythm"],
            day_count=data["day_count"],
            round_to=data["round_to"],
            late_rate_bp=data["late_rate"],
            savings_times=data["savings_times"],
            cap_satang=data["cap"],
            minimum_months=data["minimum_months"],
            guarantors=data["guarantors"],
            instalments_max=data["instalments_max"],
            grace_max=data["grace_max"],
        )


class ProductForm(TermsForm):
    """A new product with its first terms."""

    kind = forms.ChoiceField(label=_("Kind of loan"), choices=LoanProduct.Kind.choices)
    name = LineField(label=_("Name of the loan"), max_length=60)

    def arrange(self) -> Layout:
        """The name first."""
        return Layout(Div("kind", "name", css_class="form-row"), *super().arrange().fields)


def filled_in(terms: LoanTerms | None) -> dict[str, Any]:
    """What a form of new terms begins with: those that hold."""
    if terms is None:
        return {}
    names = (
        "savings_times", "minimum_months", "guarantors", "rate_per", "method", "rhythm", "day_count",
        "instalments_max", "grace_max", "round_to",
    )  # fmt: skip
    known = {"cap": terms.cap_satang, "rate": terms.rate_bp, "late_rate": terms.late_rate_bp}
    return known | {name: getattr(terms, name) for name in names} | {"valid_from": timezone.localdate()}
