"""The printed slip with which a person without e-mail sets a password."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models.groups import SavingsGroup
from members.models.member import Member
from members.models.user import User

MAX_TRIES = 5


class ActivationSlip(models.Model):
    """A code on paper: stored as a keyed hash, used once, within 14 days, with at most five wrong proofs.

    The journal's entry about it carries `operation`; its use carries `use_operation`. A first officer's slip has no
    entry of its own: `founding` is the operation of the decision with which its group's founder printed it.
    """

    class Proof(models.TextChoices):
        BIRTH = "birth"
        HANDOVER = "handover"

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="slips")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="slips")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    proof = models.CharField(max_length=8, choices=Proof.choices, default=Proof.BIRTH)
    operation = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    use_operation = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    founding = models.UUIDField(null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cosigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at", "-id"]
        indexes = [models.Index(fields=["group", "-issued_at"], name="slip_of_group")]
        constraints = [
            models.CheckConstraint(condition=Q(tries__gte=0, tries__lte=MAX_TRIES), name="slip_tries"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="slip_expires_later"),
            models.CheckConstraint(condition=Q(used_at__isnull=True) | Q(voided_at__isnull=True), name="slip_one_end"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lte=F("expires_at")), name="slip_used_in_time"
            ),
            models.CheckConstraint(
                condition=Q(cosigned_by__isnull=True) | ~Q(cosigned_by=F("issued_by")), name="slip_two_people"
            ),
            models.CheckConstraint(condition=~Q(issued_by=F("user")), name="slip_not_for_oneself"),
            models.CheckConstraint(condition=Q(proof__in=["birth", "handover"]), name="slip_proof"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, voided_at__isnull=True),
                name="one_live_slip_a_user",
            ),
        ]

    def __str__(self) -> str:
        return str(self.operation)

    @property
    def has_expired(self) -> bool:
        """Whether the 14 days are over."""
        return self.expires_at <= timezone.now()
