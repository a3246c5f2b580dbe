"""How a group would divide, and how it divides: policies as rows. A variant is a try; the adopted one is frozen."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thai.money import MAX_SATANG


class ShareOutPolicy(models.Model):
    """A way to divide the profit of a year, saved under a name to be compared; nothing is posted by it.

    heads: [[head, basis points, name], ...] in the policy's order, summing to 10,000 (shareout/policy.py).
    """

    class Weighting(models.TextChoices):
        BAHT_MONTH = "baht_month", _("baht-months: each deposit by the months it lay")
        YEAR_END = "year_end", _("the balance on the last day of the year")
        AVERAGE = "average", _("the average of the month-end balances")
        BY_DAY = "by_day", _("each day's balance")

    class Leavers(models.TextChoices):
        NONE = "none", _("get nothing")
        PRO_RATA = "pro_rata", _("get the part up to their leaving")
        INCLUDED = "included", _("get it as if they had stayed")

    class Arrears(models.TextChoices):
        PAY = "pay", _("is paid out all the same")
        WITHHOLD = "withhold", _("is withheld until the arrears are paid")
        SET_OFF = "set_off", _("is set off against the arrears")

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.ForeignKey("funds.AccountYear", on_delete=models.PROTECT, related_name="policies")
    name = models.CharField(_("Name of this way to divide"), max_length=60)
    heads = models.JSONField(default=list)
    weighting = models.CharField(_("Savings weigh by"), max_length=10, choices=Weighting.choices, default="baht_month")
    step = models.PositiveIntegerField(_("Shares rounded down to"), default=1, help_text="satang")
    rest_to = models.CharField(_("What rounding leaves goes to"), max_length=14, default="reserve")
    leavers = models.CharField(_("Those who left in the year"), max_length=8, choices=Leavers.choices, default="none")
    arrears = models.CharField(
        _("The dividend of a borrower in arrears"), max_length=8, choices=Arrears.choices, default="pay"
    )
    fixed_rate_bp = models.PositiveIntegerField(_("Fixed rate on savings"), null=True, blank=True)
    cap_satang = models.BigIntegerField(_("Savings above this earn nothing"), null=True, blank=True)
    minimum_months = models.PositiveSmallIntegerField(_("Months of membership to earn"), default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="share_policy_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="share_policy_named"),
            models.CheckConstraint(
                condition=Q(weighting__in=["baht_month", "year_end", "average", "by_day"]),
                name="share_policy_weighting",
            ),
            models.CheckConstraint(condition=Q(leavers__in=["none", "pro_rata", "included"]), name="share_policy_left"),
            models.CheckConstraint(condition=Q(arrears__in=["pay", "withhold", "set_off"]), name="share_policy_late"),
            models.CheckConstraint(condition=Q(step__range=(1, 100_000)), name="share_policy_step"),
            models.CheckConstraint(
                condition=Q(cap_satang__isnull=True) | Q(cap_satang__range=(1, MAX_SATANG)), name="share_policy_cap"
            ),
            models.CheckConstraint(condition=Q(minimum_months__lte=12), name="share_policy_months"),
        ]

    def __str__(self) -> str:
        return self.name
