"""The shape of every form here: crispy's layout without its own <form>, errors from services under their field."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError

_INVISIBLE = frozenset({"Cf", "Cc"})
_KEPT = frozenset("\0\t\n\r")
_LINE_MARKS = frozenset("\u2028\u2029")


def speak_plainly(form: forms.Form) -> None:
    """Let the fields refuse in sentences that say what to do; amounts and dates have their own."""
    for field in form.fields.values():
        field.error_messages["required"] = _("Please fill this in.")
        for key in ("invalid_choice", "invalid"):
            if key in field.error_messages:
                field.error_messages[key] = _("Please choose or type one of the possible values.")
        for validator in field.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = _("At most %(limit_value)d characters fit here.")


def without_invisible(text: str) -> str:
    """A text as it is seen: no zero-width letter, no mark that turns the reading direction, no control character.

    With them two names that look alike would be two, and a name could be printed back to front. Line ends stay; NUL
    stays too, for the fields to refuse.
    """
    kept = (letter for letter in text if letter in _KEPT or unicodedata.category(letter) not in _INVISIBLE)
    return "".join(" " if letter in _LINE_MARKS else letter for letter in kept)


def _as_seen(data: Mapping[str, Any]) -> QueryDict:
    seen = QueryDict(mutable=True)
    lists = data.lists() if isinstance(data, QueryDict) else ((name, [value]) for name, value in data.items())
    for name, values in lists:
        secret = name.startswith("password")
        clean = [value if secret or not isinstance(value, str) else without_invisible(value) for value in values]
        seen.setlist(name, clean)
    return seen


class PlainForm(forms.Form):
    """A form whose template writes <form>, the token and the buttons; what it takes is what its writer can see."""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(None if data is None else _as_seen(data), *args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        layout = self.arrange()
        if layout is not None:
            self.helper.layout = layout
        speak_plainly(self)

    def arrange(self) -> Layout | None:
        """How the fields stand; in their order when not said."""
        return None

    def refuse(self, error: DomainError, field: str | None = None) -> None:
        """Show a service's refusal beside the field that it is about."""
        self.add_error(field if field in self.fields else NON_FIELD_ERRORS, error.message)
