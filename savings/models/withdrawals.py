"""Special savings paid back outside the meeting day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models.asked import TwoPeople, asked_and_posted
from savings.models.deposits import Way
from savings.models.special import SpecialBook
from thai.money import MAX_SATANG


class Withdrawal(TwoPeople):
    """A member's money going out: asked for by one officer, held meanwhile, approved by another, posted once."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="withdrawals")
    book = models.ForeignKey(SpecialBook, on_delete=models.PROTECT, related_name="withdrawals")
    satang = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    pay_from = models.DateField(help_text="the first day after the notice that the product asks for")
    hold = models.OneToOneField("funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="savings_withdrawal", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("withdrawal of special savings")
        indexes = [models.Index(fields=["group", "-id"], name="withdrawal_of_group")]
        constraints = [
            *asked_and_posted("withdrawal"),
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="withdrawal_amount"),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="withdrawal_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="withdrawal_slip"),
            models.CheckConstraint(
                condition=Q(hold__isnull=False) | Q(cancelled_at__isnull=False), name="withdrawal_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}:{self.satang}"
