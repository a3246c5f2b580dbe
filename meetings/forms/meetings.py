"""Opening a meeting, counting its cash, explaining a difference: what is typed, read into values."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.denominations import DENOMINATIONS, PIECES_MOST
from meetings.forms.rows import clean_text
from thai.fields import CountField, ThaiDateField


class PlainTextField(forms.CharField):
    """One line of text that the journal can take: NFC, no control characters."""

    default_error_messages = {"required": _("Fill in this field.")}

    def to_python(self, value: Any) -> str:
        """Return the text, or refuse it with a sentence."""
        errors: dict[str, str] = {}
        text = clean_text(str(value or ""), "text", self.max_length or 200, errors)
        if errors:
            raise forms.ValidationError(errors["text"])
        return text


class OperationForm(forms.Form):
    """A form that carries its operation id from its first showing, so that sending it twice acts once."""

    operation = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class OpenMeetingForm(OperationForm):
    """Day, number and place of the meeting."""

    held_on = ThaiDateField(label=_("Date of the meeting"), latest=timezone.localdate)
    number = CountField(label=_("Meeting number in the account year"), minimum=1, maximum=999)
    place = PlainTextField(label=_("Place"), max_length=200, required=False)

    def __init__(self, *args: Any, earliest: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["held_on"]
        assert isinstance(field, ThaiDateField)
        field.earliest = earliest


class CountForm(OperationForm):
    """How many of each note and coin lie in the box; what is left empty is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in DENOMINATIONS:
            self.fields[f"d{value}"] = CountField(required=False, minimum=0, maximum=PIECES_MOST, label="")

    def clean(self) -> dict[str, Any]:
        """At least one piece is written down, were it a nought: an empty form is no count."""
        cleaned = super().clean() or {}
        typed = [cleaned.get(f"d{value}") for value in DENOMINATIONS]
        if not self.errors and all(count is None for count in typed):
            raise forms.ValidationError(_("Type how many notes and coins there are; type 0 where the box is empty."))
        return cleaned

    def pieces(self) -> dict[int, int]:
        """What was counted: value in satang -> pieces."""
        return {value: self.cleaned_data.get(f"d{value}") or 0 for value in DENOMINATIONS}


class ReasonForm(forms.Form):
    """Why counted and expected cash differ."""

    reason = PlainTextField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("The cash differs from the books. Write the reason first.")},
    )
    recounted = forms.BooleanField(label=_("Two people counted again and found the same"), required=False)
