"""The loan itself: the contract, its guarantees, the versions of its schedule and its payout."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funds.models import Way
from funds.models.asked import TwoPeople, asked_and_posted
from loans.models.applications import LoanApplication
from loans.models.products import LONGEST, Arithmetic, LoanProduct
from thai.money import MAX_SATANG

# Why a guarantor is free, where the house says it; else an officer wrote why.
NOT_AGREED, PAYOUT_UNDONE = "did not agree to the new schedule", "the payout was undone"
RELEASED_WORDS: dict[str, Promise] = {
    NOT_AGREED: _("did not agree to the new schedule"),
    PAYOUT_UNDONE: _("the payout was undone"),
}


class Loan(Arithmetic):
    """A loan by its contract. What is owed is never kept here: it is the balance of the account O1300 whose holder is
    the contract's number, and the repayments say what else was paid.

    `application`: a decision has one contract that stands; one that was cancelled, or whose payout was undone, makes
    room for another. `asks_spouses`: spouses consent before the payout, as the group's rule was on the contract's day.
    `brought_*`: the loan is older than the books, which begin with so much principal owed on that day.
    """

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="loans", db_index=False)
    number = models.CharField(_("Contract number"), max_length=40)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="loans")
    application = models.ForeignKey(
        LoanApplication, on_delete=models.PROTECT, related_name="contracts", null=True, blank=True
    )
    product = models.ForeignKey(LoanProduct, on_delete=models.PROTECT, related_name="loans", null=True, blank=True)
    operation = models.UUIDField(unique=True)
    satang = models.BigIntegerField(_("Principal"))
    instalments = models.PositiveSmallIntegerField(_("Term in months"))
    grace = models.PositiveSmallIntegerField(default=0, help_text="first months of interest only")
    contracted_on = models.DateField(_("Contract of"))
    first_due_on = models.DateField(_("First due on"))
    stamp_satang = models.BigIntegerField(_("Stamp duty"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, help_text="empty: from paper"
    )
    made_at = models.DateTimeField()
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    signed_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asks_spouses = models.BooleanField(default=False)
    spouse_consented_on = models.DateField(_("The spouse consented on"), null=True, blank=True)
    photo = models.ForeignKey("funds.Photo", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    hold = models.OneToOneField(
        "funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True, help_text="own pledge savings"
    )
    paid_out_on = models.DateField(_("Paid out on"), null=True, blank=True)
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="loan", null=True, blank=True, help_text="the payout"
    )
    brought_on = models.DateField(null=True, blank=True)
    brought_satang = models.BigIntegerField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=200, blank=True)

    class Meta(Arithmetic.Meta):
        abstract = False
        ordering = ["group", "contracted_on", "number"]
        constraints = [
            *Arithmetic.Meta.constraints,
            models.UniqueConstraint(fields=["group", "number"], name="loan_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="loan_numbered"),
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="loan_amount"),
            models.CheckConstraint(condition=Q(instalments__range=(1, LONGEST)), name="loan_term"),
            models.CheckConstraint(condition=Q(grace__lt=F("instalments")), name="loan_grace"),
            models.CheckConstraint(
                condition=Q(brought_on__isnull=True, brought_satang__isnull=True)
                | Q(brought_on__isnull=False, brought_satang__isnull=False, brought_satang__range=(0, F("satang"))),
                name="loan_brought_whole",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(paid_out_on__isnull=False), name="loan_paid_out_dated"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(entry__isnull=True, paid_out_on__isnull=True),
                name="loan_cancelled_unpaid",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_paid_out(self) -> bool:
        """Whether the money has left, now or before these books."""
        return self.paid_out_on is not None


class Guarantee(models.Model):
    """A member who stands surety: for an application, and from the contract on for the loan. Never a joint debtor."""

    class Way(models.TextChoices):
        PAPER = "paper", _("signed on paper")
        OWN_PAGE = "own_page", _("on the own page")

    application = models.ForeignKey(
        LoanApplication, on_delete=models.PROTECT, related_name="guarantees", null=True, blank=True
    )
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="guarantees", null=True, blank=True)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="guarantees")
    position = models.PositiveSmallIntegerField()
    satang = models.BigIntegerField(default=0, help_text="what the guarantor's savings stand for; the hold's amount")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    named_at = models.DateTimeField()
    way = models.CharField(max_length=8, choices=Way.choices, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    signed_on = models.DateField(_("Guarantee contract signed on"), null=True, blank=True)
    spouse_consented_on = models.DateField(null=True, blank=True)
    hold = models.OneToOneField("funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    released_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["application", "loan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "member"], condition=Q(released_on__isnull=True, declined_at__isnull=True),
                name="guarantee_of_application_once",
            ),
            models.UniqueConstraint(
                fields=["loan", "member"], condition=Q(released_on__isnull=True, declined_at__isnull=True),
                name="guarantee_of_loan_once",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False) | Q(loan__isnull=False), name="guarantee_of_something"
            ),
            models.CheckConstraint(condition=Q(satang__range=(0, MAX_SATANG)), name="guarantee_amount"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False) & Q(way__in=["paper", "own_page"]),
                name="guarantee_confirmed_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member_id}:{self.position}"

    @property
    def released_why(self) -> str:
        """Why the guarantor is free, as it is read."""
        return str(RELEASED_WORDS.get(self.released_reason, self.released_reason))


class ScheduleVersion(models.Model):
    """One version of what is due when: the first from the payout, each later one from a rescheduling."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="schedules", db_index=False)
    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    first_due_on = models.DateField()
    satang = models.BigIntegerField(help_text="principal that this version divides")
    instalments_count = models.PositiveSmallIntegerField()
    grace = models.PositiveSmallIntegerField(default=0)
    carried_interest = models.BigIntegerField(default=0, help_text="interest owed when this version began")
    carried_fine = models.BigIntegerField(default=0)
    act = models.OneToOneField(
        "loans.LoanAct", on_delete=models.PROTECT, related_name="schedule", null=True, blank=True
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["loan", "version"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "version"], name="schedule_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, act__isnull=True) | Q(version__gt=1, act__isnull=False),
                name="schedule_version_by_act",
            ),
            models.CheckConstraint(
                condition=Q(satang__range=(1, MAX_SATANG), carried_interest__gte=0, carried_fine__gte=0),
                name="schedule_version_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}:{self.version}"


class ScheduledInstalment(models.Model):
    """One instalment as planned (satang)."""

    schedule = models.ForeignKey(ScheduleVersion, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    principal_satang = models.BigIntegerField()
    interest_satang = models.BigIntegerField()

    class Meta:
        ordering = ["schedule", "number"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="scheduled_instalment_once"),
            models.CheckConstraint(
                condition=Q(principal_satang__range=(0, MAX_SATANG), interest_satang__range=(0, MAX_SATANG)),
                name="scheduled_instalment_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id}:{self.number}"


class Disbursement(TwoPeople):
    """The payout of a loan: at a meeting, where its payment line posts it at the close, or beside one.

    A loan has one that is not cancelled.
    """

    MEETING = "meeting"

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="disbursements", db_index=False)
    way = models.CharField(max_length=8, choices=[*Way.choices, (MEETING, _("Paid at the meeting"))])
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    hold = models.OneToOneField(
        "funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True, help_text="of cash or bank"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["group", "-id"], name="disbursement_of_group")]
        constraints = [
            *asked_and_posted("disbursement"),
            models.UniqueConstraint(
                fields=["loan"], condition=Q(cancelled_at__isnull=True), name="disbursement_once_a_loan"
            ),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer", "meeting"]), name="disbursement_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="disbursement_slip"),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}:{self.way}"
