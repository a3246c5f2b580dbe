"""A payment of the day: asked for by one officer, co-signed by another, posted at the close."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.rows import AMOUNT_MAX


class PaymentLine(models.Model):
    """Money that leaves the box tonight, or comes into it from the bank."""

    class Kind(models.TextChoices):
        WITHDRAWAL = "withdrawal", _("Withdrawal of special savings")
        EXPENSE = "expense", _("Expense")
        LOAN = "loan", _("Loan paid out")
        BANK_FETCH = "bank_fetch", _("Fetched from the bank")
        BANK_CARRY = "bank_carry", _("Carried to the bank")

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting for the second officer")
        COSIGNED = "cosigned", _("Approved")
        CANCELLED = "cancelled", _("Cancelled")
        POSTED = "posted", _("Paid and posted")

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="payments")
    operation = models.UUIDField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    satang = models.BigIntegerField()
    account_code = models.CharField(max_length=8, help_text="debited (for bank_fetch: the bank account credited)")
    account_holder = models.CharField(max_length=60, blank=True)
    from_bank = models.BooleanField(default=False, help_text="paid by transfer instead of out of the box")
    bank_holder = models.CharField(max_length=60, blank=True, help_text="the bank account, where one is used")
    member = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="payment_lines", null=True, blank=True
    )
    payee = models.CharField(max_length=120, blank=True)
    memo = models.CharField(max_length=200, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    signature = models.ForeignKey(
        "members.CoSignature", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cosigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cosigned_at = models.DateTimeField(null=True, blank=True)
    hold = models.OneToOneField("funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    entry = models.OneToOneField(
        "funds.Entry",
        on_delete=models.PROTECT,
        related_name="payment_line",
        null=True,
        blank=True,
        help_text="the voucher, from the close on",
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("payment of the day")
        constraints = [
            models.CheckConstraint(condition=Q(satang__range=(1, AMOUNT_MAX)), name="payment_amount"),
            models.CheckConstraint(
                condition=Q(kind__in=["withdrawal", "expense", "loan", "bank_fetch", "bank_carry"]), name="payment_kind"
            ),
            models.CheckConstraint(
                condition=Q(cosigned_by__isnull=True) | ~Q(cosigned_by=F("requested_by")), name="payment_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["cosigned", "posted"], cosigned_by__isnull=False, cosigned_at__isnull=False)
                | Q(state__in=["requested", "cancelled"]),
                name="payment_state_has_cosigner",
            ),
            models.CheckConstraint(
                condition=Q(state="posted", entry__isnull=False) | (~Q(state="posted") & Q(entry__isnull=True)),
                name="payment_posted_has_entry",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["withdrawal", "loan"]) | Q(member__isnull=False),
                name="payment_to_a_member",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "state"], name="payment_meeting_state")]

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.kind}"

    @property
    def entry_kind(self) -> str:
        """The kind of the journal entry that the line becomes."""
        return "loan_disbursement" if self.kind == self.Kind.LOAN else self.kind
