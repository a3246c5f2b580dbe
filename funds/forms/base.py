"""The shape of every form of the books: one line of clean text, an operation id from the first showing."""

import unicodedata
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm


class LineField(forms.CharField):
    """One line of text that the journal can take: NFC, no control characters."""

    def to_python(self, value: Any) -> str:
        """The text, spaces joined."""
        text = unicodedata.normalize("NFC", " ".join(str(value or "").split()))
        if any(unicodedata.category(letter).startswith("C") for letter in text):
            raise forms.ValidationError(_("Type letters and figures only."))
        return text


class OnceForm(PlainForm):
    """A form that carries its operation id from its first showing, so that sending it twice acts once."""

    operation = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
