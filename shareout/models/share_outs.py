"""A share-out: what the general meeting adopted, what was posted, and how each member is paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models.asked import Asked, TwoPeople, asked_and_posted, cancelled_whole, two_people
from shareout.models.policies import ShareOutPolicy


class ShareOut(Asked):
    """The share-out of a year as adopted: policy and snapshot frozen, asked for by one officer, approved by another.

    snapshot: what was read from the books (shareout/plan.py `exported`); fingerprint: over snapshot and policy. Posting
    refuses where the books no longer give that fingerprint. Posted: one batch, `first_entry` to `last_entry`.
    """

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.ForeignKey("funds.AccountYear", on_delete=models.PROTECT, related_name="share_outs")
    policy = models.ForeignKey(ShareOutPolicy, on_delete=models.PROTECT, related_name="share_outs")
    held_on = models.DateField(_("Day of the general meeting"))
    resolution = models.ForeignKey("members.Resolution", on_delete=models.PROTECT, related_name="share_outs")
    snapshot = models.JSONField()
    frozen_policy = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    distributable = models.BigIntegerField()
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    posted_at = models.DateTimeField(null=True, blank=True)
    first_entry = models.OneToOneField("funds.Entry", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    last_entry = models.OneToOneField("funds.Entry", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            two_people("share_out"),
            cancelled_whole("share_out", posted="posted_at"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(cancelled_at__isnull=True), name="share_out_once_a_year"
            ),
            models.CheckConstraint(condition=Q(distributable__gte=0), name="share_out_amount"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="share_out_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    posted_at__isnull=True, posted_by__isnull=True, first_entry__isnull=True, last_entry__isnull=True
                )
                | Q(
                    posted_at__isnull=False,
                    posted_by__isnull=False,
                    first_entry__isnull=False,
                    last_entry__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                ),
                name="share_out_posted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}"

    @property
    def state(self) -> str:
        """simulated (waits for the second officer), adopted, posted, or cancelled; paid follows from the shares."""
        if self.cancelled_at is not None:
            return "cancelled"
        if self.posted_at is not None:
            return "posted"
        return "adopted" if self.approved_at is not None else "simulated"


class HeadAllotment(models.Model):
    """What one head of the adopted policy gets, satang."""

    share_out = models.ForeignKey(ShareOut, on_delete=models.PROTECT, related_name="heads", db_index=False)
    position = models.PositiveSmallIntegerField()
    head = models.CharField(max_length=14)
    name = models.CharField(max_length=60, blank=True)
    share_bp = models.PositiveIntegerField()
    satang = models.BigIntegerField()

    class Meta:
        ordering = ["share_out", "position"]
        constraints = [
            models.UniqueConstraint(fields=["share_out", "position"], name="head_allotment_once"),
            models.CheckConstraint(condition=Q(satang__gte=0), name="head_allotment_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.share_out_id}:{self.head}"

    @property
    def percent(self) -> str:
        """The share as it is read: 50, 12.5."""
        whole, rest = divmod(self.share_bp, 100)
        return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


class MemberShare(models.Model):
    """What one member gets of a share-out, with what it came from; satang. The explanation is reckoned from the
    frozen snapshot.
    """

    share_out = models.ForeignKey(ShareOut, on_delete=models.PROTECT, related_name="shares", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="shares")
    weight = models.BigIntegerField()
    interest_satang = models.BigIntegerField(default=0)
    dividend_satang = models.BigIntegerField(default=0)
    rebate_satang = models.BigIntegerField(default=0)
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="member_share", null=True, blank=True
    )

    class Meta:
        ordering = ["share_out", "member"]
        constraints = [
            models.UniqueConstraint(fields=["share_out", "member"], name="member_share_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=0, interest_satang__gte=0, dividend_satang__gte=0, rebate_satang__gte=0),
                name="member_share_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_out_id}:{self.member_id}"

    @property
    def satang(self) -> int:
        """Dividend and rebate together."""
        return self.dividend_satang + self.rebate_satang


class SharePayment(TwoPeople):
    """A member's dividend and rebate paid: asked for by one officer, approved by another, posted once."""

    class Way(models.TextChoices):
        CASH = "cash", _("In cash, signed for")
        TRANSFER = "transfer", _("By transfer")
        SAVINGS = "savings", _("Into special savings")
        SET_OFF = "set_off", _("Set off against a loan in arrears")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="share_payments")
    satang = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    entry = models.OneToOneField(
        "funds.Entry", on_delete=models.PROTECT, related_name="share_payment", null=True, blank=True
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["group", "member"], name="share_payment_of_member")]
        constraints = [
            *asked_and_posted("share_payment"),
            models.CheckConstraint(condition=Q(satang__gte=1), name="share_payment_amount"),
            models.CheckConstraint(
                condition=Q(way__in=["cash", "transfer", "savings", "set_off"]), name="share_payment_way"
            ),
            models.CheckConstraint(condition=~Q(way="transfer") | ~Q(slip_ref=""), name="share_payment_slip"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.satang}"
