"""The code on the slip; then the birth date and a password."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.forms.door import NewPasswordForm
from members.models import ActivationSlip
from thai.fields import ThaiDateField


class SlipCodeForm(PlainForm):
    """The eight letters and figures."""

    code = forms.CharField(
        label=_("The 8 letters and figures on the slip"),
        max_length=20,
        help_text=_("Small or capital letters, with or without a space."),
        widget=forms.TextInput(
            attrs={"class": "form-control--code", "autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class SetPasswordForm(NewPasswordForm):
    """The proof, where one is on file, and the password twice."""

    birth_on = ThaiDateField(
        label=_("Your birth date"),
        help_text=_("Day/month/year, such as 14/3/2511. It is not on the slip; it shows that the slip is yours."),
        latest=timezone.localdate,
    )
    field_order = ["birth_on", "password1", "password2"]

    def __init__(self, *args: Any, slip: ActivationSlip, **kwargs: Any) -> None:
        super().__init__(*args, user=slip.user, **kwargs)
        if slip.proof == ActivationSlip.Proof.HANDOVER:
            del self.fields["birth_on"]
        elif slip.member is not None and slip.member.body_name:
            self.fields["birth_on"].label = _("Birth date of the body's representative")
