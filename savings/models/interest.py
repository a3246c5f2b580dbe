"""Interest on special savings: credited to every book of a product once a period, by two people, as one entry."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funds.models.asked import TwoPeople, asked_and_posted
from savings.models.special import SpecialBook, SpecialProduct


class InterestRun(TwoPeople):
    """The interest of a product for a period of whole months: asked for as previewed, approved, posted once."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(SpecialProduct, on_delete=models.PROTECT, related_name="runs", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    credited_on = models.DateField()
    total_satang = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64, help_text="of every balance and figure that the preview showed")
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
            *asked_and_posted("interest"),
            models.UniqueConstraint(
                fields=["product", "starts_on"],
                condition=Q(cancelled_at__isnull=True, voided_at__isnull=True),
                name="interest_once_a_period",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="interest_period"),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="interest_whole_months"),
            models.CheckConstraint(condition=Q(total_satang__gt=0), name="interest_total"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(entry__isnull=False), name="interest_voided_was_posted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}:{self.starts_on}"


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
