"""The two forms after the count: closing, and correcting a receipt later."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loans.models import Loan
from meetings.forms.meetings import OperationForm, PlainTextField
from meetings.lines import RowInput
from meetings.models import SheetRow
from thai.fields import MoneyField


class CloseForm(OperationForm):
    """What the page showed, so that nothing else can be posted by it."""

    fingerprint = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class CorrectionForm(OperationForm):
    """What the receipt should have said; all nought means that nothing was paid."""

    pledge = MoneyField(label=_("Pledge"), allow_zero=True, required=False)
    special = MoneyField(label=_("Special savings"), allow_zero=True, required=False)
    fee = MoneyField(label=_("Fee"), allow_zero=True, required=False)
    fine = MoneyField(label=_("Fine"), allow_zero=True, required=False)
    method = forms.ChoiceField(label=_("Way of payment"), choices=SheetRow.Method.choices)
    slip_ref = PlainTextField(label=_("Number of the transfer slip"), max_length=60, required=False)
    reason = PlainTextField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, loans: Sequence[Loan] = (), **kwargs: Any) -> None:
        """loans: each gets a field of its own."""
        super().__init__(*args, **kwargs)
        self.loan_fields = {f"loan_{loan.pk}": loan.pk for loan in loans}
        for name, loan in zip(self.loan_fields, loans, strict=True):
            label = _("Loan, contract %(number)s") % {"number": loan.number}
            self.fields[name] = MoneyField(label=label, allow_zero=True, required=False)
        self.order_fields(["operation", "pledge", "special", "fee", "fine", *self.loan_fields])

    def clean(self) -> dict[str, Any]:
        """A transfer leaves a slip."""
        cleaned = super().clean() or {}
        if cleaned.get("method") == "transfer" and not cleaned.get("slip_ref") and "slip_ref" not in self.errors:
            self.add_error("slip_ref", _("Type the number of the transfer slip."))
        return cleaned

    def row(self) -> RowInput:
        """The corrected line."""
        parts = {loan_id: self.cleaned_data[name] or 0 for name, loan_id in self.loan_fields.items()}
        return RowInput(
            operation=self.cleaned_data["operation"],
            version=0,
            present=True,
            received=True,
            method=self.cleaned_data["method"],
            slip_ref=self.cleaned_data["slip_ref"] if self.cleaned_data["method"] == "transfer" else "",
            pledge=self.cleaned_data["pledge"] or 0,
            special=self.cleaned_data["special"] or 0,
            fee=self.cleaned_data["fee"] or 0,
            fine=self.cleaned_data["fine"] or 0,
            loan=sum(parts.values()),
            loans=tuple((loan_id, satang) for loan_id, satang in parts.items() if satang),
        )
