"""Money that a member brings beside the meeting: in cash afterwards, or by bank transfer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models import Way
from thai.money import MAX_SATANG

PARTS = ("pledge_satang", "special_satang", "fee_satang", "fine_satang")


class Deposit(models.Model):
    """What a member paid outside the meeting day; posted as a receipt at once."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="deposits")
    operation = models.UUIDField(unique=True)
    received_on = models.DateField()
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    pledge_satang = models.BigIntegerField(default=0)
    special_satang = models.BigIntegerField(default=0)
    fee_satang = models.BigIntegerField(default=0)
    fine_satang = models.BigIntegerField(default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    entry = models.OneToOneField("funds.Entry", on_delete=models.PROTECT, related_name="deposit")

    class Meta:
        ordering = ["-received_on", "-id"]
        verbose_name = _("deposit beside the meeting")
        indexes = [models.Index(fields=["group", "-received_on", "-id"], name="deposit_of_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    pledge_satang__range=(0, MAX_SATANG),
                    special_satang__range=(0, MAX_SATANG),
                    fee_satang__range=(0, MAX_SATANG),
                    fine_satang__range=(0, MAX_SATANG),
                ),
                name="deposit_amounts",
            ),
            models.CheckConstraint(
                condition=Q(pledge_satang__gt=0) | Q(special_satang__gt=0) | Q(fee_satang__gt=0) | Q(fine_satang__gt=0),
                name="deposit_of_something",
            ),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="deposit_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="deposit_slip"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.received_on}"

    @property
    def total_satang(self) -> int:
        """All of it."""
        return self.pledge_satang + self.special_satang + self.fee_satang + self.fine_satang

    @property
    def is_transfer(self) -> bool:
        """Whether it came through the bank."""
        return self.way == Way.TRANSFER
