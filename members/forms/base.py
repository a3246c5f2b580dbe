"""The shape of every form here: crispy's layout without its own <form>, errors from services under their field."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from members.errors import DomainError


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

    def arrange(self) -> Layout | None:
        """How the fields stand; in their order when not said."""
        return None

    def refuse(self, error: DomainError, field: str | None = None) -> None:
        """Show a service's refusal beside the field that it is about."""
        self.add_error(field if field in self.fields else NON_FIELD_ERRORS, error.message)
