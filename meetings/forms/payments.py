"""The four forms of a payment of the day: withdrawal, expense, fetched from the bank, carried to the bank."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.purposes import BY_KEY, EXPENSES
from loans.models import Loan
from loans.selectors.payouts import ready_to_pay
from meetings.forms.meetings import OperationForm, PlainTextField
from meetings.models import Meeting
from meetings.selectors.payments import bank_holders, special_book_of
from meetings.selectors.sheet import members_on_sheet
from meetings.services.payments import PaymentInput
from members.forms.base import speak_plainly
from members.models import Member
from thai.fields import CountField, MoneyField
from thai.money import format_baht

CASH, BANK = "cash", "bank"


class PaymentForm(OperationForm):
    """What all payments have: how much, and the meeting's own lists to choose from."""

    kind = ""
    satang = MoneyField(label=_("Amount (baht)"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak_plainly(self)
        self.meeting = meeting
        if "bank" in self.fields:
            field = self.fields["bank"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                (holder, holder or _("The group's bank account")) for holder in bank_holders(meeting.group)
            ]

    def member_of(self, name: str = "member_number") -> Member | None:
        """The member whose number was typed; marks the field where there is none."""
        number = self.cleaned_data.get(name)
        if number is None:
            return None
        member = members_on_sheet(self.meeting).filter(number=number).first()
        if member is None:
            self.add_error(name, _("No member with this number or name."))
        return member

    def payment(self) -> PaymentInput:
        """The payment as the service takes it."""
        raise NotImplementedError


class PaidOutForm(PaymentForm):
    """A payment out of the box, or by transfer."""

    paid_from = forms.ChoiceField(
        label=_("Way of payment"), choices=[(CASH, _("in cash")), (BANK, _("by bank transfer"))], initial=CASH
    )
    bank = forms.ChoiceField(label=_("Bank account"), required=False, help_text=_("Only for a bank transfer."))
    slip_ref = PlainTextField(
        label=_("Number of the transfer slip"), max_length=60, required=False, help_text=_("Only for a bank transfer.")
    )

    def clean(self) -> dict[str, Any]:
        """A transfer leaves a slip."""
        cleaned = super().clean() or {}
        if cleaned.get("paid_from") == BANK and not cleaned.get("slip_ref") and "slip_ref" not in self.errors:
            self.add_error("slip_ref", _("Type the number of the transfer slip."))
        return cleaned

    def way(self) -> dict[str, Any]:
        """How it is paid."""
        from_bank = self.cleaned_data["paid_from"] == BANK
        return {
            "from_bank": from_bank,
            "bank": self.cleaned_data["bank"] if from_bank else "",
            "slip_ref": self.cleaned_data["slip_ref"] if from_bank else "",
        }


class WithdrawalForm(PaidOutForm):
    """Special savings paid back to a member."""

    kind = "withdrawal"
    member_number = CountField(label=_("Member number"), minimum=1, maximum=9999)
    book_number = CountField(label=_("Special savings book"), minimum=1, maximum=999, initial=1)
    field_order = ["operation", "member_number", "book_number", "satang", "paid_from", "bank", "slip_ref"]

    def clean(self) -> dict[str, Any]:
        """The book must be the member's."""
        cleaned = super().clean()
        self.member = self.member_of()
        self.holder = ""
        if self.member is not None and cleaned.get("book_number"):
            self.holder = special_book_of(self.member, cleaned["book_number"]) or ""
            if not self.holder:
                self.add_error("book_number", _("This member has no special savings book of this number."))
        return cleaned

    def payment(self) -> PaymentInput:
        """Debited is the book."""
        assert self.member is not None
        return PaymentInput(
            kind=self.kind,
            satang=self.cleaned_data["satang"],
            code="O2200",
            holder=self.holder,
            member=self.member,
            payee=self.member.full_name[:120],
            **self.way(),
        )


class ExpenseForm(PaidOutForm):
    """A cost of the group; its purpose decides the account and so the pool."""

    kind = "expense"
    purpose = forms.ChoiceField(label=_("What for"), choices=[(each.key, each.label) for each in EXPENSES])
    activity = PlainTextField(
        label=_("Name of the activity"), max_length=40, required=False, help_text=_("Only for the cost of an activity.")
    )
    payee = PlainTextField(label=_("Paid to"), max_length=120)
    member_number = CountField(
        label=_("Member number of the one paid, if a member"), minimum=1, maximum=9999, required=False
    )
    memo = PlainTextField(label=_("For what exactly"), max_length=200)
    field_order = [
        "operation", "purpose", "activity", "satang", "payee", "member_number", "memo", "paid_from", "bank", "slip_ref",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An activity's cost names the activity."""
        cleaned = super().clean()
        self.member = self.member_of()
        purpose = BY_KEY.get(cleaned.get("purpose", ""))
        activity = cleaned.get("activity", "")
        if purpose and purpose.named and not activity and "activity" not in self.errors:
            self.add_error("activity", _("Type the name of the activity."))
        elif "," in activity:
            self.add_error("activity", _("Type the name without a comma."))
        return cleaned

    def payment(self) -> PaymentInput:
        """Debited is the account of the purpose."""
        purpose = BY_KEY[self.cleaned_data["purpose"]]
        return PaymentInput(
            kind=self.kind,
            satang=self.cleaned_data["satang"],
            code=purpose.code,
            holder=self.cleaned_data["activity"] if purpose.named else "",
            member=self.member,
            payee=self.cleaned_data["payee"],
            memo=self.cleaned_data["memo"],
            **self.way(),
        )


class ContractChoice(forms.ModelChoiceField):
    """A contract by number, borrower and amount."""

    def label_from_instance(self, obj: Any) -> str:
        """So that nobody picks the wrong one."""
        return f"{obj.number} · {obj.member.number} {obj.member.full_name} · {format_baht(obj.satang)}"


class LoanForm(PaidOutForm):
    """A loan paid out: the whole amount of a signed contract, to its borrower."""

    kind = "loan"
    satang = None  # type: ignore[assignment]
    contract = ContractChoice(
        label=_("Contract"), queryset=Loan.objects.none(), empty_label=None,
        help_text=_("Signed contracts that are not paid out yet."),
    )  # fmt: skip
    field_order = ["operation", "contract", "paid_from", "bank", "slip_ref"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        field = self.fields["contract"]
        assert isinstance(field, ContractChoice)
        field.queryset = ready_to_pay(meeting.group).filter(contracted_on__lte=meeting.held_on)

    def payment(self) -> PaymentInput:
        """Debited is the contract's account."""
        loan = self.cleaned_data["contract"]
        return PaymentInput(
            kind=self.kind,
            satang=loan.satang,
            code="O1300",
            holder=loan.number,
            member=loan.member,
            payee=loan.member.full_name[:120],
            **self.way(),
        )


class BankForm(PaymentForm):
    """Cash between the box and the bank, within one pool."""

    pool = forms.ChoiceField(
        label=_("Whose money"),
        choices=[("O", _("Operating pool")), ("A", _("Administrative pool"))],
        initial="O",
    )
    bank = forms.ChoiceField(label=_("Bank account"), required=False)
    slip_ref = PlainTextField(label=_("Number of the bank slip"), max_length=60)
    field_order = ["operation", "satang", "pool", "bank", "slip_ref"]

    def payment(self) -> PaymentInput:
        """The account is the pool's bank account."""
        return PaymentInput(
            kind=self.kind,
            satang=self.cleaned_data["satang"],
            code=f"{self.cleaned_data['pool']}1200",
            holder=self.cleaned_data["bank"],
            bank=self.cleaned_data["bank"],
            slip_ref=self.cleaned_data["slip_ref"],
        )


class FetchForm(BankForm):
    """Fetched from the bank."""

    kind = "bank_fetch"


class CarryForm(BankForm):
    """Carried to the bank."""

    kind = "bank_carry"


FORMS: dict[str, type[PaymentForm]] = {
    form.kind: form for form in (WithdrawalForm, ExpenseForm, LoanForm, FetchForm, CarryForm)
}
