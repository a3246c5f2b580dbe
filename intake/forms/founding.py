"""A new group: its village, its name, its first officers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.models import Office, Tambon, Village
from membership.first_slips import FirstOfficerSlip
from membership.founding import Seat
from thai.fields import CountField, ThaiDateField

ROLES = (
    (Office.Role.CHAIR, _("Chair"), False),
    (Office.Role.TREASURER, _("Treasurer"), True),
    (Office.Role.SECRETARY, _("Secretary"), True),
    (Office.Role.AUDIT, _("Auditor"), True),
)


class FoundGroupForm(PlainForm):
    """The group and the people who begin it; each officer's birth date is what proves them when the slip is used."""

    village = forms.CharField(label=_("Name of the village"), max_length=100)
    moo = CountField(label=_("Moo"), minimum=1, maximum=99)
    name = forms.CharField(label=_("Name of the group"), max_length=160, initial="กลุ่มออมทรัพย์เพื่อการผลิตบ้าน")
    code = forms.CharField(
        label=_("Code in the address"),
        max_length=40,
        help_text=_("Small Latin letters, figures and hyphens, such as nong-bua. It never changes."),
    )
    founded_on = ThaiDateField(label=_("Founded on"), required=False, latest=timezone.localdate)

    def __init__(self, *args: Any, tambon: Tambon, **kwargs: Any) -> None:
        self.tambon = tambon
        super().__init__(*args, **kwargs)
        for role, label, needed in ROLES:
            self.fields[f"{role}_name"] = forms.CharField(
                label=_("%(office)s: title and name") % {"office": label}, max_length=160, required=needed
            )
            self.fields[f"{role}_birth"] = ThaiDateField(
                label=_("%(office)s: birth date") % {"office": label}, required=needed, latest=timezone.localdate
            )
        self.helper.layout = Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        """An officer has a name and a birth date, or neither."""
        cleaned: dict[str, Any] = super().clean() or {}
        for role, _label, _needed in ROLES:
            if cleaned.get(f"{role}_name") and not cleaned.get(f"{role}_birth") and f"{role}_birth" not in self.errors:
                self.add_error(f"{role}_birth", ValidationError(_("Give the birth date as well.")))
        return cleaned

    @property
    def officers(self) -> list[Seat]:
        """The first officers as typed."""
        return [
            Seat(name=self.cleaned_data[f"{role}_name"], role=str(role), birth_on=self.cleaned_data[f"{role}_birth"])
            for role, _label, _needed in ROLES
            if self.cleaned_data.get(f"{role}_name")
        ]

    def village_row(self) -> Village:
        """The village as typed, not saved."""
        return Village(tambon=self.tambon, moo=self.cleaned_data["moo"], name=self.cleaned_data["village"])


class FreshSlipsForm(PlainForm):
    """Fresh slips for the first officers, with the birth dates that were mistyped; those on file are not shown."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, officers: Sequence[FirstOfficerSlip], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.names = {one.slip.user_id: one.name for one in officers if one.slip is not None}
        for pk, name in self.names.items():
            self.fields[_birth_of(pk)] = ThaiDateField(
                label=_("Birth date of %(name)s") % {"name": name}, required=False, latest=timezone.localdate
            )
        self.helper.layout = Layout(*self.fields)

    @property
    def births(self) -> dict[int, date]:
        """The birth dates that were typed, by user."""
        typed = {pk: self.cleaned_data[_birth_of(pk)] for pk in self.names}
        return {pk: birth_on for pk, birth_on in typed.items() if birth_on}


def _birth_of(pk: int) -> str:
    return f"birth_{pk}"
