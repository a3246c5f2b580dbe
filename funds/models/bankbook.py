"""The bank book as somebody types it month by month, and what it is compared with."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funds.models.bank import SATANG_MAX, BankAccount
from funds.models.journal import Entry
from members.models import SavingsGroup


class BankPage(models.Model):
    """One month of a bank book, typed by someone who is not the treasurer that day (a trigger says so too).

    While it is a draft, `draft` keeps what was typed, letter by letter; finished, its lines stand for good. What was
    typed wrong is set aside, never changed, and typed again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being typed")
        TYPED = "typed", _("Typed")
        SET_ASIDE = "set_aside", _("Set aside")

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="bank_pages", db_index=False)
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="pages")
    month = models.DateField(help_text="its first day")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    opening_satang = models.BigIntegerField(null=True, blank=True)
    closing_satang = models.BigIntegerField(null=True, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    photos = models.ManyToManyField("funds.Photo", related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_on = models.DateField()
    typed_at = models.DateTimeField()

    class Meta:
        ordering = ["account", "-month", "-pk"]
        verbose_name = _("month of a bank book")
        indexes = [models.Index(fields=["group", "month"], name="bank_page_group_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month"], condition=~Q(state="set_aside"), name="bank_page_month_once"
            ),
            models.CheckConstraint(condition=Q(state__in=["draft", "typed", "set_aside"]), name="bank_page_state"),
            models.CheckConstraint(
                condition=~Q(state="typed") | Q(opening_satang__gte=0, closing_satang__gte=0), name="bank_page_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}:{self.month:%Y-%m}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be typed in."""
        return self.state == self.State.DRAFT


class BankLine(models.Model):
    """One line of a typed month, as the bank printed it; never changed."""

    page = models.ForeignKey(BankPage, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    on = models.DateField()
    words = models.CharField(max_length=120, blank=True)
    in_satang = models.BigIntegerField(default=0)
    out_satang = models.BigIntegerField(default=0)
    balance_satang = models.BigIntegerField()

    class Meta:
        ordering = ["page", "place"]
        verbose_name = _("line of a bank book")
        constraints = [
            models.UniqueConstraint(fields=["page", "place"], name="bank_line_place_once"),
            models.CheckConstraint(
                condition=Q(in_satang=0, out_satang__range=(1, SATANG_MAX))
                | Q(out_satang=0, in_satang__range=(1, SATANG_MAX)),
                name="bank_line_in_or_out",
            ),
            models.CheckConstraint(condition=Q(balance_satang__gte=0), name="bank_line_balance"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}:{self.place}"

    @property
    def satang(self) -> int:
        """What the line adds to the account: in > 0, out < 0."""
        return self.in_satang - self.out_satang


class Reconciliation(models.Model):
    """A month in which bank book and ledger were compared, signed by the audit part; frozen, and sealed by its entry.

    book - ledger = open lines of the book - open postings of the ledger + what the beginning left unexplained.
    `items` keeps the open items as they stood: [[where, date, words, satang, entry number], ...].
    """

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="reconciliations", db_index=False)
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="reconciliations")
    page = models.OneToOneField(BankPage, on_delete=models.PROTECT, related_name="reconciliation")
    month = models.DateField()
    through = models.DateField(help_text="the month's last day")
    book_satang = models.BigIntegerField()
    ledger_satang = models.BigIntegerField()
    open_lines_satang = models.BigIntegerField()
    open_postings_satang = models.BigIntegerField()
    beginning_satang = models.BigIntegerField(default=0)
    matched = models.PositiveIntegerField(help_text="lines of the book found in the ledger")
    items = models.JSONField(default=list, blank=True)
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="reconciliation")

    class Meta:
        ordering = ["account", "-month"]
        verbose_name = _("reconciliation")
        indexes = [models.Index(fields=["group", "account", "-finished_at"], name="reconciliation_last")]
        constraints = [
            models.UniqueConstraint(fields=["account", "month"], name="reconciliation_month_once"),
            models.CheckConstraint(
                condition=Q(
                    book_satang=F("ledger_satang")
                    + F("open_lines_satang")
                    - F("open_postings_satang")
                    + F("beginning_satang")
                ),
                name="reconciliation_explained",
            ),
            models.CheckConstraint(condition=~Q(finished_by=F("signed_by")), name="reconciliation_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}:{self.month:%Y-%m}"

    @property
    def difference_satang(self) -> int:
        """What the bank's book says more than the ledger."""
        return self.book_satang - self.ledger_satang


class BankMatch(models.Model):
    """Lines of the bank book and postings of the ledger that are the same money; they add up alike.

    One line may be several postings (both pools in one account); an entry and its reversal may match without a line.
    `sealed` is the reconciliation that rests on it: from then on it stays.
    """

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="bank_matches", db_index=False)
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="matches")
    through = models.DateField(help_text="the latest day among its lines and postings")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sealed = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="matches", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("match")
        indexes = [models.Index(fields=["account", "through"], name="bank_match_through")]

    def __str__(self) -> str:
        return f"{self.account_id}:{self.pk}"


class MatchedLine(models.Model):
    """A line of the bank book in a match; a line is in one match at most."""

    match = models.ForeignKey(BankMatch, on_delete=models.CASCADE, related_name="lines")
    line = models.OneToOneField(BankLine, on_delete=models.PROTECT, related_name="matched")

    class Meta:
        verbose_name = _("matched line")

    def __str__(self) -> str:
        return f"{self.match_id}:{self.line_id}"


class MatchedPosting(models.Model):
    """A posting of the ledger in a match; a posting is in one match at most."""

    match = models.ForeignKey(BankMatch, on_delete=models.CASCADE, related_name="postings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.IntegerField()

    class Meta:
        verbose_name = _("matched posting")
        constraints = [models.UniqueConstraint(fields=["entry", "line"], name="matched_posting_once")]

    def __str__(self) -> str:
        return f"{self.match_id}:{self.entry_id}-{self.line}"


class EarlierPosting(models.Model):
    """A posting dated before the first typed month that the bank's book did not have yet when it begins."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="earlier_postings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.IntegerField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("posting before the typed bank book")
        constraints = [models.UniqueConstraint(fields=["entry", "line"], name="earlier_posting_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}-{self.line}"
