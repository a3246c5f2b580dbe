"""The close of an account year: the checklist an auditor signed, and the entry that closed it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class YearClosing(models.Model):
    """A year on its way to its close: asked for by one officer, signed by an auditor over the checklist as it stood.

    `checklist` freezes what was green and the figures that were signed; `fingerprint` is the hash of the head and
    the figures, so that nothing moves between signature and close.
    """

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.ForeignKey("funds.AccountYear", on_delete=models.PROTECT, related_name="closings")
    operation = models.UUIDField(unique=True)
    checklist = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
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
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="year_closing", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(cancelled_at__isnull=True), name="year_closing_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="year_closing_two_people",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, approved_by__isnull=True, approved_at__isnull=True)
                | Q(entry__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="year_closing_posted_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, entry__isnull=True),
                name="year_closing_cancelled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether the auditor has yet to sign."""
        return self.entry_id is None and self.cancelled_at is None
