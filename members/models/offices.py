"""Who holds which office, and from when to when."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.groups import Resolution, SavingsGroup
from members.models.member import Member
from members.models.places import District
from members.models.user import User

RUNS_ON = "starts_on <= %s AND (ends_on IS NULL OR ends_on > %s)"  # `held_on` for a question in SQL, the day twice


class TermQuerySet(models.QuerySet):
    """Terms are half-open: `ends_on` is the first day without the office."""

    def held_on(self, day: date | None = None) -> "TermQuerySet":
        """The terms that run on a day, today unless told."""
        day = day or timezone.localdate()
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Office(models.Model):
    """One term of one person in one office of a group; ending it acts on the next request."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-chair")
        SECRETARY = "secretary", _("Secretary")
        TREASURER = "treasurer", _("Treasurer")
        LOAN = "loan", _("Loan committee")
        AUDIT = "audit", _("Auditor")
        PROMOTION = "promotion", _("Promotion committee")

    SINGLE = (Role.CHAIR, Role.SECRETARY, Role.TREASURER)

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="offices")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offices")
    role = models.CharField(_("Office"), max_length=10, choices=Role.choices)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="offices")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="offices")
    end_resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cosigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["group", "-starts_on", "role"]
        indexes = [models.Index(fields=["user", "group"], name="office_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["chair", "vice_chair", "secretary", "treasurer", "loan", "audit", "promotion"]),
                name="office_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="office_term"
            ),
            models.UniqueConstraint(
                fields=["group", "user", "role"], condition=Q(ends_on__isnull=True), name="one_open_term_a_role"
            ),
            models.UniqueConstraint(
                fields=["group", "role"],
                condition=Q(ends_on__isnull=True, role__in=["chair", "secretary", "treasurer"]),
                name="one_open_holder_of_a_single_office",
            ),
        ]

    def __str__(self) -> str:
        return self.role

    def runs_on(self, day: date | None = None) -> bool:
        """Whether the term runs on a day, today unless told."""
        day = day or timezone.localdate()
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class DistrictOffice(models.Model):
    """A district officer's term; they read the groups of the district and write nothing in their books."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="district_offices")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="offices")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["district", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="district_term"
            ),
            models.UniqueConstraint(
                fields=["user", "district"], condition=Q(ends_on__isnull=True), name="one_open_district_term"
            ),
        ]

    def __str__(self) -> str:
        return str(self.district_id)
