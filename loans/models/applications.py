"""Asking for a loan: the application, those who stand surety, and what the committee decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loans.models.products import LONGEST, LoanProduct, LoanTerms
from thai.money import MAX_SATANG


class LoanApplication(models.Model):
    """What a member asks for. It ends in a contract (`loan`), a refusal or its withdrawal; the decision is a row of
    its own.
    """

    class Purpose(models.TextChoices):
        FARMING = "farming", _("Farming")
        ANIMALS = "animals", _("Animals")
        TRADE = "trade", _("Trade or workshop")
        SCHOOL = "school", _("School")
        HEALTH = "health", _("Health")
        HOUSE = "house", _("House")
        HOUSEHOLD = "household", _("Everyday household needs")
        DEBT = "debt", _("Paying back a debt outside")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Waiting for guarantors")
        READY = "ready", _("Ready for the committee")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not approved")
        WITHDRAWN = "withdrawn", _("Application taken back")
        CONTRACTED = "contracted", _("Contract made")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField(help_text="counted up in the group")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="loan_applications")
    product = models.ForeignKey(LoanProduct, on_delete=models.PROTECT, related_name="applications")
    operation = models.UUIDField(unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    purpose = models.CharField(_("Purpose"), max_length=10, choices=Purpose.choices)
    purpose_text = models.CharField(_("What exactly"), max_length=200, blank=True)
    satang = models.BigIntegerField(_("Amount asked for"))
    instalments = models.PositiveSmallIntegerField(_("Term in months"))
    income_satang = models.BigIntegerField(_("Income a month"), null=True, blank=True)
    asked_on = models.DateField(_("Asked on"))
    by_member = models.BooleanField(default=False, help_text="asked for on the member's own page")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    queue_rank = models.PositiveSmallIntegerField(null=True, blank=True, help_text="approved, but money is short")
    queue_reason = models.CharField(_("Why this rank"), max_length=200, blank=True)

    class Meta:
        ordering = ["group", "-number"]
        indexes = [models.Index(fields=["group", "status"], name="loan_application_status")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="loan_application_number"),
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="loan_application_amount"),
            models.CheckConstraint(condition=Q(instalments__range=(1, LONGEST)), name="loan_application_term"),
            models.CheckConstraint(
                condition=Q(status__in=[
                    "draft", "submitted", "ready", "approved", "refused", "withdrawn", "contracted",
                ]),
                name="loan_application_state",
            ),
            models.CheckConstraint(
                condition=Q(queue_rank__isnull=True) | ~Q(queue_reason=""), name="loan_application_rank_explained"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}"


class Decision(models.Model):
    """What the loan committee decided about an application: written down by one officer, confirmed by another."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved")
        REDUCED = "reduced", _("Approved for less")
        REFUSED = "refused", _("Not approved")

    application = models.OneToOneField(LoanApplication, on_delete=models.PROTECT, related_name="decision")
    operation = models.UUIDField(unique=True)
    terms = models.ForeignKey(LoanTerms, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    satang = models.BigIntegerField(default=0)
    instalments = models.PositiveSmallIntegerField(default=0)
    grace = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    resolution = models.ForeignKey("members.Resolution", on_delete=models.PROTECT, related_name="loan_decisions")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "reduced"], satang__gte=1, instalments__gte=1)
                | Q(outcome="refused", satang=0, instalments=0) & ~Q(reason=""),
                name="loan_decision_outcome",
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=F("recorded_by")), name="loan_decision_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}:{self.outcome}"


class DecisionProposal(models.Model):
    """A decision as one officer wrote it down from the meeting; it holds from the confirmation by another on.

    `votes`: a list of [user id, word]; who left and why is reckoned, not typed. A proposal is confirmed or taken back,
    never changed.
    """

    application = models.ForeignKey(LoanApplication, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    operation = models.UUIDField(unique=True)
    terms = models.ForeignKey(LoanTerms, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Decision.Outcome.choices)
    satang = models.BigIntegerField(default=0)
    instalments = models.PositiveSmallIntegerField(default=0)
    grace = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    resolution = models.ForeignKey("members.Resolution", on_delete=models.PROTECT, related_name="loan_proposals")
    votes = models.JSONField(default=list)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    signature = models.ForeignKey(
        "members.CoSignature", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="proposal", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(cancelled_at__isnull=True), name="decision_proposal_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "reduced"], satang__gte=1, instalments__gte=1)
                | Q(outcome="refused", satang=0, instalments=0) & ~Q(reason=""),
                name="decision_proposal_outcome",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, decision__isnull=True),
                name="decision_proposal_cancelled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}:{self.outcome}"

    @property
    def is_waiting(self) -> bool:
        """Whether the second officer has yet to confirm it."""
        return self.decision_id is None and self.cancelled_at is None


class CommitteeVote(models.Model):
    """How one member of the committee took part in a decision; an interested one leaves before the vote."""

    class Vote(models.TextChoices):
        FOR = "for", _("In favour")
        AGAINST = "against", _("Against")
        ABSTAINED = "abstained", _("Abstained")
        LEFT = "left", _("Left the vote: an own interest")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="votes", db_index=False)
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=9, choices=Vote.choices)
    interest = models.CharField(max_length=200, blank=True, help_text="why the voter left")

    class Meta:
        ordering = ["decision", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "voter"], name="committee_vote_once"),
            models.CheckConstraint(
                condition=Q(vote__in=["for", "against", "abstained", "left"]), name="committee_vote_word"
            ),
            models.CheckConstraint(condition=~Q(vote="left") | ~Q(interest=""), name="committee_vote_interest"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}:{self.voter_id}"
