"""Offices, resolutions and settings as they are typed."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.group_settings import SETTINGS, Setting
from members.models import Member, Office, Resolution, SavingsGroup, User
from thai.fields import CountField, MoneyField, ThaiDateField


class MemberUserChoice(forms.ModelChoiceField):
    """Someone with a user: a member with a passbook, or an officer of before."""

    def label_from_instance(self, obj: Any) -> str:
        """The name as signed."""
        return str(obj.display_name)


class ResolutionChoice(forms.ModelChoiceField):
    """A resolution by number and subject."""

    def label_from_instance(self, obj: Any) -> str:
        """Both, so that nobody picks the wrong one."""
        return f"{obj.number} {obj.subject}"


class TermForm(PlainForm):
    """A new term: who, which office, from when, by which resolution (or with a second signature)."""

    user = MemberUserChoice(label=_("Who"), queryset=User.objects.none())
    role = forms.ChoiceField(label=_("Office"), choices=Office.Role.choices)
    starts_on = ThaiDateField(label=_("From"))
    resolution = ResolutionChoice(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        empty_label=_("None; a second officer signs"),
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        here = Q(passbooks__member__group=group, passbooks__relation="own", passbooks__member__status="active")
        users = self.fields["user"]
        assert isinstance(users, MemberUserChoice)
        users.queryset = User.objects.filter(here | Q(offices__group=group), is_active=True).distinct()
        _offer_resolutions(self, group)


class EndTermForm(PlainForm):
    """The first day without the office."""

    ends_on = ThaiDateField(label=_("First day without the office"))
    resolution = ResolutionChoice(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        empty_label=_("None; a second officer signs"),
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ends_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        _offer_resolutions(self, group)


class LinkForm(PlainForm):
    """Which member of the register an officer is."""

    number = CountField(label=_("Member number of this officer"), minimum=1, maximum=9999)

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        self.group = group
        super().__init__(*args, **kwargs)

    def clean_number(self) -> Member:
        """Return the member."""
        member = Member.objects.filter(group=self.group, number=self.cleaned_data["number"]).first()
        if member is None:
            raise forms.ValidationError(_("There is no member with this number."))
        return member


class ResolutionForm(PlainForm):
    """What a meeting decided."""

    number = forms.CharField(label=_("Number"), max_length=30, help_text=_("As in the minutes, such as 3/2569."))
    body = forms.ChoiceField(label=_("Decided by"), choices=Resolution.Body.choices)
    decided_on = ThaiDateField(label=_("Date of the meeting"), latest=timezone.localdate)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Wording"), max_length=4000, required=False, widget=forms.Textarea)


class SettingForm(PlainForm):
    """A new value of one setting, from a day on."""

    value = forms.CharField()
    valid_from = ThaiDateField(label=_("Valid from"))
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("Not recorded")
    )

    def __init__(self, *args: Any, group: SavingsGroup, entry: Setting, **kwargs: Any) -> None:
        self.entry = entry
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(entry)
        _offer_resolutions(self, group)

    def taken(self) -> tuple[Any, date]:
        """The value and its first day."""
        return self.cleaned_data["value"], self.cleaned_data["valid_from"]


def setting_or_none(key: str) -> Setting | None:
    """The catalogue's entry of a key from an address."""
    return SETTINGS.get(key)


def _value_field(entry: Setting) -> forms.Field:
    if entry.kind == "money":
        return MoneyField(
            label=entry.label, allow_zero=entry.minimum == 0, minimum=entry.minimum, maximum=entry.maximum
        )
    if entry.kind == "count":
        return CountField(label=entry.label, minimum=entry.minimum, maximum=entry.maximum)
    label: Any = entry.label
    return forms.CharField(label=label, max_length=400, required=False)


def _offer_resolutions(form: forms.Form, group: SavingsGroup) -> None:
    field = form.fields["resolution"]
    assert isinstance(field, ResolutionChoice)
    field.queryset = Resolution.objects.filter(group=group)
