"""The second officer's signature on exactly the content shown."""

import uuid

from django.db import models
from django.db.models import F, Q

from members.models.groups import SavingsGroup
from members.models.user import User


class CoSignature(models.Model):
    """Asked by one officer, signed by another, used once within ten minutes.

    What is kept is the hash of the content; the words shown stay only until the signature is used or has lapsed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="cosignatures")
    right = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    shown = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["group", "-asked_at"], name="cosign_of_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("asked_by")), name="cosign_two_people"
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="cosign_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(signed_at__isnull=False), name="cosign_used_when_signed"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="cosign_expires_later"),
        ]

    def __str__(self) -> str:
        return self.title
