"""Offices, resolutions and settings as they are typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.group_settings import SETTINGS, Setting
from members.models import Member, Office, Resolution, SavingsGroup, User
from members.selectors.people import PeopleFilter, member_of_number, people
from members.services.appointing import UnfitForOffice, is_fit_for_office
from thai.digits import to_western
from thai.fields import CountField, MoneyField, ThaiDateField

MOST_NAMED = 5


class OfficerChoice(forms.ModelChoiceField):
    """An officer of now or before who is not in the register."""

    def label_from_instance(self, obj: Any) -> str:
        """The name as signed."""
        return str(obj.display_name)


class ResolutionChoice(forms.ModelChoiceField):
    """A resolution by number and subject."""

    def label_from_instance(self, obj: Any) -> str:
        """Both, so that nobody picks the wrong one."""
        return f"{obj.number} {obj.subject}"


class TermForm(PlainForm):
    """A new term: who, which office, from when, by which resolution (or with a second signature).

    `cleaned_data` has either `member` or, for an officer outside the register, `user`.
    """

    person = forms.CharField(
        label=_("Member number or name"),
        max_length=160,
        required=False,
        help_text=_("Who cannot sign in yet gets a slip with a code next."),
    )
    user = OfficerChoice(
        label=_("Or an officer who is not in the register"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )
    role = forms.ChoiceField(label=_("Office"), choices=Office.Role.choices)
    starts_on = ThaiDateField(label=_("From"))
    resolution = ResolutionChoice(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        empty_label=_("None; a second officer signs"),
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        self.group = group
        kwargs.setdefault("initial", {"starts_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        _offer_resolutions(self, group)

    def arrange(self) -> None:
        """Officers outside the register are offered where there are any."""
        users = self.fields["user"]
        assert isinstance(users, OfficerChoice)
        outside = User.objects.filter(offices__group=self.group, is_active=True)
        users.queryset = outside.exclude(passbooks__member__group=self.group, passbooks__relation="own").distinct()
        if not users.queryset.exists():
            del self.fields["user"]

    def clean(self) -> dict[str, Any]:
        """Exactly one person is meant."""
        values = super().clean() or {}
        typed, user = values.get("person", ""), values.get("user")
        values["member"] = None
        if typed and user:
            self.add_error("person", _("Type a member or choose an officer below, not both."))
        elif typed:
            try:
                values["member"] = member_meant(self.group, typed)
            except forms.ValidationError as problem:
                self.add_error("person", problem)
        elif not user and "user" not in self.errors:
            self.add_error("person", _("Type the member number or the name."))
        return values


def member_meant(group: SavingsGroup, typed: str) -> Member:
    """The member of a number or of a whole name; a part of a name only says whose number to type."""
    words = to_western(typed).strip()
    if words.isascii() and words.isdigit():
        member = member_of_number(group, int(words[:9]))
        if member is None:
            raise forms.ValidationError(_("There is no member with this number."))
        if not is_fit_for_office(member):
            raise forms.ValidationError(UnfitForOffice(name=member.full_name).message)
        return member
    bare = "".join(typed.split())
    active = [one for one in Member.objects.filter(group=group, status="active") if is_fit_for_office(one)]
    same = [one for one in active if bare in ("".join(one.full_name.split()), one.first_name + one.last_name)]
    if len(same) == 1:
        return same[0]
    fit = same or [one for one in people(group=group, by=PeopleFilter(q=typed)) if is_fit_for_office(one)]
    if not fit:
        raise forms.ValidationError(_("No member with this number or name"))
    named = ", ".join(f"{one.number} {one.full_name}" for one in fit[:MOST_NAMED])
    more = ", …" if len(fit) > MOST_NAMED else ""
    raise forms.ValidationError(_("Type the number of the person meant: %(names)s") % {"names": named + more})


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
    label: Any = entry.label
    if entry.kind == "flag":
        return forms.TypedChoiceField(label=label, choices=[(1, _("Yes")), (0, _("No"))], coerce=int)
    if entry.kind == "count":
        return CountField(label=entry.label, minimum=entry.minimum, maximum=entry.maximum)
    return forms.CharField(label=label, max_length=400, required=False)


def _offer_resolutions(form: forms.Form, group: SavingsGroup) -> None:
    field = form.fields["resolution"]
    assert isinstance(field, ResolutionChoice)
    field.queryset = Resolution.objects.filter(group=group)
