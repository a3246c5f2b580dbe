"""The group's bank accounts, and what is carried to the bank, fetched or moved there outside the meeting day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funds.chart import ADMINISTRATIVE, OPERATING
from funds.models.asked import TwoPeople, asked_and_posted
from funds.models.journal import Entry, Hold
from members.models import Resolution, SavingsGroup

SATANG_MAX = 99_999_999_99


class BankAccount(models.Model):
    """One account at a bank; `holder` is its name in the ledger (O1200, A1200) and never changes."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(max_length=40, blank=True, default="", help_text="of O1200 and A1200 in the ledger")
    bank = models.CharField(max_length=60)
    branch = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=24)
    name = models.CharField(max_length=120, help_text="as it stands on the bank book")
    is_private = models.BooleanField(help_text="in a person's name instead of the group's")
    promptpay_id = models.CharField(max_length=15, blank=True, help_text="digits only")
    in_operating = models.BooleanField(help_text="operating money stands there")
    in_administrative = models.BooleanField(help_text="administrative money stands there")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    close_resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["group", "closed_on", "opened_on", "pk"]
        verbose_name = _("bank account")
        constraints = [
            models.UniqueConstraint(fields=["group", "holder"], name="bank_account_holder_once"),
            models.UniqueConstraint(fields=["group", "bank", "number"], name="bank_account_number_once"),
            models.CheckConstraint(condition=~Q(bank="") & ~Q(number="") & ~Q(name=""), name="bank_account_named"),
            models.CheckConstraint(
                condition=Q(in_operating=True) | Q(in_administrative=True), name="bank_account_of_a_pool"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="bank_account_span"
            ),
            models.CheckConstraint(
                condition=Q(promptpay_id="") | Q(promptpay_id__regex=r"^(0[0-9]{9}|[0-9]{13}|[0-9]{15})$"),
                name="bank_account_promptpay",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"

    @property
    def pools(self) -> tuple[str, ...]:
        """The pools whose money stands there."""
        held = ((OPERATING, self.in_operating), (ADMINISTRATIVE, self.in_administrative))
        return tuple(pool for pool, stands in held if stands)

    @property
    def codes(self) -> tuple[str, ...]:
        """The ledger's codes behind it."""
        return tuple(f"{pool}1200" for pool in self.pools)

    @property
    def is_closed(self) -> bool:
        """Whether the bank has closed it."""
        return self.closed_on is not None


class BankAccountChange(models.Model):
    """What somebody changed in the register of bank accounts: before and after, field by field; only ever added."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="changes")
    changed = models.JSONField(help_text='{"promptpay_id": ["0812345678", "0898765432"], ...}')
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a bank account")

    def __str__(self) -> str:
        return f"{self.account_id}:{self.at}"


class BankMove(TwoPeople):
    """Money of one pool between the box and the bank, or between two bank accounts: one asks, another approves."""

    class Kind(models.TextChoices):
        CARRY = "bank_carry", _("Carried to the bank")
        FETCH = "bank_fetch", _("Fetched from the bank")
        TRANSFER = "bank_transfer", _("Moved to another bank account")

    class Pool(models.TextChoices):
        OPERATING = OPERATING, _("Operating pool")
        ADMINISTRATIVE = ADMINISTRATIVE, _("Administrative pool")

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="bank_moves", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    pool = models.CharField(max_length=1, choices=Pool.choices)
    satang = models.BigIntegerField()
    moved_on = models.DateField()
    source = models.ForeignKey(
        BankAccount,
        on_delete=models.PROTECT,
        related_name="moves_out",
        null=True,
        blank=True,
        help_text="none: the box",
    )
    target = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, related_name="moves_in", null=True, blank=True, help_text="none: the box"
    )
    slip_ref = models.CharField(max_length=60)
    memo = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey("funds.Photo", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="bank_move", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("deposit or withdrawal at the bank")
        indexes = [models.Index(fields=["group", "-moved_on"], name="bank_move_group_day")]
        constraints = [
            *asked_and_posted("bank_move"),
            models.CheckConstraint(condition=Q(satang__range=(1, SATANG_MAX)), name="bank_move_amount"),
            models.CheckConstraint(condition=Q(pool__in=[OPERATING, ADMINISTRATIVE]), name="bank_move_pool"),
            models.CheckConstraint(
                condition=Q(kind="bank_carry", source__isnull=True, target__isnull=False)
                | Q(kind="bank_fetch", source__isnull=False, target__isnull=True)
                | Q(kind="bank_transfer", source__isnull=False, target__isnull=False) & ~Q(source=F("target")),
                name="bank_move_places",
            ),
            models.CheckConstraint(condition=~Q(slip_ref=""), name="bank_move_slip"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.operation}"
