"""Interest on special savings: credited to every book of a product once a period, by two people, as one entry."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from savings.models.special import SpecialBook, SpecialProduct


class InterestRun(models.Model):
    """The interest of a product for a period of whole months: asked for as previewed, approved, posted once."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(SpecialProduct, on_delete=models.PROTECT, related_name="runs", db_index=False)
    operation = models.UUIDField(unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    credited_on = models.DateField()
    total_satang = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64, help_text="of every balance and figure that the preview showed")
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
    voided_at = models.DateTimeField(
        null=True, blank=True, help_text="its entry was reversed, the period is open again"
    )
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="interest_run", null=True, blank=True
    )

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("crediting of interest")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "starts_on"],
                condition=Q(cancelled_at__isnull=True, voided_at__isnull=True),
                name="interest_once_a_period",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="interest_period"),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="interest_whole_months"),
            models.CheckConstraint(condition=Q(total_satang__gt=0), name="interest_total"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")), name="interest_two_people"
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, approved_by__isnull=True, approved_at__isnull=True)
                | Q(entry__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="interest_posted_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, entry__isnull=True),
                name="interest_cancelled_whole",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(entry__isnull=False), name="interest_voided_was_posted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}:{self.starts_on}"

    @property
    def is_waiting(self) -> bool:
        """Whether the second officer has yet to approve it."""
        return self.entry_id is None and self.cancelled_at is None


class InterestLine(models.Model):
    """What one book was credited by a run; how it came about is reckoned again from the postings before its entry."""

    run = models.ForeignKey(InterestRun, on_delete=models.PROTECT, related_name="lines", db_index=False)
    book = models.ForeignKey(SpecialBook, on_delete=models.PROTECT, related_name="interest")
    satang = models.BigIntegerField()

    class Meta:
        ordering = ["run", "book"]
        constraints = [
            models.UniqueConstraint(fields=["run", "book"], name="interest_once_a_book"),
            models.CheckConstraint(condition=Q(satang__gt=0), name="interest_line_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.book_id}"
