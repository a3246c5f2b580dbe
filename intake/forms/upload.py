"""Choosing a village's workbook."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from intake.wording import sentence
from intake.workbook.container import MAX_FILE_BYTES, check_container
from intake.workbook.problems import Unreadable
from members.forms.base import PlainForm


class UploadForm(PlainForm):
    """One file; what is no workbook is refused beside the field."""

    workbook = forms.FileField(
        label=_("The village's workbook (.xlsx, at most 8 MB)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Choose the workbook first."), "empty": _("Choose the workbook first.")},
    )

    def clean_workbook(self) -> dict[str, Any]:
        """Return the file's name and bytes; never more of it is read than may be."""
        file: UploadedFile = self.cleaned_data["workbook"]
        try:
            if (file.size or 0) > MAX_FILE_BYTES:
                raise Unreadable("file_too_large", megabytes=MAX_FILE_BYTES // 1024 // 1024)
            content = file.read(MAX_FILE_BYTES + 1)
            check_container(content)
        except Unreadable as error:
            raise forms.ValidationError(sentence(error.problem), code=error.code) from error
        return {"name": file.name or "workbook.xlsx", "content": content}
