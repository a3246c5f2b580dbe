"""Savings groups, their resolutions and their dated settings."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.places import Village
from members.models.user import User


class SavingsGroup(models.Model):
    """A savings group for production of one village; its code stands in every address."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="groups")
    founded_on = models.DateField(null=True, blank=True)
    first_year_starts_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"), name="group_code_is_a_slug"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="group_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Resolution(models.Model):
    """What a meeting of the group or of its committee decided, by number and day.

    The votes may be unknown (an old minute book); where they stand, they carried it, from a meeting with its quorum.
    """

    class Body(models.TextChoices):
        COMMITTEE = "committee", _("Committee meeting")
        MONTHLY = "monthly", _("Monthly meeting")
        GENERAL = "general", _("General meeting")

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="resolutions")
    number = models.CharField(_("Number"), max_length=30)
    body = models.CharField(_("Decided by"), max_length=10, choices=Body.choices, default=Body.COMMITTEE)
    decided_on = models.DateField(_("Date of the meeting"))
    subject = models.CharField(_("Subject"), max_length=200)
    text = models.TextField(_("Wording"), blank=True)
    present = models.PositiveSmallIntegerField(_("Present"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("Quorum"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("In favour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("Against"), null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(_("Abstained"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="resolution_number_once"),
            models.CheckConstraint(condition=models.Q(body__in=["committee", "monthly", "general"]), name="res_body"),
            models.CheckConstraint(condition=~models.Q(number="") & ~models.Q(subject=""), name="resolution_named"),
            models.CheckConstraint(
                condition=models.Q(votes_for__isnull=True, votes_against__isnull=True, votes_abstained__isnull=True)
                | models.Q(
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstained__isnull=False,
                    votes_for__gt=models.F("votes_against"),
                ),
                name="resolution_carried",
            ),
            models.CheckConstraint(
                condition=models.Q(quorum__isnull=True)
                | models.Q(present__isnull=False, present__gte=models.F("quorum")),
                name="resolution_with_its_quorum",
            ),
            models.CheckConstraint(
                condition=models.Q(present__isnull=True)
                | models.Q(votes_for__isnull=True)
                | models.Q(
                    present__gte=models.F("votes_for") + models.F("votes_against") + models.F("votes_abstained")
                ),
                name="resolution_by_those_present",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def has_votes(self) -> bool:
        """Whether the votes are recorded."""
        return self.votes_for is not None


class GroupSetting(models.Model):
    """One value of one setting from one day on, with the resolution behind it; rows are only ever added."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="settings")
    key = models.CharField(max_length=40)
    value = models.CharField(max_length=400)
    valid_from = models.DateField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="settings")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key", "-valid_from", "-id"]
        indexes = [models.Index(fields=["group", "key", "-valid_from", "-id"], name="setting_as_of")]
        constraints = [models.CheckConstraint(condition=models.Q(key__regex=r"^[a-z_]{1,40}$"), name="setting_key")]

    def __str__(self) -> str:
        return self.key
