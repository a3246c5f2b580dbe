"""A contract, its signatures and its end, as they are typed."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.forms.photos import PhotoField
from funds.forms.way import WayForm
from loans.models import Loan
from loans.selectors.contracts import Signer, signers_of
from loans.services.contracts import ContractInput, Signatures
from loans.services.payouts import PayoutInput
from members.forms.base import PlainForm
from thai.fields import ThaiDateField


class ContractForm(OnceForm):
    """The number and the days of a new contract; everything else was decided."""

    number = LineField(
        label=_("Contract number"), max_length=40, help_text=_("The next number; numbers run without a gap.")
    )
    contracted_on = ThaiDateField(label=_("Contract of"), latest=timezone.localdate)
    first_due_on = ThaiDateField(
        label=_("First instalment due on"), help_text=_("Usually the day on which the group meets next month.")
    )

    def contract(self) -> ContractInput:
        """The contract as the service takes it."""
        data = self.cleaned_data
        return ContractInput(
            number=data["number"], contracted_on=data["contracted_on"], first_due_on=data["first_due_on"]
        )


class SignaturesForm(PlainForm):
    """The day on which each signed; left empty by whoever has not signed yet."""

    photo = PhotoField(label=_("Photo of the signed contract"))

    def __init__(self, *args: Any, loan: Loan, **kwargs: Any) -> None:
        self.signers = signers_of(loan)
        super().__init__(*args, **kwargs)
        photo = self.fields.pop("photo")
        for signer in self.signers:
            if signer.signed_on is None:
                self.fields[signer.field] = ThaiDateField(
                    label=f"{signer.role}: {signer.name}", required=False, latest=timezone.localdate
                )
        self.fields["photo"] = photo
        self.helper.layout = None

    @property
    def is_needed(self) -> bool:
        """Whether somebody has yet to sign."""
        return any(signer.signed_on is None for signer in self.signers)

    def signatures(self) -> Signatures:
        """The signatures as the service takes them."""
        typed: dict[str, Any] = self.cleaned_data
        return Signatures(
            borrower=typed.get("borrower"),
            spouse=typed.get("borrower_spouse"),
            guarantors=self._of_guarantors(is_spouse=False),
            spouses=self._of_guarantors(is_spouse=True),
            picture=typed.get("photo"),
        )

    def _of_guarantors(self, *, is_spouse: bool) -> dict[int, Any]:
        def days(signer: Signer) -> Any:
            return self.cleaned_data.get(signer.field)

        chosen = [one for one in self.signers if one.guarantee is not None and one.is_spouse == is_spouse]
        return {one.guarantee.pk: days(one) for one in chosen if one.guarantee is not None and days(one)}


class CancelForm(PlainForm):
    """Why a contract ends before it is paid out."""

    reason = LineField(label=_("Why the contract is cancelled"), max_length=200)


class PayoutForm(WayForm):
    """Which way the money goes; the amount is the contract's."""

    without = ("on", "satang", "photo")

    def payout(self) -> PayoutInput:
        """The payout as the service takes it."""
        return PayoutInput(way=self.place.way, bank_holder=self.place.bank, slip_ref=self.slip)
