"""A resolution as it is typed from the minutes."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.models import Resolution
from thai.fields import CountField, ThaiDateField

MOST = 9999


def _count(label: Any, **kwargs: Any) -> CountField:
    return CountField(label=label, required=False, minimum=0, maximum=MOST, **kwargs)


class ResolutionForm(PlainForm):
    """What a meeting decided, and the votes as the minutes have them."""

    number = forms.CharField(label=_("Number"), max_length=30, help_text=_("As in the minutes, such as 3/2569."))
    body = forms.ChoiceField(label=_("Decided by"), choices=Resolution.Body.choices)
    decided_on = ThaiDateField(label=_("Date of the meeting"), latest=timezone.localdate)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Wording"), max_length=4000, required=False, widget=forms.Textarea)
    present = _count(_("Present"))
    quorum = _count(_("Quorum"), help_text=_("How many must be present for a decision."))
    votes_for = _count(_("In favour"))
    votes_against = _count(_("Against"))
    votes_abstained = _count(_("Abstained"))

    def arrange(self) -> Layout:
        """Votes stand beside each other."""
        return Layout(
            Div("number", "body", css_class="form-row"),
            "decided_on",
            "subject",
            "text",
            Div("present", "quorum", css_class="form-row"),
            Div("votes_for", "votes_against", "votes_abstained", css_class="form-row"),
        )
