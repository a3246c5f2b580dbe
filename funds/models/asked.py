"""What one officer asks for and another approves: the columns and rules that every such row has."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


def two_people(name: str) -> models.CheckConstraint:
    """Who asks does not approve."""
    return models.CheckConstraint(
        condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")), name=f"{name}_two_people"
    )


def cancelled_whole(name: str, posted: str = "entry") -> models.CheckConstraint:
    """Taken back by someone at some time, or not at all; never once posted (as the column `posted` says)."""
    return models.CheckConstraint(
        condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
        | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, **{f"{posted}__isnull": True}),
        name=f"{name}_cancelled_whole",
    )


def asked_and_posted(name: str, posted: str = "entry") -> list[models.CheckConstraint]:
    """The three rules of a row that is posted by its approval; they are named after `name`."""
    return [
        two_people(name),
        models.CheckConstraint(
            condition=Q(approved_by__isnull=True, approved_at__isnull=True, **{f"{posted}__isnull": True})
            | Q(approved_by__isnull=False, approved_at__isnull=False, **{f"{posted}__isnull": False}),
            name=f"{name}_posted_whole",
        ),
        cancelled_whole(name, posted),
    ]


class Asked(models.Model):
    """Asked for by one officer, approved by another, or taken back."""

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

    class Meta:
        abstract = True


class TwoPeople(Asked):
    """What is asked for becomes one entry when it is approved."""

    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="%(class)s", null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether the second officer has yet to approve it."""
        return self.entry_id is None and self.cancelled_at is None
