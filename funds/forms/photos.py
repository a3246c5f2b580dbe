"""The field in which a photo of a slip is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.pictures import Picture, read_picture
from members.errors import DomainError

ACCEPTED = "image/jpeg,image/png,image/webp"


class PhotoField(forms.FileField):
    """A photo, optional unless said; cleaned to the picture that `keep_photo` takes, None where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Photo of the slip"))
        kwargs.setdefault("help_text", _("If there is one: JPEG, PNG or WebP, up to 8 MB. Only officers see it."))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        """Read the picture, or refuse it with a sentence."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return read_picture(upload)
        except DomainError as refusal:
            raise forms.ValidationError(refusal.message) from None
