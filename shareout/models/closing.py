"""The close of an account year: the checklist an auditor signed, and the entry that closed it."""

from django.db import models
from django.db.models import Q

from funds.models.asked import TwoPeople, asked_and_posted


class YearClosing(TwoPeople):
    """A year on its way to its close: asked for by one officer, signed by an auditor over the checklist as it stood.

    `checklist` freezes what was green and the figures that were signed; `fingerprint` is the hash of the head and
    the figures, so that nothing moves between signature and close.
    """

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.ForeignKey("funds.AccountYear", on_delete=models.PROTECT, related_name="closings")
    checklist = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="year_closing", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            *asked_and_posted("year_closing"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(cancelled_at__isnull=True), name="year_closing_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}"
