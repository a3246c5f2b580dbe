"""What was found of a closed year: which year, more or less, where the money lies, how much, by which resolution."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.models import AccountYear
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup
from shareout.selectors.findings import UNKNOWN_OWNER, closed_years, places_of
from shareout.services.findings import FindingInput
from thai.fields import MoneyField


class YearChoice(forms.ModelChoiceField):
    """A closed account year by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """2568."""
        return str(obj.year)


class FindingForm(OnceForm):
    """A late finding as it is written down."""

    year = YearChoice(
        label=_("Of which account year"), queryset=AccountYear.objects.none(), empty_label=None,
        help_text=_("A closed year stays as it is. The correction is booked today, against what the pool has kept."),
    )  # fmt: skip
    memo = LineField(
        label=_("What was found"), max_length=200,
        help_text=_("For example: the bank paid interest on 30 December that nobody wrote down."),
    )  # fmt: skip
    effect = forms.ChoiceField(
        label=_("The group has"), widget=forms.RadioSelect,
        choices=[("more", _("more than the books say")), ("less", _("less than the books say"))],
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where the difference lies"))
    satang = MoneyField(label=_("Amount"))
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), empty_label=_("Choose the resolution"),
        help_text=_("The general meeting or the committee decides what is done about a closed year."),
    )  # fmt: skip

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year, place, resolution = (self.fields[name] for name in ("year", "place", "resolution"))
        assert isinstance(year, forms.ModelChoiceField)
        assert isinstance(place, forms.ChoiceField)
        assert isinstance(resolution, forms.ModelChoiceField)
        year.queryset = closed_years(group)
        place.choices = [(each.key, each.label) for each in places_of(group)]
        resolution.queryset = Resolution.objects.filter(group=group)

    def clean(self) -> dict[str, Any]:
        """Money whose owner never came can only become the group's own."""
        cleaned = super().clean() or {}
        if cleaned.get("effect") == "less" and str(cleaned.get("place", "")).startswith(UNKNOWN_OWNER):
            self.add_error("effect", _("Money without an owner can only become the group's own: choose “more”."))
        return cleaned

    @property
    def finding(self) -> FindingInput:
        """The finding as the service takes it."""
        cleaned = self.cleaned_data
        code, _colon, holder = cleaned["place"].partition(":")
        return FindingInput(
            year=cleaned["year"],
            is_more=cleaned["effect"] == "more",
            account=(code, holder),
            satang=cleaned["satang"],
            memo=cleaned["memo"],
            resolution=cleaned["resolution"],
        )
