"""The form of what is done with an activity's goods: each kind of act asks for what its deed names."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.acts import DEEDS, Deed
from funds.forms.activities import default_due, member_of, offer_resolutions
from funds.forms.base import LineField, OnceForm
from funds.models import Activity, Good, KindLoan, Way
from funds.selectors.activities import LoanRow, Stock, loan_rows, stock_list
from funds.selectors.bank import bank_choices
from funds.services.acts import ActInput
from members.forms.offices import ResolutionChoice
from members.models import Member, Resolution
from thai.fields import CountField, MoneyField, QuantityField, ThaiDateField
from thai.money import format_baht
from thai.quantities import format_kg, format_quantity

PRICE_FIELDS = ("satang", "way", "bank", "slip_ref")
FIELDS_OF = {"price": PRICE_FIELDS, "worth": ("satang",), "member": ("member_number",)}


class GoodChoice(forms.ModelChoiceField):
    """A good with its unit, what there is of it and its price."""

    stock: dict[int, Stock]

    def label_from_instance(self, obj: Any) -> str:
        """All that the one who chooses has to know."""
        there = f"{format_quantity(self.stock[obj.pk].quantity)} {obj.unit}"
        return (
            f"{obj.name} · {there} · {format_baht(obj.price_satang)}" if obj.price_satang else f"{obj.name} · {there}"
        )


class LoanChoice(forms.ModelChoiceField):
    """A loan in kind with its borrower and what is still owed."""

    rows: dict[int, LoanRow]

    def label_from_instance(self, obj: Any) -> str:
        """Number, who, how much."""
        return f"{obj.number} · {obj.member.number} {obj.member.full_name} · {format_kg(self.rows[obj.pk].owed)}"


class ActForm(OnceForm):
    """What is done, on which day, how much; the rest as the deed asks."""

    on = ThaiDateField(label=_("Date"), latest=timezone.localdate, initial=timezone.localdate)
    good = GoodChoice(label=_("Good"), queryset=Good.objects.none(), empty_label=_("Choose a good"))
    loan = LoanChoice(label=_("Loan in kind"), queryset=KindLoan.objects.none(), empty_label=None)
    member_number = CountField(label=_("Member number"), minimum=1, maximum=9999)
    quantity = QuantityField(label=_("Quantity"))
    satang = MoneyField(label=_("Amount altogether (baht)"))
    party = LineField(label=_("To or from whom"), max_length=120)
    way = forms.ChoiceField(label=_("Way of payment"), choices=Way.choices, initial=Way.CASH)
    bank = forms.ChoiceField(label=_("Bank account"), required=False, help_text=_("Only for a bank transfer."))
    slip_ref = LineField(
        label=_("Number of the transfer slip"), max_length=60, required=False, help_text=_("Only for a bank transfer.")
    )
    due_on = ThaiDateField(label=_("To be brought back by"))
    resolution = ResolutionChoice(
        label=_("Resolution"), queryset=Resolution.objects.none(), empty_label=_("Choose a resolution")
    )
    reason = LineField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, activity: Activity, deed: Deed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.deed, self.member = activity, deed, None
        self._keep_what_is_asked()
        self._offer_choices()
        self._say_what_is_measured()
        self.helper.layout = Layout(*self.fields)

    def _keep_what_is_asked(self) -> None:
        kept = {"operation", "on", "quantity"}
        for asked in self.deed.asks:
            name = asked.rstrip("?")
            names = FIELDS_OF.get(name, (name,))
            kept.update(names)
            if asked.endswith("?"):
                for each in names:
                    self.fields[each].required = False
        for name in set(self.fields) - kept:
            del self.fields[name]

    def _offer_choices(self) -> None:
        good, loan, bank = (self.fields.get(name) for name in ("good", "loan", "bank"))
        if isinstance(good, GoodChoice):
            good.stock = {row.good.pk: row for row in stock_list(self.activity)}
            good.queryset = self.activity.goods.order_by("name")
        if isinstance(loan, LoanChoice):
            loan.rows = {row.loan.pk: row for row in loan_rows(self.activity, open_only=True)}
            loan.queryset = KindLoan.objects.filter(pk__in=loan.rows).select_related("member")
        if isinstance(bank, forms.ChoiceField):
            bank.choices = bank_choices(self.activity.group) or [("", _("The group's bank account"))]
        if "resolution" in self.fields:
            offer_resolutions(self, self.activity.group)
        if "due_on" in self.fields:
            self.fields["due_on"].initial = default_due(timezone.localdate())

    def _say_what_is_measured(self) -> None:
        field = self.fields["quantity"]
        assert isinstance(field, QuantityField)
        if self.deed.in_kind:
            field.label = _("Kilograms counted") if self.deed.counts else _("Kilograms")
        elif self.deed.counts:
            field.label = _("Quantity counted")
        field.allow_zero = self.deed.counts
        if not self.deed.in_kind:
            field.help_text = _("In the unit of the good.")
        if "worth" in self.deed.asks:
            self.fields["satang"].label = _("What the goods are worth (baht)")
            self.fields["satang"].help_text = _("What the group would pay for them; nobody pays anything.")
        if self.deed.counts:
            self.fields["reason"].help_text = _("Needed where the count differs from the books.")

    def clean(self) -> dict[str, Any]:
        """The member exists; a transfer leaves a slip."""
        cleaned = super().clean() or {}
        if "member_number" in self.fields:
            self.member = member_of(self, self.activity.group, "member_number")
        is_transfer = cleaned.get("way") == Way.TRANSFER
        if is_transfer and not cleaned.get("slip_ref") and "slip_ref" not in self.errors:
            self.add_error("slip_ref", _("Type the number of the transfer slip."))
        return cleaned

    member: Member | None

    def act(self) -> ActInput:
        """The act as the service takes it."""
        data = self.cleaned_data
        is_transfer = data.get("way") == Way.TRANSFER
        return ActInput(
            kind=self.deed.key,
            done_on=data["on"],
            quantity=data["quantity"],
            good=data.get("good"),
            satang=data.get("satang"),
            way=data.get("way", ""),
            bank=data.get("bank", "") if is_transfer else "",
            slip_ref=data.get("slip_ref", "") if is_transfer else "",
            member=self.member,
            party=data.get("party", ""),
            due_on=data.get("due_on"),
            loan=data.get("loan"),
            reason=data.get("reason", ""),
            resolution=data.get("resolution"),
        )


class UndoForm(OnceForm):
    """Why an act is undone, and on which day."""

    on = ThaiDateField(label=_("Date"), latest=timezone.localdate, initial=timezone.localdate)
    reason = LineField(label=_("Reason"), max_length=200)


def deed_of(key: str) -> Deed | None:
    """The deed of a form's address; undoing has an address of its own."""
    return DEEDS.get(key) if key != "undo" else None
