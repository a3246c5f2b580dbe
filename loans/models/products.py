"""Loan products: what a group lends, in dated terms."""

from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thai.money import MAX_SATANG

BASIS_POINTS = 10_000
MONTHS_A_YEAR = 12
LONGEST = 360


class Arithmetic(models.Model):
    """How a loan is reckoned: shared by a product's terms and by the contract that froze them."""

    class Method(models.TextChoices):
        REDUCING = "reducing", _("on what is still owed")
        FLAT = "flat", _("on the first principal")

    class Rhythm(models.TextChoices):
        EQUAL_PRINCIPAL = "equal_principal", _("equal parts of the principal")
        EQUAL_INSTALMENT = "equal_instalment", _("equal instalments")
        INTEREST_ONLY = "interest_only", _("interest each month, the principal at the end")
        SINGLE_PAYMENT = "single_payment", _("everything at the end")

    class DayCount(models.TextChoices):
        MONTHS = "months", _("by the month")
        DAYS_365 = "days_365", _("by the day")

    class Per(models.TextChoices):
        MONTH = "month", _("a month")
        YEAR = "year", _("a year")

    rate_bp = models.PositiveIntegerField(_("Interest"), help_text="hundredths of a per cent (basis points)")
    rate_per = models.CharField(_("Interest for"), max_length=5, choices=Per.choices, default=Per.MONTH)
    method = models.CharField(_("Interest reckoned"), max_length=8, choices=Method.choices, default=Method.REDUCING)
    rhythm = models.CharField(_("Paid back in"), max_length=16, choices=Rhythm.choices, default=Rhythm.EQUAL_PRINCIPAL)
    day_count = models.CharField(_("Time counted"), max_length=8, choices=DayCount.choices, default=DayCount.MONTHS)
    round_to = models.PositiveIntegerField(_("Instalments rounded to"), default=100, help_text="satang")
    late_rate_bp = models.PositiveIntegerField(
        _("Late charge a month"), default=0, help_text="basis points of the overdue principal; 0: none"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(rate_bp__lte=BASIS_POINTS), name="%(class)s_rate"),
            models.CheckConstraint(condition=Q(rate_per__in=["month", "year"]), name="%(class)s_rate_per"),
            models.CheckConstraint(condition=Q(method__in=["flat", "reducing"]), name="%(class)s_method"),
            models.CheckConstraint(
                condition=Q(rhythm__in=["equal_principal", "equal_instalment", "interest_only", "single_payment"]),
                name="%(class)s_rhythm",
            ),
            models.CheckConstraint(condition=Q(day_count__in=["months", "days_365"]), name="%(class)s_day_count"),
            models.CheckConstraint(condition=Q(round_to__range=(1, 100_000)), name="%(class)s_round_to"),
            models.CheckConstraint(condition=Q(late_rate_bp__lte=BASIS_POINTS), name="%(class)s_late_rate"),
        ]

    @property
    def monthly_rate(self) -> Fraction:
        """The interest of one month as an exact fraction."""
        return Fraction(self.rate_bp, BASIS_POINTS * (1 if self.rate_per == self.Per.MONTH else MONTHS_A_YEAR))

    @property
    def late_rate(self) -> Fraction:
        """The late charge of one month on overdue principal, as an exact fraction."""
        return Fraction(self.late_rate_bp, BASIS_POINTS)


class LoanProduct(models.Model):
    """A kind of loan that the group gives, by name; what it asks stands in its dated terms."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        EMERGENCY = "emergency", _("Emergency")
        SPECIAL = "special", _("Special or for work")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="loan_products")
    kind = models.CharField(_("Kind of loan"), max_length=10, choices=Kind.choices, default=Kind.ORDINARY)
    name = models.CharField(_("Name of the loan"), max_length=60)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(_("No longer given from"), null=True, blank=True)

    class Meta:
        ordering = ["group", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="loan_product_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["ordinary", "emergency", "special"]), name="loan_product_kind"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="loan_product_named"),
        ]

    def __str__(self) -> str:
        return self.name


class LoanTerms(Arithmetic):
    """What a product asks from a day on; a change is a further row, never a new figure in an old one."""

    product = models.ForeignKey(LoanProduct, on_delete=models.PROTECT, related_name="terms", db_index=False)
    valid_from = models.DateField(_("From the day"))
    savings_times = models.PositiveIntegerField(
        _("Times the own pledge savings"), default=300, help_text="hundredths: 300 is three times; 0: no such limit"
    )
    cap_satang = models.BigIntegerField(_("Most in baht"))
    minimum_months = models.PositiveSmallIntegerField(_("Months of membership before"), default=6)
    guarantors = models.PositiveSmallIntegerField(_("Guarantors"), default=2)
    instalments_max = models.PositiveSmallIntegerField(_("Longest term in months"), default=12)
    grace_max = models.PositiveSmallIntegerField(_("Most months of interest only"), default=0)
    resolution = models.ForeignKey("members.Resolution", on_delete=models.PROTECT, related_name="+", null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta(Arithmetic.Meta):
        abstract = False
        ordering = ["product", "valid_from", "id"]
        constraints = [
            *Arithmetic.Meta.constraints,
            models.UniqueConstraint(fields=["product", "valid_from"], name="loan_terms_begin_once"),
            models.CheckConstraint(condition=Q(cap_satang__range=(1, MAX_SATANG)), name="loan_terms_cap"),
            models.CheckConstraint(condition=Q(savings_times__lte=100_00), name="loan_terms_times"),
            models.CheckConstraint(condition=Q(guarantors__lte=10), name="loan_terms_guarantors"),
            models.CheckConstraint(condition=Q(instalments_max__range=(1, LONGEST)), name="loan_terms_term"),
            models.CheckConstraint(condition=Q(grace_max__lt=models.F("instalments_max")), name="loan_terms_grace"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}:{self.valid_from}"
