"""What stays of paper: the upload until it is in, opening balances while they are typed, the loan contracts as read."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LARGEST = 99_999_999_99


class WorkbookUpload(models.Model):
    """A workbook that an officer uploaded for one group, with what was found in it.

    The file is sealed like the national IDs that it holds, and forgotten as soon as it is in, replaced or a month old;
    its hash stays. Preview and import read the very same bytes.
    """

    class State(models.TextChoices):
        READ = "read", _("Read")
        IMPORTED = "imported", _("Imported")
        REPLACED = "replaced", _("Replaced")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="uploads")
    state = models.CharField(max_length=8, choices=State.choices, default=State.READ)
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.TextField(blank=True, help_text="the file, sealed; empty once it is no longer needed")
    findings = models.JSONField(help_text="problems, counts and sums per sheet, as previewed")
    operation = models.UUIDField(unique=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    signature = models.ForeignKey(
        "members.CoSignature", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(state="read"), name="upload_one_waiting"),
            models.UniqueConstraint(fields=["group"], condition=Q(state="imported"), name="upload_one_imported"),
            models.CheckConstraint(condition=Q(state__in=["read", "imported", "replaced"]), name="upload_state"),
            models.CheckConstraint(condition=Q(state="read") | Q(sealed=""), name="upload_forgotten_when_done"),
            models.CheckConstraint(
                condition=Q(state="imported", imported_at__isnull=False, approved_by__isnull=False)
                | (~Q(state="imported") & Q(imported_at__isnull=True, approved_by__isnull=True)),
                name="upload_imported_by_two",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("uploaded_by")),
                name="upload_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class OpeningDraft(models.Model):
    """A group's opening balances while they are taken from paper: every row as typed, kept between visits.

    `tables` holds the rows as texts; they are forgotten once the opening entry stands. `version` counts the changes.
    """

    group = models.OneToOneField("members.SavingsGroup", on_delete=models.PROTECT, related_name="opening_draft")
    starts_on = models.DateField(help_text="first day of the first account year; the balances are of its eve")
    tables = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    operation = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    signature = models.ForeignKey(
        "members.CoSignature", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    entry = models.OneToOneField("funds.Entry", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__day=1), name="opening_year_begins_with_a_month"),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, posted_by__isnull=True, approved_by__isnull=True)
                | Q(entry__isnull=False, posted_by__isnull=False, approved_by__isnull=False),
                name="opening_posted_by_two",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("posted_by")),
                name="opening_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.starts_on}"


class PaperContract(models.Model):
    """A loan contract as the workbook has it; its account in the books is O1300 with `number` as holder."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="paper_contracts")
    number = models.CharField(max_length=40)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="paper_contracts")
    contracted_on = models.DateField()
    satang = models.BigIntegerField()
    instalments = models.PositiveSmallIntegerField()
    brought_satang = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="principal owed on the first day of the books; empty if newer",
    )
    guarantors = models.ManyToManyField("members.Member", through="PaperGuarantee", related_name="paper_guarantees")

    class Meta:
        ordering = ["group", "contracted_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="paper_contract_once"),
            models.CheckConstraint(condition=Q(satang__range=(1, LARGEST)), name="paper_contract_amount"),
            models.CheckConstraint(condition=Q(instalments__range=(1, 360)), name="paper_contract_instalments"),
            models.CheckConstraint(
                condition=Q(brought_satang__isnull=True) | Q(brought_satang__range=(0, models.F("satang"))),
                name="paper_contract_brought",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaperGuarantee(models.Model):
    """A member who stands guarantor for a contract from paper."""

    contract = models.ForeignKey(PaperContract, on_delete=models.PROTECT, related_name="guarantees")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["contract", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "member"], name="paper_guarantor_once"),
            models.UniqueConstraint(fields=["contract", "position"], name="paper_guarantee_position"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}:{self.position}"
