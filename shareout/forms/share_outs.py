"""The forms of a share-out: which way to divide on which resolution, where money changes its pool."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.base import OnceForm
from funds.models import AccountYear, Way
from funds.selectors.bank import bank_choices
from funds.voucher_lines import TRANSFER, Place
from members.errors import DomainError
from members.forms.base import PlainForm
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup
from shareout.models import ShareOutPolicy
from shareout.selectors.policies import policies_of
from shareout.share_out_errors import GeneralMeetingDecides, MeetingOfOtherDay


class AdoptForm(OnceForm):
    """Which of the ways that were saved the general meeting adopted, and by which resolution."""

    policy = forms.ModelChoiceField(
        label=_("Way to divide"), queryset=ShareOutPolicy.objects.none(), empty_label=None, widget=forms.HiddenInput
    )
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    resolution = ResolutionChoice(
        label=_("Resolution of the general meeting"),
        queryset=Resolution.objects.none(),
        empty_label="",
        help_text=_("The share-out is dated the day of this meeting."),
    )

    def __init__(self, *args: Any, year: AccountYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy, resolution = self.fields["policy"], self.fields["resolution"]
        assert isinstance(policy, forms.ModelChoiceField)
        assert isinstance(resolution, forms.ModelChoiceField)
        policy.queryset = policies_of(year)
        resolution.queryset = Resolution.objects.filter(
            group=year.group_id, body=Resolution.Body.GENERAL, decided_on__gt=year.ends_on
        )

    def is_about_resolution(self, refusal: DomainError) -> bool:
        """Whether a refusal stands beside the resolution."""
        return isinstance(refusal, GeneralMeetingDecides | MeetingOfOtherDay)


class PlaceForm(PlainForm):
    """Where the slice for administration changes its pool."""

    way = forms.ChoiceField(label=_("The slice for administration lies"), choices=Way.choices, initial=TRANSFER)
    bank = forms.ChoiceField(label=_("Bank account"), required=False, help_text=_("Only for a bank transfer."))

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way, bank = self.fields["way"], self.fields["bank"]
        assert isinstance(way, forms.ChoiceField)
        assert isinstance(bank, forms.ChoiceField)
        way.choices = [(Way.TRANSFER, _("in the bank")), (Way.CASH, _("in the cash box"))]
        bank.choices = bank_choices(group) or [("", _("The group's bank account"))]

    @property
    def place(self) -> Place:
        """The box, or the bank account."""
        is_transfer = self.cleaned_data["way"] == TRANSFER
        return Place(self.cleaned_data["way"], self.cleaned_data["bank"] if is_transfer else "")
