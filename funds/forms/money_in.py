"""The forms of money in: from whom, for what; a bank loan with its schedule."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.forms.way import HolderField, WayForm
from funds.purposes import SOURCE_BY_KEY, SOURCES
from funds.schedule import Planned, plan_instalments
from funds.selectors.bank_loans import LoanState
from funds.services.money_in import Receipt
from thai.fields import CountField, MoneyField, ThaiDateField

LOAN = "bank_loan"
RATE_MOST = 100
EXTRA = 3


class MoneyInForm(WayForm):
    """Money received beside the meeting; its source decides the account, and so the pool."""

    source = forms.ChoiceField(
        label=_("What it is"), choices=[(each.key, each.label) for each in SOURCES if each.key != LOAN]
    )
    giver = LineField(
        label=_("From whom"), max_length=120, required=False, help_text=_("Not needed for the interest of the bank.")
    )
    holder = HolderField(
        label=_("Name of the subsidy"),
        required=False,
        help_text=_("Only for a subsidy to return: the name by which it is found again."),
    )
    purpose = LineField(label=_("What it is for"), max_length=200, required=False)
    field_order = [
        "operation", "on", "source", "satang", "giver", "holder", "purpose", "way", "bank", "slip_ref", "photo",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever gives is named; so is what has to be returned."""
        cleaned = super().clean()
        source = SOURCE_BY_KEY.get(cleaned.get("source", ""))
        if source is not None and source.from_whom and not cleaned.get("giver") and "giver" not in self.errors:
            self.add_error("giver", _("Type from whom it came."))
        if source is not None and source.named and not cleaned.get("holder") and "holder" not in self.errors:
            self.add_error("holder", _("Type a name for the subsidy that has to be returned."))
        return cleaned

    def receipt(self) -> Receipt:
        """What was received, as the service takes it."""
        cleaned = self.cleaned_data
        return Receipt(
            source=SOURCE_BY_KEY[cleaned["source"]],
            received_on=cleaned["on"],
            satang=cleaned["satang"],
            place=self.place,
            holder=cleaned["holder"],
            giver=cleaned["giver"],
            purpose=cleaned["purpose"],
            slip_ref=self.slip,
            picture=cleaned["photo"],
        )


class RateField(MoneyField):
    """A rate as a per cent with two decimals, cleaned to hundredths of a per cent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_zero=True, maximum=RATE_MOST * 100, **kwargs)


class PlanForm(OnceForm):
    """How a schedule is worked out."""

    rate = RateField(label=_("Interest, per cent a year"))
    count = CountField(label=_("Number of instalments"), minimum=1, maximum=360)
    first_due = ThaiDateField(label=_("First instalment due on"))
    months = CountField(label=_("Months from one instalment to the next"), minimum=1, maximum=12, initial=12)

    def plan(self, principal: int) -> list[Planned]:
        """The instalments of a principal (satang)."""
        cleaned = self.cleaned_data
        return plan_instalments(
            principal=principal,
            rate=cleaned["rate"],
            count=cleaned["count"],
            first_due=cleaned["first_due"],
            months=cleaned["months"],
        )


class BankLoanForm(PlanForm, WayForm):
    """A loan that the group takes from a bank: the money and the schedule."""

    number = HolderField(label=_("Number of the loan contract"))
    lender = LineField(label=_("Lender"), max_length=120)
    purpose = LineField(label=_("What it is for"), max_length=200, required=False)
    field_order = [
        "operation", "on", "number", "lender", "satang", "purpose", "rate", "count", "first_due", "months", "way",
        "bank", "slip_ref", "photo",
    ]  # fmt: skip

    def receipt(self) -> Receipt:
        """The money received."""
        cleaned = self.cleaned_data
        return Receipt(
            source=SOURCE_BY_KEY[LOAN],
            received_on=cleaned["on"],
            satang=cleaned["satang"],
            place=self.place,
            holder=cleaned["number"],
            giver=cleaned["lender"],
            purpose=cleaned["purpose"],
            slip_ref=self.slip,
            picture=cleaned["photo"],
        )


class KnownLoanForm(PlanForm):
    """A loan that the books know from their opening: its lender and the schedule of what is still owed."""

    lender = LineField(label=_("Lender"), max_length=120)
    received_on = ThaiDateField(label=_("Received on"), latest=timezone.localdate)
    field_order = ["operation", "lender", "received_on", "rate", "count", "first_due", "months"]


class ScheduleForm(OnceForm):
    """The instalments that are not paid, each as the bank's paper has it; an emptied row falls away."""

    def __init__(self, *args: Any, state: LoanState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row.instalment for row in state.rows if not row.is_paid]
        self.places = range(len(rows) + EXTRA)
        for place in self.places:
            row = rows[place] if place < len(rows) else None
            self.fields[f"due{place}"] = ThaiDateField(
                label=_("Due on"), required=False, initial=row.due_on if row else None
            )
            self.fields[f"principal{place}"] = MoneyField(
                label=_("Principal"), required=False, allow_zero=True, initial=row.principal_satang if row else None
            )
            self.fields[f"interest{place}"] = MoneyField(
                label=_("Interest"), required=False, allow_zero=True, initial=row.interest_satang if row else None
            )

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each instalment, for the template."""
        return [{name: self[f"{name}{place}"] for name in ("due", "principal", "interest")} for place in self.places]

    def clean(self) -> dict[str, Any]:
        """A row with an amount has its day."""
        cleaned = super().clean() or {}
        for place in self.places:
            has_amount = cleaned.get(f"principal{place}") or cleaned.get(f"interest{place}")
            if has_amount and not cleaned.get(f"due{place}") and f"due{place}" not in self.errors:
                self.add_error(f"due{place}", _("Type the day on which it is due."))
        return cleaned

    def schedule(self) -> list[Planned]:
        """The instalments typed."""
        cleaned = self.cleaned_data
        found = [
            Planned(cleaned[f"due{place}"], cleaned[f"principal{place}"] or 0, cleaned[f"interest{place}"] or 0)
            for place in self.places
            if cleaned[f"due{place}"]
        ]
        return [each for each in found if each.principal or each.interest]
