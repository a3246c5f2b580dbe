"""Leaving as it is typed: the request or report, the settlement with its heirs, the admission of a person again."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.forms.way import WayForm
from funds.models import Way
from members.forms.base import PlainForm
from members.forms.offices import ResolutionChoice
from members.models import Member, Resolution, SavingsGroup
from membership.models import Leaving
from membership.payees import Heir
from membership.services import LeavingInput, PayeeWay, SettlementInput
from membership.services.readmission import ReadmissionInput
from thai.fields import CountField, ThaiDateField

HEIRS = (1, 2, 3)


def _resolutions(form: forms.Form, group: SavingsGroup) -> None:
    field = form.fields["resolution"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Resolution.objects.filter(group=group)


class LeavingForm(OnceForm):
    """Why a member leaves, and since when."""

    reason = forms.ChoiceField(label=_("Reason for leaving"), choices=Leaving.Reason.choices)
    begun_on = ThaiDateField(
        label=_("Date of the request, resolution or report"), latest=timezone.localdate, initial=timezone.localdate
    )
    explanation = LineField(
        label=_("Why"), max_length=200, required=False, help_text=_("Needed for an expulsion: the reason resolved.")
    )
    resolution = ResolutionChoice(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        empty_label=_("None yet"),
        help_text=_("Needed for an expulsion. A resignation needs it at the settlement."),
    )
    died_on = ThaiDateField(
        label=_("Day of death"), latest=timezone.localdate, required=False, help_text=_("Only for a death.")
    )
    reported_by = LineField(
        label=_("Reported by"), max_length=160, required=False, help_text=_("Only for a death: name and relation.")
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _resolutions(self, group)

    def leaving(self) -> LeavingInput:
        """What was typed, as the service takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "operation"}
        return LeavingInput(**data)


class SettlementForm(WayForm):
    """When and which way the money goes; the heirs where a deceased member named nobody."""

    without = ("satang", "photo")
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("None")
    )
    field_order = ["operation", "on", "way", "bank", "slip_ref", "resolution"]

    def __init__(self, *args: Any, with_heirs: bool, payees: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _resolutions(self, self.group)
        self.with_heirs = with_heirs
        self.payees = payees if len(payees) > 1 else ()
        for place, name in enumerate(self.payees, 1):
            self._ask_way(place, name)
        for place in HEIRS if with_heirs else ():
            words = {"place": place}
            self.fields[f"name_{place}"] = LineField(
                label=_("Heir %(place)s: name") % words, max_length=160, required=False
            )
            self.fields[f"relation_{place}"] = LineField(
                label=_("Heir %(place)s: relation") % words, max_length=60, required=False
            )
            self.fields[f"percent_{place}"] = CountField(
                label=_("Heir %(place)s: per cent") % words, minimum=1, maximum=100, required=False
            )
            self.fields[f"member_{place}"] = CountField(
                label=_("Heir %(place)s: member number, if a member") % words, minimum=1, maximum=9999, required=False
            )
            self._ask_way(place, str(_("Heir %(place)s") % words))
        self.helper.layout = Layout(*self.fields)

    def _ask_way(self, place: int, name: str) -> None:
        ways = [("", _("as chosen above")), *Way.choices]
        words = {"name": name}
        self.fields[f"way_{place}"] = forms.ChoiceField(
            label=_("%(name)s: way of payment") % words, choices=ways, required=False
        )
        self.fields[f"slip_{place}"] = LineField(
            label=_("%(name)s: number of the transfer slip") % words, max_length=60, required=False
        )

    def clean(self) -> dict[str, Any]:
        """A name has a share and a share has a name."""
        cleaned = super().clean()
        for place in self._places():
            if cleaned.get(f"way_{place}") == Way.TRANSFER and not cleaned.get(f"slip_{place}"):
                self.add_error(f"slip_{place}", _("Type the number of the transfer slip."))
        for place in HEIRS if self.with_heirs else ():
            name, percent = cleaned.get(f"name_{place}"), cleaned.get(f"percent_{place}")
            if name and percent is None and f"percent_{place}" not in self.errors:
                self.add_error(f"percent_{place}", _("Type the share of this heir."))
            if percent is not None and not name:
                self.add_error(f"name_{place}", _("Type the name of this heir."))
            cleaned[f"heir_{place}"] = self._member(cleaned.get(f"member_{place}"), f"member_{place}")
        return cleaned

    def _places(self) -> Sequence[int]:
        return HEIRS if self.with_heirs else range(1, len(self.payees) + 1)

    def _member(self, number: int | None, field: str) -> Member | None:
        if number is None:
            return None
        member = Member.objects.filter(group=self.group, number=number).first()
        if member is None:
            self.add_error(field, _("No member with this number."))
        return member

    def _way(self, place: int) -> PayeeWay:
        data = self.cleaned_data
        way = data[f"way_{place}"] or data["way"]
        if way != Way.TRANSFER:
            return PayeeWay()
        slip = data[f"slip_{place}"] or self.slip
        return PayeeWay(way=way, bank_holder=data["bank"], slip_ref=slip)

    def settlement(self) -> SettlementInput:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        heirs = [
            Heir(data[f"name_{place}"], data[f"relation_{place}"], data[f"percent_{place}"], data[f"heir_{place}"])
            for place in (HEIRS if self.with_heirs else ())
            if data[f"name_{place}"]
        ]
        return SettlementInput(
            paid_on=data["on"],
            way=self.place.way,
            bank_holder=self.place.bank,
            slip_ref=self.slip,
            resolution=data["resolution"],
            heirs=heirs,
            ways=[self._way(place) for place in self._places() if not self.with_heirs or data[f"name_{place}"]],
        )


class ReadmissionForm(PlainForm):
    """From when a person who left is a member again."""

    admitted_on = ThaiDateField(label=_("Member since"), latest=timezone.localdate, initial=timezone.localdate)
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("None")
    )
    pledge_units = CountField(label=_("Units pledged a month"), minimum=1, maximum=1000, required=False)

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _resolutions(self, group)

    def readmission(self) -> ReadmissionInput:
        """What was typed, as the service takes it."""
        return ReadmissionInput(**self.cleaned_data)
