"""Special savings paid back outside the meeting day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from savings.models.deposits import Way
from savings.models.special import SpecialBook
from thai.money import MAX_SATANG


class Withdrawal(models.Model):
    """A member's money going out: asked for by one officer, held meanwhile, approved by another, posted once."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="withdrawals")
    book = models.ForeignKey(SpecialBook, on_delete=models.PROTECT, related_name="withdrawals")
    operation = models.UUIDField(unique=True)
    satang = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    pay_from = models.DateField(help_text="the first day after the notice that the product asks for")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    signature = models.ForeignKey(
        "members.CoSignature", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    hold = models.OneToOneField("funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="savings_withdrawal", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("withdrawal of special savings")
        indexes = [models.Index(fields=["group", "-id"], name="withdrawal_of_group")]
        constraints = [
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="withdrawal_amount"),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="withdrawal_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="withdrawal_slip"),
            models.CheckConstraint(
                condition=Q(hold__isnull=False) | Q(cancelled_at__isnull=False), name="withdrawal_held"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")), name="withdrawal_two_people"
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, approved_by__isnull=True, approved_at__isnull=True)
                | Q(entry__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="withdrawal_posted_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, entry__isnull=True),
                name="withdrawal_cancelled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}:{self.satang}"

    @property
    def is_waiting(self) -> bool:
        """Whether the second officer has yet to approve it."""
        return self.entry_id is None and self.cancelled_at is None
