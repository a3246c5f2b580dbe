"""The field in which a photo of a slip is sent."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from funds.services.photos import BYTES_MOST

ACCEPTED = "image/jpeg,image/png,image/webp"


class PhotoField(forms.FileField):
    """A photo, optional unless said; what it shows is read by `keep_photo`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Photo of the slip"))
        kwargs.setdefault("help_text", _("If there is one. JPEG, PNG or WebP, up to 8 MB. Only officers see it."))
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ACCEPTED}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        """The file as it came, refused when it is too large to be read at all."""
        upload: UploadedFile | None = super().clean(data, initial) or None
        if upload is not None and (upload.size or 0) > BYTES_MOST:
            raise forms.ValidationError(_("The photo is larger than 8 MB. Take it again with a smaller size."))
        return upload
