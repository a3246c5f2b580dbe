"""What is found of a closed year, and corrected in the open one against what the pool has kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models.asked import TwoPeople, asked_and_posted
from thai.money import MAX_SATANG

PLACES = ("O1100", "O1200", "O2600", "A1100", "A1200")


class LateFinding(TwoPeople):
    """Money that a closed year had or had not, found later: decided by a resolution, asked for by one officer, approved
    by another, and posted on the day of the approval.

    is_more: the pool had more than the books said. account: where the money lies, or lay; `hold` keeps it until then.
    """

    group = models.ForeignKey("members.SavingsGroup", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.ForeignKey("funds.AccountYear", on_delete=models.PROTECT, related_name="findings")
    is_more = models.BooleanField()
    account_code = models.CharField(max_length=12)
    account_holder = models.CharField(max_length=40, blank=True)
    satang = models.BigIntegerField(_("Amount"))
    memo = models.CharField(_("What was found"), max_length=200)
    resolution = models.ForeignKey("members.Resolution", on_delete=models.PROTECT, related_name="findings")
    hold = models.OneToOneField("funds.Hold", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["group", "-id"], name="late_finding_of_group")]
        constraints = [
            *asked_and_posted("late_finding"),
            models.CheckConstraint(condition=Q(satang__range=(1, MAX_SATANG)), name="late_finding_amount"),
            models.CheckConstraint(condition=~Q(memo=""), name="late_finding_said"),
            models.CheckConstraint(condition=Q(account_code__in=PLACES), name="late_finding_place"),
            models.CheckConstraint(
                condition=~Q(account_code="O2600") | Q(is_more=True), name="late_finding_unknown_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}:{self.satang}"

    @property
    def pool(self) -> str:
        """Whose money it is: O or A."""
        return self.account_code[0]
