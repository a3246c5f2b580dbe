"""The forms of money out, one a kind of voucher: the purpose decides the account, and so the pool."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField
from funds.forms.way import HolderField, WayForm
from funds.models import BankLoanInstalment, Voucher
from funds.purposes import BY_KEY, EXPENSES, TAKEN_ALONG
from funds.selectors.money_in import to_be_returned
from funds.services.vouchers import VoucherInput
from funds.voucher_lines import (
    Line,
    Spent,
    expense_lines,
    instalment_lines,
    officer_advance_lines,
    pool_advance_lines,
    subsidy_return_lines,
)
from members.forms.offices import ResolutionChoice
from members.models import Member, Resolution
from thai.fields import CountField, MoneyField
from thai.money import format_baht


class VoucherForm(WayForm):
    """What all vouchers have: for what exactly, and the resolution it rests on."""

    kind = ""
    memo = LineField(label=_("For what exactly"), max_length=200)
    resolution = ResolutionChoice(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Needed above the limit that the group has set."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("resolution")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Resolution.objects.filter(group=self.group)

    def member_of(self, name: str = "member_number") -> Member | None:
        """The member whose number was typed; marks the field where there is none."""
        number = self.cleaned_data.get(name)
        if number is None:
            return None
        member = Member.objects.filter(group=self.group, number=number).first()
        if member is None:
            self.add_error(name, _("No member with this number."))
        return member

    def voucher(self) -> VoucherInput:
        """The voucher as the service takes it."""
        raise NotImplementedError

    def _input(self, *, lines: list[Line], **particulars: Any) -> VoucherInput:
        cleaned = self.cleaned_data
        return VoucherInput(
            kind=self.kind,
            paid_on=cleaned["on"],
            lines=lines,
            place=self.place,
            slip_ref=self.slip,
            picture=cleaned.get("photo"),
            resolution=cleaned.get("resolution"),
            **{"satang": cleaned.get("satang"), "memo": cleaned["memo"], **particulars},
        )


class ExpenseForm(VoucherForm):
    """A cost of the group, welfare, public benefit, committee pay."""

    kind = Voucher.Kind.EXPENSE
    purpose = forms.ChoiceField(label=_("What for"), choices=[(each.key, each.label) for each in EXPENSES])
    activity = HolderField(
        label=_("Name of the activity"), required=False, help_text=_("Only for the cost of an activity.")
    )
    payee = LineField(label=_("Paid to"), max_length=120)
    member_number = CountField(
        label=_("Member number of the one paid, if a member"), minimum=1, maximum=9999, required=False
    )
    field_order = [
        "operation", "on", "purpose", "activity", "satang", "payee", "member_number", "memo", "way", "bank", "slip_ref",
        "resolution", "photo",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An activity's cost names the activity."""
        cleaned = super().clean()
        self.member = self.member_of()
        purpose = BY_KEY.get(cleaned.get("purpose", ""))
        if purpose and purpose.named and not cleaned.get("activity") and "activity" not in self.errors:
            self.add_error("activity", _("Type the name of the activity."))
        return cleaned

    def voucher(self) -> VoucherInput:
        """Debited is the account of the purpose."""
        cleaned = self.cleaned_data
        spent = Spent(BY_KEY[cleaned["purpose"]], cleaned["satang"], activity=cleaned["activity"])
        lines = expense_lines(spent, self.place)
        return self._input(lines=lines, purpose=cleaned["purpose"], payee=cleaned["payee"], member=self.member)


class SubsidyReturnForm(VoucherForm):
    """A returnable subsidy, or a part of it, goes back to where it came from."""

    kind = Voucher.Kind.SUBSIDY_RETURN
    holder = forms.ChoiceField(label=_("Which subsidy"))
    payee = LineField(label=_("Paid to"), max_length=120)
    field_order = [
        "operation", "on", "holder", "satang", "payee", "memo", "way", "bank", "slip_ref", "resolution", "photo",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holder"]
        assert isinstance(field, forms.ChoiceField)
        owed = to_be_returned(self.group)
        field.choices = [(name, f"{name} ({format_baht(satang)})") for name, satang in owed.items()]

    def voucher(self) -> VoucherInput:
        """Debited is the subsidy."""
        cleaned = self.cleaned_data
        lines = subsidy_return_lines(cleaned["holder"], cleaned["satang"], self.place)
        return self._input(lines=lines, payee=cleaned["payee"])


class OfficerAdvanceForm(VoucherForm):
    """Money that an officer takes along; its purpose decides the pool."""

    kind = Voucher.Kind.OFFICER_ADVANCE
    purpose = forms.ChoiceField(
        label=_("What it will be spent on"), choices=[(each.key, each.label) for each in TAKEN_ALONG]
    )
    member_number = CountField(label=_("Member number of the officer"), minimum=1, maximum=9999)
    field_order = [
        "operation", "on", "member_number", "purpose", "satang", "memo", "way", "bank", "slip_ref", "resolution",
        "photo",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The officer is a member."""
        cleaned = super().clean()
        self.member = self.member_of()
        return cleaned

    def voucher(self) -> VoucherInput:
        """Debited is the officer's advance."""
        assert self.member is not None
        purpose = BY_KEY[self.cleaned_data["purpose"]]
        lines = officer_advance_lines(purpose.pool, self.member.holder, self.cleaned_data["satang"], self.place)
        return self._input(lines=lines, purpose=purpose.key, member=self.member, payee=self.member.full_name[:120])


class LendForm(VoucherForm):
    """One pool lends to the other, by resolution; the money stays in the box or in the bank account where it is."""

    kind = Voucher.Kind.POOL_ADVANCE
    purpose = forms.ChoiceField(
        label=_("Which pool lends"),
        choices=[
            ("lend_o", _("The operating pool lends to the administrative pool")),
            ("lend_a", _("The administrative pool lends to the operating pool")),
        ],
    )
    field_order = [
        "operation", "on", "purpose", "satang", "resolution", "memo", "way", "bank", "slip_ref", "photo",
    ]  # fmt: skip

    def voucher(self) -> VoucherInput:
        """Debited is what is due to the lender."""
        purpose = self.cleaned_data["purpose"]
        lender, gives_back = purpose[-1].upper(), purpose.startswith("return")
        lines = pool_advance_lines(lender, self.cleaned_data["satang"], self.place, gives_back=gives_back)
        return self._input(lines=lines, purpose=purpose)


class GiveBackForm(LendForm):
    """What one pool owes the other goes back, whole or in part."""

    field_order = ["operation", "on", "purpose", "satang", "memo", "way", "bank", "slip_ref", "photo"]
    without = ("resolution",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.label = _("Which pool gives back")
        field.choices = [
            ("return_o", _("The administrative pool gives back to the operating pool")),
            ("return_a", _("The operating pool gives back to the administrative pool")),
        ]


class InstalmentForm(VoucherForm):
    """An instalment of the group's bank loan, as the bank's slip says it."""

    kind = Voucher.Kind.BANK_LOAN_PAYMENT
    without = ("satang", "resolution")
    principal = MoneyField(label=_("Principal (baht)"), allow_zero=True)
    interest = MoneyField(label=_("Interest (baht)"), allow_zero=True)
    field_order = ["operation", "on", "principal", "interest", "memo", "way", "bank", "slip_ref", "photo"]

    def __init__(self, *args: Any, instalment: BankLoanInstalment, **kwargs: Any) -> None:
        self.instalment = instalment
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Something is paid."""
        cleaned = super().clean()
        if not self.errors and not cleaned["principal"] and not cleaned["interest"]:
            self.add_error("principal", _("Type what is paid."))
        return cleaned

    def voucher(self) -> VoucherInput:
        """Debited are the loan and its interest."""
        principal, interest = self.cleaned_data["principal"], self.cleaned_data["interest"]
        loan = self.instalment.loan
        lines = instalment_lines(loan.number, principal, interest, self.place)
        satang = principal + interest
        return self._input(lines=lines, satang=satang, payee=loan.lender, instalment=self.instalment)
