"""The forms of acts on a loan: what is asked for, why, and on which resolution."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from funds.forms.way import WayForm
from loans.models import Guarantee, Loan, LoanAct
from loans.models.products import LONGEST
from loans.selectors.act_plans import ActAsked
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup
from thai.fields import CountField, MoneyField, ThaiDateField

Kind = LoanAct.Kind


class GuaranteeChoice(forms.ModelMultipleChoiceField):
    """Guarantors by number and name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Both, so that nobody ticks the wrong one."""
        return f"{obj.member.number} {obj.member.full_name}"

    def clean(self, value: Any) -> Any:
        """Those who were offered; a number that no row can have is no choice, and never reaches the database."""
        assert self.queryset is not None
        offered = {str(pk) for pk in self.queryset.values_list("pk", flat=True)} if value else set()
        if isinstance(value, list | tuple) and not offered.issuperset(map(str, value)):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class ActForm(OnceForm):
    """What every act has: its day, why, and what it rests on."""

    kind = ""
    bodies: tuple[str, ...] = ()  # whose resolutions it may rest on; empty: anybody's
    on = ThaiDateField(label=_("Date"), latest=timezone.localdate, initial=timezone.localdate)
    reason = LineField(label=_("Reason"), max_length=200)
    resolution = ResolutionChoice(label=_("Resolution"), queryset=Resolution.objects.none(), empty_label="")

    def __init__(self, *args: Any, group: SavingsGroup, loan: Loan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.loan = group, loan
        field = self.fields.get("resolution")
        if isinstance(field, forms.ModelChoiceField):
            found = Resolution.objects.filter(group=group)
            field.queryset = found.filter(body__in=self.bodies) if self.bodies else found
        self.prepare()
        self.helper.layout = Layout(*self.fields)

    def prepare(self) -> None:
        """Fit the fields to the loan."""

    def asked(self) -> ActAsked:
        """The act as the service takes it."""
        return ActAsked(kind=self.kind, loan=self.loan, on=self.cleaned_data["on"], **self.particulars())

    def particulars(self) -> dict[str, Any]:
        """What the kind needs besides."""
        return {}


class RescheduleForm(ActForm):
    """A new schedule: how many months, from when, who of the guarantors agrees."""

    kind = Kind.RESCHEDULE
    instalments = CountField(label=_("Number of months"), minimum=1, maximum=LONGEST)
    first_due_on = ThaiDateField(label=_("First instalment due on"))
    grace = CountField(label=_("First months of interest only"), minimum=0, maximum=LONGEST, required=False, initial=0)
    agreed = GuaranteeChoice(
        label=_("Guarantors who agree in writing"),
        queryset=Guarantee.objects.none(),
        required=False,
        help_text=_("A guarantor who does not agree to more time is freed (Civil and Commercial Code s.700)."),
    )
    field_order = ["operation", "on", "instalments", "first_due_on", "grace", "agreed", "reason", "resolution"]

    def prepare(self) -> None:
        """Only those who stand for this loan now."""
        rows = Guarantee.objects.filter(loan=self.loan, released_on__isnull=True, declined_at__isnull=True)
        field = self.fields["agreed"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = rows.select_related("member").order_by("position", "pk")
        if not rows.exists():
            del self.fields["agreed"]

    def particulars(self) -> dict[str, Any]:
        """Figures and guarantors."""
        cleaned = self.cleaned_data
        return {
            "instalments": cleaned["instalments"],
            "grace": cleaned["grace"] or 0,
            "first_due_on": cleaned["first_due_on"],
            "agreed": frozenset(each.pk for each in cleaned.get("agreed", ())),
        }


class SetOffForm(ActForm):
    """How much of the borrower's pledge savings pays the loan."""

    kind = Kind.SET_OFF
    satang = MoneyField(label=_("Amount (baht)"))
    field_order = ["operation", "on", "satang", "reason", "resolution"]

    def particulars(self) -> dict[str, Any]:
        """The amount."""
        return {"satang": self.cleaned_data["satang"]}


class WriteOffForm(ActForm):
    """The whole of what is outstanding, by the general meeting."""

    kind = Kind.WRITE_OFF
    bodies = (Resolution.Body.GENERAL,)


class AllowanceForm(ActForm):
    """What the ageing asks for is booked."""

    kind = Kind.ALLOWANCE

    def prepare(self) -> None:
        """The setting is the resolution."""
        del self.fields["resolution"]


class RecoveryForm(WayForm):
    """Money that still came of a loan written off."""

    kind = Kind.RECOVERY
    without = ("photo",)
    payer = LineField(label=_("Paid by"), max_length=120)
    reason = LineField(label=_("For what exactly"), max_length=200)
    field_order = ["operation", "on", "satang", "payer", "way", "bank", "slip_ref", "reason"]

    def __init__(self, *args: Any, group: SavingsGroup, loan: Loan | None, **kwargs: Any) -> None:
        super().__init__(*args, group=group, **kwargs)
        self.loan = loan

    def asked(self) -> ActAsked:
        """The act as the service takes it."""
        cleaned = self.cleaned_data
        return ActAsked(
            kind=self.kind,
            loan=self.loan,
            on=cleaned["on"],
            satang=cleaned["satang"],
            way=self.place.way,
            bank_holder=self.place.bank,
            slip_ref=self.slip,
            payer=cleaned["payer"],
        )


AnyActForm = RescheduleForm | SetOffForm | WriteOffForm | AllowanceForm | RecoveryForm
FORMS: dict[str, type[AnyActForm]] = {
    Kind.RESCHEDULE: RescheduleForm,
    Kind.SET_OFF: SetOffForm,
    Kind.WRITE_OFF: WriteOffForm,
    Kind.RECOVERY: RecoveryForm,
    Kind.ALLOWANCE: AllowanceForm,
}
