"""A receipt put right: who asked, who approved, which entry was reversed and which stands in its place."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.rows import AMOUNT_MAX, SheetRow


class Correction(models.Model):
    """What a receipt should have said; all nought means that nothing was paid. Applied once, by two people."""

    row = models.ForeignKey(SheetRow, on_delete=models.PROTECT, related_name="corrections")
    entry = models.ForeignKey("funds.Entry", on_delete=models.PROTECT, related_name="+", help_text="the wrong receipt")
    operation = models.UUIDField(unique=True)
    pledge_satang = models.BigIntegerField()
    special_satang = models.BigIntegerField()
    fee_satang = models.BigIntegerField()
    fine_satang = models.BigIntegerField()
    loan_satang = models.BigIntegerField(default=0)
    loans = models.JSONField(default=list, blank=True, help_text="which loans: [[id, satang], ...]")
    method = models.CharField(max_length=8, choices=SheetRow.Method.choices)
    slip_ref = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    signature = models.ForeignKey("members.CoSignature", on_delete=models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    reversal = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="correction_reversing", null=True, blank=True
    )
    replacement = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="correction_replacing", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("correction")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(applied_at__isnull=False), name="correction_applied_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")), name="correction_two_people"
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, approved_by__isnull=True, reversal__isnull=True)
                | Q(applied_at__isnull=False, approved_by__isnull=False, reversal__isnull=False),
                name="correction_applied_whole",
            ),
            models.CheckConstraint(
                condition=Q(pledge_satang__range=(0, AMOUNT_MAX), special_satang__range=(0, AMOUNT_MAX))
                & Q(fee_satang__range=(0, AMOUNT_MAX), fine_satang__range=(0, AMOUNT_MAX))
                & Q(loan_satang__range=(0, AMOUNT_MAX)),
                name="correction_amounts",
            ),
            models.CheckConstraint(
                condition=Q(loan_satang=0, loans=[]) | Q(loan_satang__gt=0) & ~Q(loans=[]),
                name="correction_loans_named",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.row_id}:{self.operation}"

    @property
    def total_satang(self) -> int:
        return self.pledge_satang + self.special_satang + self.fee_satang + self.fine_satang + self.loan_satang
