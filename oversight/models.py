"""What the district office keeps of its own: one row of figures per group, taken from the books."""

from datetime import date
from fractions import Fraction

from django.db import models
from django.db.models import Q

from loans.words import percent_text
from thai.months import add_months


class GroupFigures(models.Model):
    """The latest figures of one group as the district reads them: a copy with a time, never a source.

    Taken again when a meeting was closed since, or on another day; a district of 2,000 groups is one indexed read.
    """

    group = models.OneToOneField("members.SavingsGroup", on_delete=models.CASCADE, related_name="figures")
    district = models.ForeignKey("members.District", on_delete=models.PROTECT, related_name="+")
    tambon = models.ForeignKey("members.Tambon", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160, help_text="of the village, for reading and searching")
    moo = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    taken_at = models.DateTimeField()
    head = models.PositiveBigIntegerField(default=0, help_text="number of the last entry counted")
    members = models.PositiveIntegerField(default=0, help_text="active members")
    households = models.PositiveIntegerField(default=0)
    pledge_satang = models.BigIntegerField(default=0)
    special_satang = models.BigIntegerField(default=0)
    loans_satang = models.BigIntegerField(default=0)
    late_loans = models.PositiveIntegerField(default=0, help_text="with something overdue")
    at_risk_satang = models.BigIntegerField(default=0, help_text="outstanding of loans that PAR30 counts")
    operating_satang = models.BigIntegerField(default=0, help_text="all assets of the operating pool")
    admin_satang = models.BigIntegerField(default=0, help_text="all assets of the administrative pool")
    cash_satang = models.BigIntegerField(default=0)
    bank_satang = models.BigIntegerField(default=0)
    meeting_day = models.PositiveSmallIntegerField(default=5)
    meetings = models.PositiveSmallIntegerField(default=0, help_text="held in the last twelve months")
    last_met_on = models.DateField(null=True, blank=True)
    last_closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["tambon", "moo", "name"]
        indexes = [models.Index(fields=["district", "tambon", "moo", "name"], name="figures_of_district")]
        constraints = [
            models.CheckConstraint(condition=Q(meeting_day__gte=1, meeting_day__lte=28), name="figures_meeting_day"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def amounts(self) -> tuple[int, ...]:
        """The figures of money, in the order of the list's columns."""
        return self.pledge_satang, self.special_satang, self.loans_satang, self.operating_satang, self.admin_satang

    @property
    def par30(self) -> str:
        """Portfolio at risk in per cent, of the loans still out; empty where nothing is."""
        return percent_text(Fraction(self.at_risk_satang, self.loans_satang)) if self.loans_satang > 0 else ""

    def was_due_on(self, today: date) -> date:
        """The last day on which this group should have met, today at the latest."""
        day = date(today.year, today.month, self.meeting_day)
        return day if day <= today else add_months(today, -1).replace(day=self.meeting_day)

    def has_met(self, today: date) -> bool:
        """Whether it met in the month of that day; an earlier day of the same month counts."""
        due = self.was_due_on(today)
        return self.last_met_on is not None and self.last_met_on >= due.replace(day=1)

    def days_late(self, today: date) -> int:
        """Days since the first meeting day that it missed; 0 where it met. Who never met is late since the last one."""
        if self.has_met(today):
            return 0
        if self.last_met_on is None:
            return (today - self.was_due_on(today)).days
        return (today - add_months(self.last_met_on, 1).replace(day=self.meeting_day)).days
