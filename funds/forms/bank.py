"""The bank's forms: an account of the register, its end, money moved at the bank, a photo of the book."""

from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.forms.photos import PhotoField
from funds.models import BankAccount, BankAccountChange, BankMove
from funds.models.photos import Photo
from funds.services.bank_accounts import AccountInput
from funds.services.bank_moves import MoveInput
from members.forms.base import PlainForm
from members.models import Resolution, SavingsGroup
from papers.promptpay import PromptPayError, clean_id
from thai.dates import format_date
from thai.digits import to_western
from thai.fields import MoneyField, ThaiDateField
from thai.language import active_language

OPERATING, ADMINISTRATIVE, BOTH = "O", "A", "OA"


class NumberField(LineField):
    """A bank account's number: digits with hyphens, as on the book."""

    def to_python(self, value: Any) -> str:
        """The number in Western digits without spaces."""
        text = to_western(super().to_python(value)).replace(" ", "")
        if text and (not text.replace("-", "").isdigit() or not 6 <= len(text.replace("-", "")) <= 15):
            raise forms.ValidationError(
                _("Type the number as on the bank book: 6 to 15 digits, hyphens where they are.")
            )
        return text


class PromptPayField(LineField):
    """A PromptPay id: mobile number, national or tax number, e-wallet."""

    def to_python(self, value: Any) -> str:
        """The digits."""
        text = to_western(super().to_python(value))
        if not text:
            return ""
        try:
            return clean_id(text)
        except PromptPayError:
            raise forms.ValidationError(
                _("A PromptPay number has 10 digits (a telephone), 13 (national or tax number) or 15 (e-wallet).")
            ) from None


class AccountForm(PlainForm):
    """One row of the register of bank accounts."""

    bank = LineField(label=_("Bank"), max_length=60, help_text=_("Such as BAAC, Government Savings Bank, Krung Thai."))
    branch = LineField(label=_("Branch"), max_length=60, required=False)
    number = NumberField(label=_("Account number"), max_length=24)
    name = LineField(label=_("Account name"), max_length=120, help_text=_("Exactly as it stands on the bank book."))
    owner = forms.ChoiceField(
        label=_("In whose name"),
        choices=[("group", _("The group's")), ("person", _("A private person's"))],
        widget=forms.RadioSelect,
        help_text=_("Money in a private person's account is theirs before the law. Open one in the group's name soon."),
    )
    pools = forms.ChoiceField(
        label=_("Whose money stands there"),
        choices=[(BOTH, _("Both pools")), (OPERATING, _("Operating pool")), (ADMINISTRATIVE, _("Administrative pool"))],
    )
    promptpay_id = PromptPayField(label=_("PromptPay number"), max_length=20, required=False)
    opened_on = ThaiDateField(label=_("Opened on"), latest=timezone.localdate)
    resolution = forms.ModelChoiceField(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("Not recorded")
    )

    def __init__(self, *args: Any, group: SavingsGroup, account: BankAccount | None = None, **kwargs: Any) -> None:
        if account is not None:
            kwargs.setdefault("initial", _initial(account))
        super().__init__(*args, **kwargs)
        field = self.fields["resolution"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Resolution.objects.filter(group=group)

    def account(self) -> AccountInput:
        """The row as the service takes it."""
        data = self.cleaned_data
        return AccountInput(
            bank=data["bank"],
            branch=data["branch"],
            number=data["number"],
            name=data["name"],
            is_private=data["owner"] == "person",
            in_operating=OPERATING in data["pools"],
            in_administrative=ADMINISTRATIVE in data["pools"],
            promptpay_id=data["promptpay_id"],
            opened_on=data["opened_on"],
            resolution=data["resolution"],
        )


def _initial(account: BankAccount) -> dict[str, Any]:
    kept = ("bank", "branch", "number", "name", "promptpay_id", "opened_on", "resolution")
    return {name: getattr(account, name) for name in kept} | {
        "owner": "person" if account.is_private else "group",
        "pools": "".join(account.pools),
    }


SAID = {
    "is_private": _("In whose name"),
    "in_operating": _("Operating pool"),
    "in_administrative": _("Administrative pool"),
    "closed_on": _("Closed on"),
}


def said_changes(change: BankAccountChange) -> list[dict[str, Any]]:
    """What was changed, each field by its own words: label, before, after."""
    labels = {name: field.label for name, field in AccountForm.base_fields.items()} | SAID
    return [
        {"label": labels.get(name, name), "before": _in_words(name, before), "after": _in_words(name, after)}
        for name, (before, after) in change.changed.items()
    ]


def _in_words(name: str, value: Any) -> Any:
    if name == "is_private":
        return _("A private person's") if value else _("The group's")
    if isinstance(value, bool):
        return _("stands there") if value else ""
    if name in ("opened_on", "closed_on") and value:
        return format_date(date.fromisoformat(value), "short", active_language())
    return value


class CloseForm(PlainForm):
    """The bank has closed the account."""

    closed_on = ThaiDateField(label=_("Closed on"), latest=timezone.localdate)
    resolution = forms.ModelChoiceField(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("Not recorded")
    )

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resolution"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Resolution.objects.filter(group=group)


class MoveForm(OnceForm):
    """Money carried to the bank, fetched, or moved between two bank accounts."""

    kind = ""
    satang = MoneyField(label=_("Amount (baht)"))
    pool = forms.ChoiceField(label=_("Whose money"), choices=BankMove.Pool.choices, initial="O")
    source = forms.ModelChoiceField(label=_("From"), queryset=BankAccount.objects.none(), empty_label=None)
    target = forms.ModelChoiceField(label=_("To"), queryset=BankAccount.objects.none(), empty_label=None)
    moved_on = ThaiDateField(label=_("Day at the bank"), latest=timezone.localdate)
    slip_ref = LineField(label=_("Number of the bank slip"), max_length=60)
    memo = LineField(label=_("Note"), max_length=200, required=False)
    photo = PhotoField()

    def __init__(self, *args: Any, group: SavingsGroup, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"moved_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        open_accounts = BankAccount.objects.filter(group=group, closed_on__isnull=True)
        for name in self.fields.keys() & {"source", "target"}:
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = open_accounts

    def arrange(self) -> Layout:
        """Carried money has no bank it comes from, fetched money none it goes to."""
        self.fields.pop({"bank_carry": "source", "bank_fetch": "target"}.get(self.kind, ""), None)
        return Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        """Two different accounts."""
        cleaned = super().clean() or {}
        if self.kind == "bank_transfer" and cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", _("Choose two different accounts."))
        return cleaned

    def move(self, photo: Photo | None) -> MoveInput:
        """The move as the service takes it."""
        data = self.cleaned_data
        return MoveInput(
            kind=self.kind,
            pool=data["pool"],
            satang=data["satang"],
            moved_on=data["moved_on"],
            slip_ref=data["slip_ref"],
            source=data.get("source"),
            target=data.get("target"),
            memo=data["memo"],
            photo=photo,
        )


class CarryForm(MoveForm):
    """Carried to the bank."""

    kind = "bank_carry"


class FetchForm(MoveForm):
    """Fetched from the bank."""

    kind = "bank_fetch"


class TransferForm(MoveForm):
    """Moved to another bank account."""

    kind = "bank_transfer"


MOVES: dict[str, type[MoveForm]] = {form.kind: form for form in (CarryForm, FetchForm, TransferForm)}


class PagePhotoForm(PlainForm):
    """A photo of the page of the bank book."""

    photo = PhotoField(label=_("Photo of the page"), required=True)
