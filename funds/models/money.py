"""Money in and out beside the meeting: vouchers with their two people, money received, the group's own bank loans."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models.asked import TwoPeople, asked_and_posted
from funds.models.journal import Entry, Hold
from funds.models.photos import Photo
from funds.purposes import SOURCE_BY_KEY, SOURCES
from members.models import Member, Resolution, SavingsGroup
from thai.money import MAX_SATANG

VOUCHER_KINDS = (
    "expense",
    "subsidy_return",
    "bank_loan_payment",
    "officer_advance",
    "advance_settled",
    "pool_advance",
)


class Way(models.TextChoices):
    """How money comes or goes."""

    CASH = "cash", _("in cash")
    TRANSFER = "transfer", _("by bank transfer")


class MoneyIn(models.Model):
    """Money received beside the meeting, posted at once: nothing leaves, so one person is enough."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="money_in", db_index=False)
    operation = models.UUIDField(unique=True)
    source = models.CharField(max_length=20)
    received_on = models.DateField()
    satang = models.BigIntegerField()
    account_code = models.CharField(max_length=12)
    account_holder = models.CharField(max_length=40, blank=True)
    giver = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="money_in")

    class Meta:
        ordering = ["-received_on", "-id"]
        verbose_name = _("money received")
        indexes = [models.Index(fields=["group", "-received_on", "-id"], name="money_in_of_group")]
        constraints = [
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="money_in_amount"),
            models.CheckConstraint(condition=Q(source__in=[each.key for each in SOURCES]), name="money_in_source"),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="money_in_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="money_in_slip"),
            models.CheckConstraint(
                condition=Q(source__startswith="bank_interest") | ~Q(giver=""), name="money_in_has_giver"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.source}"

    @property
    def label(self) -> Any:
        """Where it came from, in the language of the reader."""
        return SOURCE_BY_KEY[self.source].label


class BankLoan(models.Model):
    """Money that the group itself has borrowed. `number` is the holder of its account O2300."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="bank_loans")
    number = models.CharField(max_length=40)
    lender = models.CharField(max_length=120)
    principal_satang = models.BigIntegerField()
    rate = models.PositiveIntegerField(help_text="hundredths of a per cent a year")
    received_on = models.DateField()
    received = models.OneToOneField(MoneyIn, on_delete=models.PROTECT, related_name="bank_loan", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    is_void = models.BooleanField(default=False, help_text="its entry was reversed; the number may come again")

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], condition=Q(is_void=False), name="bank_loan_once"),
            models.CheckConstraint(condition=Q(principal_satang__range=(1, MAX_SATANG)), name="bank_loan_amount"),
            models.CheckConstraint(condition=Q(rate__lte=100_00), name="bank_loan_rate"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(lender=""), name="bank_loan_named"),
        ]

    def __str__(self) -> str:
        return self.number


class BankLoanInstalment(models.Model):
    """One dated row of a bank loan's schedule, in satang; paid by the voucher that names it."""

    loan = models.ForeignKey(BankLoan, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    principal_satang = models.BigIntegerField()
    interest_satang = models.BigIntegerField()

    class Meta:
        ordering = ["loan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "number"], name="bank_instalment_once"),
            models.CheckConstraint(
                condition=Q(principal_satang__range=(0, MAX_SATANG), interest_satang__range=(0, MAX_SATANG))
                & (Q(principal_satang__gt=0) | Q(interest_satang__gt=0)),
                name="bank_instalment_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}-{self.number}"


class Voucher(TwoPeople):
    """Money that leaves a pool, or is accounted for: asked for by one officer, approved by another, posted once.

    Its lines stand from the request on; what it will take is held until it is posted or cancelled.
    """

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("Expense")
        SUBSIDY_RETURN = "subsidy_return", _("Returnable subsidy given back")
        BANK_LOAN_PAYMENT = "bank_loan_payment", _("Instalment of the group's bank loan")
        OFFICER_ADVANCE = "officer_advance", _("Advance to an officer")
        ADVANCE_SETTLED = "advance_settled", _("Settlement of an advance")
        POOL_ADVANCE = "pool_advance", _("Advance between the pools")

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="vouchers", db_index=False)
    kind = models.CharField(max_length=18, choices=Kind.choices)
    purpose = models.CharField(max_length=20, blank=True, help_text="key of an expense; of an advance: lend or return")
    paid_on = models.DateField()
    satang = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    payee = models.CharField(max_length=120, blank=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="vouchers", null=True, blank=True)
    memo = models.CharField(max_length=200)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="vouchers", null=True, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    instalment = models.ForeignKey(
        BankLoanInstalment, on_delete=models.PROTECT, related_name="vouchers", null=True, blank=True
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="voucher", null=True, blank=True)
    is_void = models.BooleanField(default=False, help_text="its entry was reversed; its instalment may be paid again")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("voucher")
        indexes = [models.Index(fields=["group", "-paid_on", "-id"], name="voucher_of_group")]
        constraints = [
            *asked_and_posted("voucher"),
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="voucher_amount"),
            models.CheckConstraint(condition=Q(kind__in=VOUCHER_KINDS), name="voucher_kind"),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="voucher_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="voucher_slip"),
            models.CheckConstraint(condition=~Q(memo=""), name="voucher_explained"),
            models.CheckConstraint(condition=Q(kind="pool_advance") | ~Q(payee=""), name="voucher_has_payee"),
            models.CheckConstraint(
                condition=~Q(kind="pool_advance")
                | Q(purpose__startswith="return")
                | Q(purpose__startswith="lend", resolution__isnull=False),
                name="voucher_advance_resolved",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["officer_advance", "advance_settled"]) | Q(member__isnull=False),
                name="voucher_advance_to_member",
            ),
            models.CheckConstraint(
                condition=Q(kind="bank_loan_payment", instalment__isnull=False)
                | ~Q(kind="bank_loan_payment") & Q(instalment__isnull=True),
                name="voucher_of_instalment",
            ),
            models.UniqueConstraint(
                fields=["instalment"],
                condition=Q(instalment__isnull=False, cancelled_at__isnull=True, is_void=False),
                name="voucher_instalment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.kind}:{self.pk}"


class VoucherLine(models.Model):
    """One line of the entry that the voucher becomes: debit > 0, credit < 0, in satang."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    account_code = models.CharField(max_length=12)
    account_holder = models.CharField(max_length=40, blank=True)
    satang = models.BigIntegerField()
    memo = models.CharField(max_length=200, blank=True)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["voucher", "place"]
        constraints = [
            models.UniqueConstraint(fields=["voucher", "place"], name="voucher_line_once"),
            models.CheckConstraint(
                condition=Q(satang__range=(-MAX_SATANG, MAX_SATANG)) & ~Q(satang=0), name="voucher_line_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}-{self.place}"
