"""What lowers a loan: money that came in, savings set off, what the general meeting wrote off."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models import Way
from funds.models.asked import TwoPeople, asked_and_posted
from loans.models.loans import Loan
from thai.money import MAX_SATANG


class Repayment(models.Model):
    """The part of one journal entry that concerns one loan; a row is only added. It counts unless its entry was
    reversed. The principal equals the entry's posting on the loan's account.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("Payment")
        GUARANTOR = "guarantor", _("Paid by a guarantor")
        SET_OFF = "set_off", _("Set off against savings")
        WRITE_OFF = "write_off", _("Written off")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="repayments", db_index=False)
    entry = models.ForeignKey("funds.Entry", on_delete=models.PROTECT, related_name="repayments")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.PAYMENT)
    paid_on = models.DateField()
    principal_satang = models.BigIntegerField(default=0)
    interest_satang = models.BigIntegerField(default=0)
    fine_satang = models.BigIntegerField(default=0)
    payer = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", help_text="who paid")

    class Meta:
        ordering = ["loan", "paid_on", "entry"]
        indexes = [models.Index(fields=["group", "loan", "entry"], name="repayment_of_group")]
        constraints = [
            models.UniqueConstraint(fields=["loan", "entry"], name="repayment_once_an_entry"),
            models.CheckConstraint(
                condition=Q(kind__in=["payment", "guarantor", "set_off", "write_off"]), name="repayment_kind"
            ),
            models.CheckConstraint(
                condition=Q(
                    principal_satang__range=(0, MAX_SATANG),
                    interest_satang__range=(0, MAX_SATANG),
                    fine_satang__range=(0, MAX_SATANG),
                )
                & ~Q(principal_satang=0, interest_satang=0, fine_satang=0),
                name="repayment_amounts",
            ),
            models.CheckConstraint(
                condition=~Q(kind="write_off") | Q(interest_satang=0, fine_satang=0), name="repayment_written_off"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}:{self.entry_id}"


class LoanReceipt(models.Model):
    """Money for loans received beside the meeting, in cash or by transfer; posted as a receipt at once."""

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    payer = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="loan_receipts")
    operation = models.UUIDField(unique=True)
    received_on = models.DateField()
    satang = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    entry = models.OneToOneField("funds.Entry", on_delete=models.PROTECT, related_name="loan_receipt")

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["group", "-received_on", "-id"], name="loan_receipt_of_group")]
        constraints = [
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="loan_receipt_amount"),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="loan_receipt_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="loan_receipt_slip"),
        ]

    def __str__(self) -> str:
        return f"{self.payer_id}:{self.satang}"


class LoanAct(TwoPeople):
    """What the committee or the general meeting does with a loan that goes badly, by resolution and by two people.

    `content` freezes what was asked for (amounts in satang, the new schedule's figures), so that the second officer
    approves exactly that.
    """

    class Kind(models.TextChoices):
        RESCHEDULE = "reschedule", _("New schedule")
        SET_OFF = "set_off", _("Set off against savings")
        WRITE_OFF = "write_off", _("Written off")
        RECOVERY = "recovery", _("Recovered after the write-off")
        ALLOWANCE = "allowance", _("Allowance booked")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="acts", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    satang = models.BigIntegerField(default=0)
    done_on = models.DateField()
    reason = models.CharField(_("Reason"), max_length=200)
    content = models.JSONField(default=dict, blank=True)
    resolution = models.ForeignKey(
        "members.Resolution", on_delete=models.PROTECT, related_name="loan_acts", null=True, blank=True
    )
    hold = models.OneToOneField(
        "funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        help_text="savings set aside for a set-off that waits, beyond what secures the loan",
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["group", "-id"], name="loan_act_of_group")]
        constraints = [
            *asked_and_posted("loanact"),
            models.CheckConstraint(
                condition=Q(kind__in=["reschedule", "set_off", "write_off", "recovery", "allowance"]),
                name="loan_act_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["recovery", "allowance"]) | Q(loan__isnull=False, resolution__isnull=False),
                name="loan_act_by_resolution",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="loan_act_explained"),
            models.CheckConstraint(condition=Q(hold__isnull=True) | Q(kind="set_off"), name="loan_act_holds_set_off"),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}:{self.kind}"


class Letter(models.Model):
    """A reminder to the borrower, or the demand notice to a guarantor about one overdue instalment (Civil and
    Commercial Code s.686: within 60 days of the default).
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("Reminder")
        DEMAND = "demand", _("Demand notice")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="letters")
    guarantee = models.ForeignKey(
        "loans.Guarantee", on_delete=models.PROTECT, related_name="letters", null=True, blank=True
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.PositiveIntegerField(help_text="counted up in the group")
    instalment = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    owed_satang = models.BigIntegerField()
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_ref = models.CharField(_("Number of the registered letter, or who handed it over"), max_length=80, blank=True)

    class Meta:
        ordering = ["group", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["loan", "guarantee", "due_on"], condition=Q(kind="demand"), name="demand_notice_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="reminder", guarantee__isnull=True) | Q(kind="demand", guarantee__isnull=False),
                name="letter_kind",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_by__isnull=True)
                | Q(sent_on__isnull=False, sent_by__isnull=False) & ~Q(sent_ref=""),
                name="letter_sent_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
