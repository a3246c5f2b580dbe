"""What the second officer types on the first one's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm


class CoSignForm(PlainForm):
    """Name and password; the code from the phone does as well."""

    username = forms.CharField(
        label=_("Second officer's user name or member number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password, or the six figures from the phone"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
