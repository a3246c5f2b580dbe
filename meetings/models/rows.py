"""A member's line of the sheet, and the one sweep that receives what is due from all the others."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

AMOUNTS = ("pledge_satang", "special_satang", "fee_satang", "fine_satang", "loan_satang")
AMOUNT_MAX = 99_999_999_99


class SheetRow(models.Model):
    """What one member brought to one meeting, as last saved; it becomes one receipt at the close."""

    class Method(models.TextChoices):
        CASH = "cash", _("Cash")
        TRANSFER = "transfer", _("Bank transfer")

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="rows")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="sheet_rows")
    operation = models.UUIDField(unique=True, help_text="the row's own, and that of its receipt")
    version = models.PositiveIntegerField(default=1)
    counter = models.PositiveBigIntegerField(help_text="the meeting's counter when this was saved")
    present = models.BooleanField()
    received = models.BooleanField(help_text="false: only the attendance is noted, the money has not come yet")
    pledge_satang = models.BigIntegerField(default=0)
    special_satang = models.BigIntegerField(default=0)
    fee_satang = models.BigIntegerField(default=0)
    fine_satang = models.BigIntegerField(default=0)
    loan_satang = models.BigIntegerField(default=0, help_text="for loans: fines, interest and principal together")
    loans = models.JSONField(default=list, blank=True, help_text="which loans: [[id, satang], ...]")
    loans_read = models.BigIntegerField(
        null=True, blank=True, help_text="the last entry of the books when the loans of this line were read"
    )
    months = models.JSONField(default=list, blank=True, help_text='what the pledge pays: [["2026-10", satang], ...]')
    method = models.CharField(max_length=8, choices=Method.choices, default=Method.CASH)
    slip_ref = models.CharField(max_length=60, blank=True)
    given_satang = models.BigIntegerField(null=True, blank=True, help_text="money handed over, where noted")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    saved_at = models.DateTimeField()
    entry = models.OneToOneField(
        "funds.Entry",
        on_delete=models.PROTECT,
        related_name="sheet_row",
        null=True,
        blank=True,
        help_text="the receipt, from the close on",
    )

    class Meta:
        ordering = ["meeting", "member"]
        verbose_name = _("line of the sheet")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="sheetrow_member_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="sheetrow_version"),
            models.CheckConstraint(condition=Q(method__in=["cash", "transfer"]), name="sheetrow_method"),
            models.CheckConstraint(
                condition=Q(pledge_satang__range=(0, AMOUNT_MAX), special_satang__range=(0, AMOUNT_MAX))
                & Q(fee_satang__range=(0, AMOUNT_MAX), fine_satang__range=(0, AMOUNT_MAX))
                & Q(loan_satang__range=(0, AMOUNT_MAX)),
                name="sheetrow_amounts",
            ),
            models.CheckConstraint(
                condition=Q(received=True) | Q(**dict.fromkeys(AMOUNTS, 0)),
                name="sheetrow_nothing_unless_received",
            ),
            models.CheckConstraint(
                condition=Q(given_satang__isnull=True)
                | Q(
                    given_satang__gte=F("pledge_satang")
                    + F("special_satang")
                    + F("fee_satang")
                    + F("fine_satang")
                    + F("loan_satang")
                ),
                name="sheetrow_given_covers",
            ),
            models.CheckConstraint(
                condition=Q(loan_satang=0, loans=[]) | Q(loan_satang__gt=0, loans_read__isnull=False) & ~Q(loans=[]),
                name="sheetrow_loans_named",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "counter"], name="sheetrow_changes")]

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.member_id}"

    @property
    def total_satang(self) -> int:
        return self.pledge_satang + self.special_satang + self.fee_satang + self.fine_satang + self.loan_satang


class RestReceived(models.Model):
    """One press of "all others paid what is due", kept so that a resend does not sweep twice."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="sweeps")
    operation = models.UUIDField(unique=True)
    numbers = models.JSONField(help_text="member numbers received by this press")
    satang = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        verbose_name = _("all others received")

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.satang}"
