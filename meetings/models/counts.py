"""What was in the box, by notes and coins, written down before the expected sum is shown."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CashCount(models.Model):
    """One count of the cash. A repeated count is a further row; none is ever changed, only set aside."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="counts")
    number = models.PositiveSmallIntegerField(default=1)
    operation = models.UUIDField(unique=True)
    denominations = models.JSONField(help_text='pieces by value in satang: {"100000": 92, ...}')
    counted_satang = models.BigIntegerField()
    expected_satang = models.BigIntegerField()
    opening_satang = models.BigIntegerField(help_text="cash at the opening, part of the expected sum")
    reason = models.CharField(max_length=300, blank=True, help_text="why counted and expected differ")
    recounted = models.BooleanField(default=False, help_text="two people counted again and found the same")
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    counted_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True, blank=True, help_text="entering went on, or it was counted again")

    class Meta:
        ordering = ["meeting", "number"]
        verbose_name = _("cash count")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="cashcount_number_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(set_aside_at__isnull=True), name="cashcount_one_valid"
            ),
            models.CheckConstraint(condition=Q(counted_satang__gte=0), name="cashcount_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.number}"

    @property
    def difference_satang(self) -> int:
        """Counted less expected: > 0 cash over, < 0 cash short."""
        return self.counted_satang - self.expected_satang
