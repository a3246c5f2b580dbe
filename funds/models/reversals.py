"""An entry that shall be reversed beside the meeting: asked for by one officer, approved by another, posted once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funds.models.journal import Entry, Hold
from members.models import CoSignature, Resolution, SavingsGroup


class ReversalRequest(models.Model):
    """Why an entry is wrong, and who says so. While it waits, what the reversal will take is held.

    `resolution` is what the correction of a closed year's income or cost rests on.
    """

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="reversal_requests", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="reversal_requests")
    operation = models.UUIDField(unique=True)
    reason = models.CharField(max_length=200)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    signature = models.ForeignKey(CoSignature, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    holds = models.ManyToManyField(Hold, related_name="+", blank=True)
    reversal = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="reversal_request", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("reversal asked for")
        indexes = [models.Index(fields=["group", "-id"], name="reversal_request_of_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(cancelled_at__isnull=True), name="reversal_asked_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reversal_explained"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")), name="reversal_two_people"
            ),
            models.CheckConstraint(
                condition=Q(reversal__isnull=True, approved_by__isnull=True, approved_at__isnull=True)
                | Q(reversal__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="reversal_posted_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, reversal__isnull=True),
                name="reversal_cancelled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.operation}"

    @property
    def is_waiting(self) -> bool:
        """Whether the second officer has yet to approve it."""
        return self.reversal_id is None and self.cancelled_at is None
