"""What one officer asks for and another approves: the columns that every such row of the loans has."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class TwoPeople(models.Model):
    """Asked for by one officer, approved by another and posted once, or taken back."""

    operation = models.UUIDField(unique=True)
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
        "funds.Entry", on_delete=models.PROTECT, related_name="%(class)s", null=True, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")), name="%(class)s_two_people"
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, approved_by__isnull=True, approved_at__isnull=True)
                | Q(entry__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="%(class)s_posted_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, entry__isnull=True),
                name="%(class)s_cancelled_whole",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether the second officer has yet to approve it."""
        return self.entry_id is None and self.cancelled_at is None
