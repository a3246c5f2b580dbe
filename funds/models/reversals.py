"""An entry that shall be reversed beside the meeting: asked for by one officer, approved by another, posted once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models.asked import Asked, asked_and_posted
from funds.models.journal import Entry, Hold
from members.models import Resolution, SavingsGroup


class ReversalRequest(Asked):
    """Why an entry is wrong, and who says so. While it waits, what the reversal will take is held.

    `resolution` is what the correction of a closed year's income or cost rests on.
    """

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="reversal_requests", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="reversal_requests")
    reason = models.CharField(max_length=200)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    holds = models.ManyToManyField(Hold, related_name="+", blank=True)
    reversal = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="reversal_request", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("reversal asked for")
        indexes = [models.Index(fields=["group", "-id"], name="reversal_request_of_group")]
        constraints = [
            *asked_and_posted("reversal", posted="reversal"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(cancelled_at__isnull=True), name="reversal_asked_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reversal_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.operation}"

    @property
    def is_waiting(self) -> bool:
        """Whether the second officer has yet to approve it."""
        return self.reversal_id is None and self.cancelled_at is None
