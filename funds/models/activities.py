"""Activities of a group: shop, granary, rice bank. Cost centres of the operating pool with goods in their own unit."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funds import acts, chart
from funds.models.asked import Asked, two_people
from funds.models.journal import Entry, Hold
from funds.models.money import Way
from members.models import Member, Resolution, SavingsGroup
from thai.money import MAX_SATANG
from thai.quantities import MAX_QUANTITY, Grams

OF_GOODS = [deed.key for deed in acts.GOODS]
OF_MEMBERS = ["kind_loan", "kind_deposit", "kind_withdrawal"]
OF_LOANS = ["kind_return", "kind_write_off"]


def _exactly(kinds: list[str], field: str) -> Q:
    """A field that these kinds have and no other."""
    return Q(kind__in=kinds, **{f"{field}__isnull": False}) | ~Q(kind__in=kinds) & Q(**{f"{field}__isnull": True})


class Activity(models.Model):
    """What a group does besides saving and lending. `name` is the holder of its accounts O1400, O4400 and O5300.

    `unit_book`: the letters of its book in grams (KR paddy), of which a group has one; empty where nothing is lent in
    kind.
    """

    class Kind(models.TextChoices):
        SHOP = "shop", _("Marketing demonstration centre, shop")
        GRANARY = "granary", _("Granary")
        RICE_BANK = "rice_bank", _("Rice bank")
        FERTILISER = "fertiliser", _("Fertiliser")
        OTHER = "other", _("Other activity")

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="activities", db_index=False)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    unit_book = models.CharField(max_length=2, blank=True)
    keeper = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="activities", null=True, blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["group", "name"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="activity_name_once"),
            models.UniqueConstraint(
                fields=["group", "unit_book"], condition=~Q(unit_book=""), name="activity_unit_book_once"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name__contains=",") & ~Q(name__startswith=" ") & ~Q(name__endswith=" "),
                name="activity_named",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["shop", "granary", "rice_bank", "fertiliser", "other"]), name="activity_kind"
            ),
            models.CheckConstraint(
                condition=Q(unit_book__in=["", *sorted(chart.UNIT_NAMES)]), name="activity_unit_book"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="activity_span"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def goods_in_kind(self) -> Any:
        """What its unit book counts, in the language of the reader; empty without one."""
        return chart.unit_name(self.unit_book) if self.unit_book else ""


class Good(models.Model):
    """Something that an activity buys and sells, in its own unit; quantities are thousandths of it.

    brought: what of the activity's stock in the books stood for this good when it was written down.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="goods", db_index=False)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    price_satang = models.BigIntegerField(null=True, blank=True, help_text="asked for one unit")
    brought_quantity = models.BigIntegerField(default=0)
    brought_satang = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["activity", "name"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "name"], name="good_name_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(unit=""), name="good_named"),
            models.CheckConstraint(
                condition=Q(price_satang__isnull=True) | Q(price_satang__range=(1, MAX_SATANG)), name="good_price"
            ),
            models.CheckConstraint(
                condition=Q(brought_quantity=0, brought_satang=0)
                | Q(brought_quantity__range=(1, MAX_QUANTITY), brought_satang__range=(0, MAX_SATANG)),
                name="good_brought",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KindTerms(models.Model):
    """On what terms an activity lends in kind from a day on; rows are only added, of one day the last set holds.

    rate: interest for one loan, hundredths of a per cent of what is lent (2000 = 12 kg for 10 kg).
    limit_grams: the most that one member may owe.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="terms", db_index=False)
    valid_from = models.DateField()
    rate = models.PositiveIntegerField()
    limit_grams = models.BigIntegerField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "-valid_from", "-id"]
        indexes = [models.Index(fields=["activity", "-valid_from", "-id"], name="kind_terms_of_activity")]
        constraints = [
            models.CheckConstraint(condition=Q(rate__lte=acts.SHARE), name="kind_terms_rate"),
            models.CheckConstraint(condition=Q(limit_grams__range=(1, MAX_QUANTITY)), name="kind_terms_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.valid_from}"

    @property
    def limit(self) -> Grams:
        """The limit as an amount that prints in kilograms."""
        return Grams(self.limit_grams)

    @property
    def per_ten(self) -> Grams:
        """What comes back for ten kilograms."""
        return Grams(10_000 + acts.interest_in_kind(10_000, self.rate))


class KindLoan(models.Model):
    """Goods lent to a member, by the kilogram; `number` is the holder of its account 1300 in the unit book."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="kind_loans", db_index=False)
    number = models.CharField(max_length=20)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="kind_loans")
    grams = models.BigIntegerField()
    interest_grams = models.BigIntegerField()
    lent_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ["activity", "-lent_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="kind_loan_number_once"),
            models.CheckConstraint(
                condition=Q(grams__range=(1, MAX_QUANTITY), interest_grams__range=(0, MAX_QUANTITY)),
                name="kind_loan_amount",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("lent_on")) & ~Q(number=""), name="kind_loan_due"),
        ]

    def __str__(self) -> str:
        return self.number


class Act(Asked):
    """Something done with an activity's goods. What goes out waits for a second officer; the rest is posted at once.

    quantity: thousandths of the good's unit, grams in kind; what was counted, for a count. satang: the price paid.
    cost: what the goods stood in the books at (moved out > 0). change: by how much a count differs from the books.
    interest: of what was lent or brought back in kind, the grams of interest.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the second officer")
        POSTED = "posted", _("Posted")
        CANCELLED = "cancelled", _("Cancelled")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="acts", db_index=False)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=State.choices)
    done_on = models.DateField()
    good = models.ForeignKey(Good, on_delete=models.PROTECT, related_name="acts", null=True, blank=True)
    quantity = models.BigIntegerField()
    satang = models.BigIntegerField(null=True, blank=True)
    cost = models.BigIntegerField(default=0)
    change = models.BigIntegerField(default=0)
    interest = models.BigIntegerField(default=0)
    way = models.CharField(max_length=8, choices=Way.choices, blank=True)
    bank_holder = models.CharField(max_length=40, blank=True)
    slip_ref = models.CharField(max_length=60, blank=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="acts", null=True, blank=True)
    party = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    loan = models.ForeignKey(KindLoan, on_delete=models.PROTECT, related_name="acts", null=True, blank=True)
    made_loan = models.OneToOneField(KindLoan, on_delete=models.PROTECT, related_name="act", null=True, blank=True)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="act", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["activity", "-done_on", "-id"], name="act_of_activity"),
            models.Index(fields=["good", "state"], name="act_of_good"),
        ]
        constraints = [
            two_people("act"),
            models.CheckConstraint(condition=Q(kind__in=sorted(acts.DEEDS)), name="act_kind"),
            models.CheckConstraint(
                condition=Q(quantity__range=(0, MAX_QUANTITY))
                & (Q(quantity__gt=0) | Q(kind__in=acts.COUNTING) | Q(kind="undo")),
                name="act_quantity",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=acts.PRICED, satang__isnull=False, satang__range=(1, MAX_SATANG))
                & (Q(way="cash") | Q(way="transfer") & ~Q(slip_ref=""))
                | Q(kind__in=acts.VALUED, satang__isnull=False, satang__range=(1, MAX_SATANG), way="")
                | ~Q(kind__in=[*acts.PRICED, *acts.VALUED]) & Q(satang__isnull=True, way=""),
                name="act_price",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False, state="posted"),
                name="act_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="posted", entry__isnull=False)
                & (Q(kind__in=acts.ALONE) | Q(approved_by__isnull=False))
                | Q(state__in=["waiting", "cancelled"], entry__isnull=True) & ~Q(kind__in=acts.ALONE),
                name="act_posted_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_by__isnull=False, cancelled_at__isnull=False)
                | ~Q(state="cancelled") & Q(cancelled_by__isnull=True, cancelled_at__isnull=True),
                name="act_cancelled_whole",
            ),
            models.CheckConstraint(
                condition=_exactly(OF_GOODS, "good") | Q(kind="undo", good__isnull=False), name="act_good"
            ),
            models.CheckConstraint(condition=~Q(kind__in=OF_MEMBERS) | Q(member__isnull=False), name="act_member"),
            models.CheckConstraint(condition=_exactly(OF_LOANS, "loan"), name="act_loan"),
            models.CheckConstraint(condition=_exactly(["kind_loan"], "due_on"), name="act_due"),
            models.CheckConstraint(condition=_exactly(["undo"], "undoes"), name="act_undoes"),
            models.CheckConstraint(
                condition=~Q(kind__in=["gift_out", "kind_loss", "kind_write_off", "undo"]) | ~Q(reason=""),
                name="act_explained",
            ),
            models.CheckConstraint(condition=Q(change=0) | ~Q(reason=""), name="act_difference_explained"),
            models.CheckConstraint(
                condition=~Q(kind="kind_write_off") | Q(resolution__isnull=False), name="act_resolved"
            ),
            models.UniqueConstraint(
                fields=["undoes"], condition=Q(undoes__isnull=False) & ~Q(state="cancelled"), name="act_undone_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}:{self.kind}:{self.pk}"

    @property
    def deed(self) -> acts.Deed:
        """What its kind is like."""
        return acts.DEEDS[self.kind]

    @property
    def is_waiting(self) -> bool:
        """Whether a second officer has still to approve it."""
        return self.state == self.State.WAITING
