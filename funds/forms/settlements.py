"""The settlement of an officer's advance: what was spent, purpose by purpose, and what is given back."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField
from funds.forms.vouchers import VoucherForm
from funds.models import Voucher
from funds.purposes import BY_KEY, TAKEN_ALONG
from funds.selectors.advances import OfficerAdvance
from funds.services.vouchers import VoucherInput
from funds.voucher_lines import Spent, settlement_lines
from members.models import Member
from thai.fields import MoneyField

PARTS = range(1, 5)


class SettlementForm(VoucherForm):
    """Up to four purposes, all of the advance's own pool, and the rest in cash or by transfer."""

    kind = Voucher.Kind.ADVANCE_SETTLED
    without = ("satang", "resolution")
    given_back = MoneyField(label=_("Given back (baht)"), allow_zero=True, required=False)
    field_order = [
        "operation", "on", *(f"{name}{part}" for part in PARTS for name in ("purpose", "spent", "what")), "given_back",
        "way", "bank", "slip_ref", "memo", "photo",
    ]  # fmt: skip

    def __init__(self, *args: Any, advance: OfficerAdvance, member: Member, **kwargs: Any) -> None:
        self.advance, self.member = advance, member
        super().__init__(*args, **kwargs)
        choices = [(each.key, each.label) for each in TAKEN_ALONG if each.pool == advance.pool and not each.named]
        for part in PARTS:
            self.fields[f"purpose{part}"] = forms.ChoiceField(
                label=_("Spent on"), choices=[("", _("nothing more")), *choices], required=False
            )
            self.fields[f"spent{part}"] = MoneyField(label=_("Amount (baht)"), required=False)
            self.fields[f"what{part}"] = LineField(label=_("For what exactly"), max_length=80, required=False)
        self.order_fields(self.field_order)
        self.helper.layout = Layout(*self.fields)  # with those that were added

    def clean(self) -> dict[str, Any]:
        """A purpose has an amount and an amount has a purpose; something is accounted for."""
        cleaned = super().clean()
        for part in PARTS:
            purpose, spent = cleaned.get(f"purpose{part}"), cleaned.get(f"spent{part}")
            if purpose and spent is None and f"spent{part}" not in self.errors:
                self.add_error(f"spent{part}", _("Type how much was spent on this."))
            elif spent and not purpose and f"purpose{part}" not in self.errors:
                self.add_error(f"purpose{part}", _("Choose what it was spent on."))
        if not self.errors and not self.spent() and not cleaned.get("given_back"):
            self.add_error("given_back", _("Type what was spent or what is given back."))
        return cleaned

    def spent(self) -> list[Spent]:
        """What was spent, purpose by purpose."""
        cleaned = self.cleaned_data
        return [
            Spent(BY_KEY[cleaned[f"purpose{part}"]], cleaned[f"spent{part}"], cleaned[f"what{part}"])
            for part in PARTS
            if cleaned.get(f"purpose{part}")
        ]

    def voucher(self) -> VoucherInput:
        """Credited is the officer's advance."""
        given_back = self.cleaned_data["given_back"] or 0
        lines = settlement_lines(self.advance.pool, self.advance.holder, self.spent(), given_back, self.place)
        return self._input(lines=lines, satang=-lines[-1][2], member=self.member, payee=self.advance.name[:120])
