"""What became of an application, and what was changed in a person's data; rows are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.groups import Resolution, SavingsGroup
from members.models.member import Member
from members.models.user import User


class AdmissionDecision(models.Model):
    """What the committee resolved about one application: admitted from the resolution's day, or refused with a reason.

    A refused applicant may apply again; each application has its own row. Whoever is admitted may be let off the fees.
    """

    class Outcome(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        REFUSED = "refused", _("Refused")

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="admissions")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="decisions")
    applied_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=200, blank=True)
    waives_fees = models.BooleanField(default=False)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="decided_applications")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "resolution"], name="application_decided_once_a_resolution"),
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(outcome="admitted"), name="application_admitted_once"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="admitted", reason="")
                | models.Q(models.Q(outcome="refused"), ~models.Q(reason="")),
                name="application_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(waives_fees=False) | models.Q(outcome="admitted"), name="application_fees_waived"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_at:%Y-%m-%d}"


class MemberChange(models.Model):
    """One field of one member's data, before and after; the national ID is masked in both.

    Values are kept as the program writes them (days as 2026-06-05, amounts in satang, choices by their code); `field`
    is a field of Member, or `beneficiaries`, `national_id`, `household`, `entered`. `version` is the member's after it.
    """

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="member_changes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["member", "-id"], name="changes_of_member")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="member_change_changes"),
        ]

    def __str__(self) -> str:
        return self.field
