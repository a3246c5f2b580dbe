"""A guarantor as named at the table: by number or name."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField
from loans.applying_errors import NoSuchGuarantor, SeveralGuarantorsMeant
from members.forms.base import PlainForm
from members.models import Member, SavingsGroup
from members.selectors.people import PeopleFilter, people
from thai.digits import to_western
from thai.fields import ThaiDateField

MOST_NAMED = 5


def member_meant(group: SavingsGroup, typed: str, *, shows_names: bool = True) -> Member:
    """The active member whom a number or a name means; without `shows_names` only a number or the whole name does.

    Raises NoSuchGuarantor, SeveralGuarantorsMeant.
    """
    found = list(people(group=group, by=PeopleFilter(q=typed, status=Member.Status.ACTIVE))[: MOST_NAMED + 1])
    exact = [member for member in found if typed in (member.full_name, f"{member.first_name} {member.last_name}")]
    is_number = to_western(typed).isdigit()
    found = exact if len(exact) == 1 or not (shows_names or is_number) else found
    if not typed or not found:
        raise NoSuchGuarantor
    if len(found) > 1:
        names = ", ".join(f"{member.number} {member.full_name}" for member in found[:MOST_NAMED])
        raise SeveralGuarantorsMeant(names=names)
    found[0].group = group
    return found[0]


class GuarantorForm(PlainForm):
    """Who stands guarantor."""

    guarantor = LineField(label=_("Member number or name"), max_length=160)

    def __init__(self, *args: Any, group: SavingsGroup, shows_names: bool = True, **kwargs: Any) -> None:
        self.group, self.shows_names = group, shows_names
        super().__init__(*args, **kwargs)
        self.fields["guarantor"].widget.attrs |= {"autocomplete": "off"}

    def clean_guarantor(self) -> Member:
        """Return the member."""
        try:
            return member_meant(self.group, self.cleaned_data["guarantor"], shows_names=self.shows_names)
        except (NoSuchGuarantor, SeveralGuarantorsMeant) as refusal:
            raise forms.ValidationError(refusal.message) from None


class ReplaceForm(GuarantorForm):
    """Who stands in another's place, and why."""

    reason = LineField(label=_("Reason"), max_length=200)
    signed_on = ThaiDateField(
        label=_("Guarantee contract signed on"), latest=timezone.localdate, required=False,
        help_text=_("Once the loan's contract is made: the day on which the new guarantor signed."),
    )  # fmt: skip
