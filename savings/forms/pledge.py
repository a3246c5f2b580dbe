"""A vow as it is typed: how much a month, from which month, by which resolution."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup
from thai.fields import MoneyField
from thai.language import active_language
from thai.money import format_baht
from thai.months import format_month


class PledgeForm(PlainForm):
    """A new vow; `months` are those in which it can begin."""

    satang = MoneyField(label=_("Pledge a month"), allow_zero=True)
    month = forms.TypedChoiceField(label=_("From the month"), coerce=date.fromisoformat)
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("Not recorded")
    )

    def __init__(
        self, *args: Any, group: SavingsGroup, months: Sequence[date], unit: int, units: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "unit": format_baht(unit, satang_shown=False),
            "units": units,
            "most": format_baht(unit * units, satang_shown=False),
        }
        self.fields["satang"].help_text = (
            _("In baht. One unit is %(unit)s baht, at most %(units)s units (%(most)s baht). 0 lets the pledge rest.")
            % words
        )
        month = self.fields["month"]
        assert isinstance(month, forms.TypedChoiceField)
        language = active_language()
        month.choices = [(one.isoformat(), format_month(one, "long", language)) for one in months]
        resolution = self.fields["resolution"]
        assert isinstance(resolution, ResolutionChoice)
        resolution.queryset = Resolution.objects.filter(group=group)
