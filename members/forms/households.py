"""Households as they are typed, and chosen for a member."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.models import Member, SavingsGroup
from members.selectors.households import household_codes

CODE_HELP = _("Choose a household, or type a new code: the household is then entered.")


class OfferedInput(forms.TextInput):
    """A field to type into that offers what is known already."""

    def __init__(self, offered: list[tuple[str, str]], attrs: dict[str, Any] | None = None) -> None:
        self.offered = offered
        super().__init__(attrs)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field with its list."""
        listed = f"offered_{name}"
        field = super().render(name, value, {**(attrs or {}), "list": listed, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.offered)
        return format_html('{}<datalist id="{}">{}</datalist>', field, listed, options)


def offer_households(form: forms.Form, group: SavingsGroup, name: str = "household_code") -> None:
    """Let a form's field offer the group's households."""
    field = form.fields[name]
    field.widget = OfferedInput(household_codes(group), field.widget.attrs)
    field.help_text = CODE_HELP


class HouseholdForm(PlainForm):
    """A household: its code and its house number."""

    code = forms.CharField(label=_("Household code"), max_length=20)
    house_no = forms.CharField(label=_("House number"), max_length=20, required=False)


class MoveForm(PlainForm):
    """Where a member moves to."""

    household_code = forms.CharField(label=_("Household code"), max_length=20, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, group: SavingsGroup, member: Member, **kwargs: Any) -> None:
        self.group = group
        code = member.household.code if member.household else ""
        kwargs.setdefault("initial", {"household_code": code, "version": member.version})
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        """What is known is offered; nothing typed takes the member out of the household."""
        offer_households(self, self.group)
        self.fields["household_code"].help_text = _(
            "Choose a household, or type a new code. Empty: the member belongs to no household of the list."
        )
