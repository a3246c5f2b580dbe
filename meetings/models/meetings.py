"""The meeting: one day of a group, open until its money is counted and its batch is posted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Meeting(models.Model):
    """One meeting of a savings group; the unit in which money is entered and closed."""

    class Status(models.TextChoices):
        OPEN = "open", _("Entering")
        COUNTING = "counting", _("Counting the cash")
        CLOSED = "closed", _("Closed")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField(help_text="account year, Buddhist Era")
    number = models.PositiveSmallIntegerField(help_text="within the account year")
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    from_paper = models.BooleanField(default=False, help_text="brought in from a workbook, never entered here")
    counter = models.PositiveBigIntegerField(default=0, help_text="raised by every saved row; what `changes` counts by")
    operation = models.UUIDField(help_text="of the opening form", unique=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meetings_opened", null=True, blank=True
    )
    opened_at = models.DateTimeField()
    enterers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="meetings_entered", blank=True, help_text="everyone who saved a row"
    )
    signature = models.ForeignKey(
        "members.CoSignature",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="the auditor's on the close, as last asked for",
    )
    close_operation = models.UUIDField(null=True, blank=True, unique=True, help_text="of the closing form")
    content_hash = models.CharField(max_length=64, blank=True, help_text="what the second officer signed")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meetings_closed", null=True, blank=True
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meetings_verified", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    first_entry = models.ForeignKey(
        "funds.Entry", on_delete=models.PROTECT, related_name="+", null=True, blank=True, help_text="first of its batch"
    )
    close_entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="meeting_closed", null=True, blank=True
    )

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = _("meeting")
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="meeting_number_once"),
            models.UniqueConstraint(fields=["group"], condition=~Q(status="closed"), name="meeting_one_open"),
            models.CheckConstraint(condition=Q(status__in=["open", "counting", "closed"]), name="meeting_status_known"),
            models.CheckConstraint(condition=Q(number__gte=1) & Q(year__gte=2400), name="meeting_number_positive"),
            models.CheckConstraint(
                condition=Q(status="closed", close_entry__isnull=False, closed_at__isnull=False)
                | (~Q(status="closed") & Q(close_entry__isnull=True, closed_at__isnull=True)),
                name="meeting_closed_has_close_entry",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed")
                | Q(from_paper=True)
                | Q(closed_by__isnull=False, verified_by__isnull=False, close_operation__isnull=False),
                name="meeting_closed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(verified_by__isnull=True) | ~Q(closed_by=F("verified_by")),
                name="meeting_two_people",
            ),
        ]
        indexes = [models.Index(fields=["group", "-held_on"], name="meeting_group_day")]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_counting(self) -> bool:
        return self.status == self.Status.COUNTING

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    @property
    def declared_satang(self) -> int | None:
        """The cash that the close declared, both pools together; None before. Reads `close_entry`."""
        return sum(self.close_entry.declared.values()) if self.close_entry is not None else None
