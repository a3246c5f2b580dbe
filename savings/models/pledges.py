"""Pledges as dated vows, and the months that receipts paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

FIRST_OF_MONTH = Q(starts_on__day=1)
LARGEST_PLEDGE = 1_000_000_00


class PledgePeriod(models.Model):
    """A member's vow from one month on; a change is a further row, never a new figure in an old one."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="pledges", db_index=False)
    satang = models.BigIntegerField(_("Pledge a month"), help_text="0: the vow rests")
    starts_on = models.DateField(_("From the month"))
    resolution = models.ForeignKey(
        "members.Resolution", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["member", "starts_on"]
        indexes = [models.Index(fields=["group", "member", "starts_on", "satang"], name="pledge_of_group")]
        constraints = [
            models.UniqueConstraint(fields=["member", "starts_on"], name="pledge_month_begins_once"),
            models.CheckConstraint(condition=Q(satang__gte=0, satang__lte=LARGEST_PLEDGE), name="pledge_amount"),
            models.CheckConstraint(condition=FIRST_OF_MONTH, name="pledge_from_first_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.starts_on}"


class PledgeMonth(models.Model):
    """What a receipt paid for one month of a pledge. A reversed receipt's rows stay and no longer count."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey("funds.Entry", on_delete=models.PROTECT, related_name="pledge_months", db_index=False)
    month = models.DateField()
    satang = models.BigIntegerField()

    class Meta:
        ordering = ["member", "month", "entry"]
        indexes = [models.Index(fields=["group", "member", "satang", "month", "entry"], name="paid_month_of_group")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "member", "month"], name="paid_month_once_a_receipt"),
            models.CheckConstraint(condition=Q(satang__gt=0), name="paid_month_amount"),
            models.CheckConstraint(condition=Q(month__day=1), name="paid_month_is_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.month}"
