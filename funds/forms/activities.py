"""The forms of an activity itself: its start, its keeper and its end, its goods and prices, its terms in kind."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.chart import UNIT_NAMES
from funds.forms.base import LineField
from funds.forms.way import HolderField
from funds.models import Activity
from funds.selectors.activities import unassigned
from members.forms.base import PlainForm
from members.forms.offices import ResolutionChoice
from members.models import Member, Resolution, SavingsGroup
from thai.fields import CountField, MoneyField, QuantityField, ThaiDateField
from thai.money import format_baht

TEN_KILOGRAMS = 10_000


def member_of(form: forms.Form, group: SavingsGroup, name: str) -> Member | None:
    """The member whose number was typed; marks the field where there is none."""
    number = form.cleaned_data.get(name)
    if number is None:
        return None
    member = Member.objects.filter(group=group, number=number).first()
    if member is None:
        form.add_error(name, _("No member with this number."))
    return member


def offer_resolutions(form: forms.Form, group: SavingsGroup) -> None:
    """Let the form choose among the group's resolutions."""
    field = form.fields["resolution"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Resolution.objects.filter(group=group)


class StartForm(PlainForm):
    """A new activity."""

    name = HolderField(label=_("Name of the activity"), help_text=_("As it stands on its papers; it is not changed."))
    kind = forms.ChoiceField(label=_("Kind of activity"), choices=Activity.Kind.choices)
    unit_book = forms.ChoiceField(
        label=_("What it lends in kind"),
        required=False,
        choices=[("", _("Nothing; it buys and sells")), *UNIT_NAMES.items()],
        help_text=_("A book in kilograms is kept for it. A rice bank keeps paddy."),
    )
    started_on = ThaiDateField(label=_("Starts on"), latest=timezone.localdate, initial=timezone.localdate)
    keeper_number = CountField(label=_("Member number of the keeper"), minimum=1, maximum=9999, required=False)
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("Not recorded")
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.keeper: Member | None = None
        offer_resolutions(self, group)

    def clean(self) -> dict[str, Any]:
        """The keeper is a member."""
        cleaned = super().clean() or {}
        self.keeper = member_of(self, self.group, "keeper_number")
        return cleaned


class ChangeForm(PlainForm):
    """Another keeper, or the end."""

    keeper_number = CountField(label=_("Member number of the keeper"), minimum=1, maximum=9999, required=False)
    ended_on = ThaiDateField(
        label=_("Ended on"),
        required=False,
        latest=timezone.localdate,
        help_text=_("Only once its goods and its loans in kind are gone."),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        number = activity.keeper.number if activity.keeper else None
        kwargs.setdefault("initial", {"keeper_number": number, "ended_on": activity.ended_on})
        super().__init__(*args, **kwargs)
        self.group = activity.group
        self.keeper: Member | None = None

    def clean(self) -> dict[str, Any]:
        """The keeper is a member."""
        cleaned = super().clean() or {}
        self.keeper = member_of(self, self.group, "keeper_number")
        return cleaned


class GoodForm(PlainForm):
    """A good with its unit and its price; what an opening brought in one sum may be taken over for it."""

    name = LineField(label=_("Name of the good"), max_length=60)
    unit = LineField(label=_("Unit"), max_length=20, help_text=_("Bottle, bag, kilogram: as it is sold."))
    price_satang = MoneyField(label=_("Price of one unit (baht)"), required=False)
    brought_quantity = QuantityField(label=_("How much of it was there at the beginning"), required=False)
    brought_satang = MoneyField(label=_("What that stood in the books at (baht)"), required=False, allow_zero=True)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = unassigned(activity)
        if free <= 0:
            del self.fields["brought_quantity"], self.fields["brought_satang"]
            self.helper.layout = None
            return
        self.fields["brought_satang"].help_text = _(
            "%(free)s baht of the stock in the books belong to no good yet."
        ) % {"free": format_baht(free)}

    def clean(self) -> dict[str, Any]:
        """A value has a quantity."""
        cleaned = super().clean() or {}
        has_no_quantity = not cleaned.get("brought_quantity") and "brought_quantity" not in self.errors
        if cleaned.get("brought_satang") and has_no_quantity:
            self.add_error("brought_quantity", _("Type how much of it there was."))
        return cleaned

    def good(self) -> dict[str, Any]:
        """The good as the service takes it."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "unit": data["unit"],
            "price_satang": data["price_satang"],
            "brought_quantity": data.get("brought_quantity") or 0,
            "brought_satang": data.get("brought_satang") or 0,
        }


class PriceForm(PlainForm):
    """Another price of a good."""

    price_satang = MoneyField(label=_("Price of one unit (baht)"), required=False)


class TermsForm(PlainForm):
    """On what terms an activity lends in kind from a day on."""

    valid_from = ThaiDateField(label=_("Valid from"), initial=timezone.localdate)
    per_ten = QuantityField(
        label=_("Brought back for 10 kg lent (kg)"), help_text=_("12 means: two kilograms of interest for ten lent.")
    )
    limit_grams = QuantityField(label=_("The most that one member may owe (kg)"))
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("Not recorded")
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_resolutions(self, group)

    def clean_per_ten(self) -> int:
        """What comes back is at least what was lent, at most twice as much."""
        grams: int = self.cleaned_data["per_ten"]
        if not TEN_KILOGRAMS <= grams <= 2 * TEN_KILOGRAMS:
            raise forms.ValidationError(_("Type a number of kilograms from 10 to 20."))
        return grams

    def terms(self) -> dict[str, Any]:
        """The terms as the service takes them. Ten kilograms and a rate have the same ten thousand parts."""
        data = self.cleaned_data
        return {
            "valid_from": data["valid_from"],
            "rate": data["per_ten"] - TEN_KILOGRAMS,
            "limit_grams": data["limit_grams"],
            "resolution": data["resolution"],
        }


class YearForm(forms.Form):
    """Which account year is shown."""

    year = forms.IntegerField(required=False, min_value=1, max_value=9999)

    def chosen(self) -> int | None:
        """The year, None where none can be read."""
        return self.cleaned_data.get("year") if self.is_valid() else None


def default_due(on: date) -> date:
    """After the next harvest: the last day of February, or of the February after it."""
    year = on.year if on.month < 2 else on.year + 1
    return date(year, 2, 28)
