"""The shape of every form here: crispy's layout without its own <form>, errors from services under their field."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from members.errors import DomainError


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


class PlainForm(forms.Form):
    """A form whose template writes <form>, the token and the buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
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
