"""A member leaves: the request, resolution or report; the settlement, asked for by one, approved by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funds.models import Way
from funds.models.asked import TwoPeople, asked_and_posted
from thai.money import MAX_SATANG


class Leaving(models.Model):
    """A membership that comes to its end; it has ended when one of its settlements is posted."""

    class Reason(models.TextChoices):
        RESIGNATION = "resignation", _("Resignation")
        EXPULSION = "expulsion", _("Expulsion")
        DEATH = "death", _("Death")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="leavings")
    operation = models.UUIDField(unique=True)
    reason = models.CharField(_("Reason for leaving"), max_length=11, choices=Reason.choices)
    begun_on = models.DateField(help_text="written request, resolution of expulsion or report of death: days count on")
    ended_on = models.DateField(help_text="the membership's last day: as begun_on, or the day of death")
    reported_by = models.CharField(_("Reported by"), max_length=160, blank=True)
    explanation = models.CharField(_("Why"), max_length=200, blank=True)
    resolution = models.ForeignKey(
        "members.Resolution", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField(help_text="the last day on which the savings are given back in time")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("leaving")
        indexes = [models.Index(fields=["group", "-id"], name="leaving_of_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(cancelled_at__isnull=True), name="leaving_once_a_membership"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["resignation", "expulsion", "death"]), name="leaving_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reason="expulsion") | ~Q(explanation="") & Q(resolution__isnull=False),
                name="leaving_expulsion_explained",
            ),
            models.CheckConstraint(condition=~Q(reason="death") | ~Q(reported_by=""), name="leaving_death_reported"),
            models.CheckConstraint(condition=Q(ended_on__lte=F("begun_on")), name="leaving_days_in_order"),
            models.CheckConstraint(condition=Q(due_on__gte=F("begun_on")), name="leaving_due_after"),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True, cancelled_at__isnull=True)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, settled_at__isnull=True),
                name="leaving_cancelled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.reason}"

    @property
    def is_under_way(self) -> bool:
        """Whether it is neither settled nor taken back."""
        return self.settled_at is None and self.cancelled_at is None


class Settlement(TwoPeople):
    """What the leaver or the heirs get, as computed and asked for: held meanwhile, approved by another, posted once.

    Without any balance there is nothing to post but the decision: an entry without lines.
    """

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    leaving = models.ForeignKey(Leaving, on_delete=models.PROTECT, related_name="settlements")
    paid_on = models.DateField()
    owed_satang = models.BigIntegerField()
    interest_satang = models.BigIntegerField(default=0, help_text="the part of it that the running period has earned")
    set_off_satang = models.BigIntegerField()
    lapsed_satang = models.BigIntegerField(default=0, help_text="fines that the savings did not cover")
    paid_satang = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    resolution = models.ForeignKey(
        "members.Resolution", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="settlement", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("settlement of a leaver")
        constraints = [
            *asked_and_posted("settlement"),
            models.UniqueConstraint(
                fields=["leaving"], condition=Q(cancelled_at__isnull=True), name="settlement_once_a_leaving"
            ),
            models.CheckConstraint(
                condition=Q(owed_satang__range=(0, MAX_SATANG), lapsed_satang__gte=0)
                & Q(interest_satang__gte=0, set_off_satang__gte=0, paid_satang__gte=0)
                & Q(owed_satang=F("set_off_satang") + F("paid_satang")),
                name="settlement_comes_back_in_full",
            ),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="settlement_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="settlement_slip"),
        ]

    def __str__(self) -> str:
        return f"{self.leaving_id}:{self.paid_satang}"


class SettlementLine(models.Model):
    """One line of the entry that the settlement becomes: debit > 0, credit < 0, in satang; what leaves is held."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    account_code = models.CharField(max_length=12)
    account_holder = models.CharField(max_length=40, blank=True)
    satang = models.BigIntegerField()
    hold = models.OneToOneField("funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["settlement", "place"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "place"], name="settlement_line_once"),
            models.CheckConstraint(condition=~Q(satang=0), name="settlement_line_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}-{self.place}"


class SettlementPayee(models.Model):
    """Who gets the money and signs for it: the leaver, or each beneficiary or heir with the own share."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="payees")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField()
    satang = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.CASH)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    member = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        help_text="the payee, where it is a member",
    )  # fmt: skip

    class Meta:
        ordering = ["settlement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "position"], name="settlement_payee_once"),
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="settlement_payee_percent"),
            models.CheckConstraint(condition=Q(satang__range=(0, MAX_SATANG)), name="settlement_payee_amount"),
            models.CheckConstraint(condition=~Q(name=""), name="settlement_payee_named"),
            models.CheckConstraint(condition=Q(way__in=["cash", "transfer"]), name="settlement_payee_way"),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="settlement_payee_slip"),
        ]

    def __str__(self) -> str:
        return self.name
