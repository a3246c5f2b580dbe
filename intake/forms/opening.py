"""Typing opening balances: a row, the first day, a file, a pasted list. What cannot be read yet is kept as well."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from funds.chart import head_of
from intake.opening.tables import ASKED, BALANCES, LOANS, MEMBERS
from intake.opening.typed import LONGEST_CELL
from intake.services.openings import names_of
from intake.wording import sentence
from intake.workbook.container import MAX_FILE_BYTES, check_container
from intake.workbook.problems import Unreadable
from members.forms.base import PlainForm
from thai.fields import ThaiDateField

LONGEST_PASTE = 400_000
LABELS: Mapping[str, Mapping[str, Any]] = {
    MEMBERS: {
        "number": _("Member number"),
        "title": _("Title"),
        "first": _("First name, or name of the body"),
        "last": _("Surname"),
        "kind": _("Kind of member"),
        "joined": _("Joined on"),
        "pledge": _("Pledge a month"),
        "savings": _("Pledge savings"),
        "special": _("Special savings, first book"),
        "special2": _("Special savings, second book"),
        "owed": _("Months owed"),
    },
    LOANS: {
        "contract": _("Contract number"),
        "number": _("Borrower's member number"),
        "day": _("Day of the contract"),
        "amount": _("Amount of the contract"),
        "instalments": _("Number of instalments"),
        "brought": _("Principal left"),
        "guarantor1": _("First guarantor's member number"),
        "guarantor2": _("Second guarantor's member number"),
    },
    BALANCES: {"code": _("What it is"), "detail": _("Which one"), "amount": _("Amount")},
}
KIND_CHOICES = (("", _("Ordinary")), ("วิสามัญ", _("Associate")), ("กิตติมศักดิ์", _("Honorary")))
AMOUNTS = frozenset({"pledge", "savings", "special", "special2", "amount", "brought"})
NUMBERS = frozenset({"number", "owed", "instalments", "guarantor1", "guarantor2"})
HELP: Mapping[str, Any] = {
    "joined": _("Such as 5/1/2560. Empty: the day of the opening."),
    "owed": _("They are counted as the last months before the books begin."),
    "detail": _("The bank account, the lender, the fund; a member number for advances and dividends."),
    "day": _("Such as 5/1/2567."),
}
POOLS: Mapping[str, Any] = {"O": _("Operating"), "A": _("Administrative")}


def account_choices() -> list[tuple[str, str]]:
    """What can stand in the books besides savings and loans, each with its pool."""
    return [(code, f"{POOLS[code[0]]}: {head_of(code).name}") for code in ASKED]


class RowForm(PlainForm):
    """One row of a table, every cell a text: it is kept as typed, and what is wrong with it stands beside."""

    def __init__(self, key: str, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.key = key
        super().__init__(data, **kwargs)
        for name in names_of(key):
            self.fields[name] = self._field(name)

    def _field(self, name: str) -> forms.Field:
        label = LABELS[self.key][name]
        if name == "code":
            return forms.ChoiceField(label=label, choices=account_choices)
        if name == "kind":
            return forms.ChoiceField(label=label, choices=KIND_CHOICES, required=False)
        mode = "decimal" if name in AMOUNTS else "numeric" if name in NUMBERS else ""
        attributes = {"autocomplete": "off"} | ({"inputmode": mode} if mode else {})
        field = forms.CharField(
            label=label,
            required=False,
            max_length=LONGEST_CELL,
            help_text=HELP.get(name, ""),
            widget=forms.TextInput(attrs=attributes),
        )
        if name in AMOUNTS:
            field.widget.attrs["data-amount"] = name
        return field


class FirstDayForm(PlainForm):
    """The day with which the first account year begins."""

    starts_on = ThaiDateField(label=_("The first account year begins on"))


class BalancesFileForm(PlainForm):
    """An Excel file with one to three sheets."""

    workbook = forms.FileField(
        label=_("Excel file with the balances (.xlsx, at most 8 MB)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Choose the file first."), "empty": _("Choose the file first.")},
    )

    def clean_workbook(self) -> bytes:
        """Return the bytes; never more of them is read than may be."""
        file: UploadedFile = self.cleaned_data["workbook"]
        try:
            if (file.size or 0) > MAX_FILE_BYTES:
                raise Unreadable("file_too_large", megabytes=MAX_FILE_BYTES // 1024 // 1024)
            content = file.read(MAX_FILE_BYTES + 1)
            check_container(content)
        except Unreadable as error:
            raise forms.ValidationError(sentence(error.problem), code=error.code) from error
        return content


class PasteForm(PlainForm):
    """A list copied out of a spreadsheet."""

    pasted = forms.CharField(
        label=_("Members, copied from a spreadsheet"),
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=_("One member a line, with the headings or in the order of the empty Excel file."),
    )
