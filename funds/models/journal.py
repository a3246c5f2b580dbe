"""The books: accounts, journal entries and their postings, what is held, account years.

Entries and postings are written only through `funds.journal`.
"""

import json
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import Exact

from funds import chain, chart, kinds
from funds.fields import CodesField, EntryNumberField
from members.models import SavingsGroup

ENTRIES_PER_GROUP = 2**32
CODE_LENGTH = 32


def entry_id(group_id: int, n: int) -> int:
    """The id of a group's entry number n; the entry before is one less."""
    return group_id * ENTRIES_PER_GROUP + n


def _between_commas(column: str) -> Concat:
    return Concat(Value(","), F(column), Value(","), output_field=models.TextField())


def _numbered() -> ExpressionWrapper:
    group = ExpressionWrapper(F("group"), models.BigIntegerField())
    return ExpressionWrapper(group * ENTRIES_PER_GROUP + F("n"), models.BigIntegerField())


class Book(models.Model):
    """A group's books as a thing to lock: one frozen row. There is no stored head; the head is the last entry."""

    group = models.OneToOneField(SavingsGroup, on_delete=models.PROTECT, primary_key=True, related_name="book")

    def __str__(self) -> str:
        return str(self.group_id)


class Account(models.Model):
    """One account of one group: a code of the chart and who or what it belongs to. Frozen, never deleted."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="accounts", db_index=False)
    code = models.CharField(max_length=12)
    holder = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ["code", "holder"]
        constraints = [models.UniqueConstraint(fields=["group", "code", "holder"], name="account_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.holder}".strip()

    @property
    def head(self) -> chart.Head:
        """The chart's line."""
        return chart.head_of(self.code)

    @property
    def name(self) -> Any:
        """The chart's name, in the language of the reader."""
        return self.head.name


class Entry(models.Model):
    """One journal entry: a receipt, a voucher, a decision. Never changed; its number is the receipt's number.

    `maker` and `approvers` are persons' codes. `locked_through` and `declared_through` are carried from entry to entry:
    a lock is an entry. On PostgreSQL the foreign keys of the journal are kept by its triggers (migration 0002).
    """

    id = EntryNumberField(primary_key=True)
    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="entries", db_index=False)
    n = models.BigIntegerField()
    operation = models.UUIDField()
    kind = models.CharField(max_length=24)
    booked_on = models.DateField()
    recorded_at = models.DateTimeField()
    maker = models.CharField(max_length=CODE_LENGTH)
    approvers = CodesField(blank=True)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals", db_index=False)
    memo_hash = models.CharField(max_length=64)
    declared = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    lines = models.IntegerField()
    locked_through = models.DateField()
    declared_through = models.DateField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["group", "n"], name="entry_number_once"),
            models.UniqueConstraint(fields=["group", "operation"], name="entry_operation_once"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="entry_reversed_once"
            ),
            models.CheckConstraint(condition=Q(id=_numbered()), name="entry_id_is_group_and_number"),
            models.CheckConstraint(condition=Q(n__gte=1, n__lt=ENTRIES_PER_GROUP), name="entry_number"),
            models.CheckConstraint(condition=Q(lines=0) | Q(lines__gte=2), name="entry_lines"),
            models.CheckConstraint(
                condition=Exact(StrIndex(_between_commas("approvers"), _between_commas("maker")), 0),
                name="entry_maker_not_approver",
            ),
            models.CheckConstraint(condition=~Q(maker=""), name="entry_maker"),
        ]

    def __str__(self) -> str:
        return str(self.n)

    @property
    def paper_code(self) -> str:
        """The 30 digits that are printed, in blocks of five."""
        return chain.paper_code(self.hash)

    @property
    def is_from_paper(self) -> bool:
        """Whether the entry was taken over from a paper book."""
        return kinds.is_from_paper(self.kind)

    @property
    def plain_kind(self) -> str:
        """The kind without the mark of paper."""
        return kinds.plain(self.kind)

    @property
    def kind_label(self) -> Any:
        """The kind's name, in the language of the reader."""
        return kinds.kind_of(self.kind).label


class Posting(models.Model):
    """One line of an entry: debit > 0, credit < 0, in satang (grams in a unit book)."""

    pk = models.CompositePrimaryKey("entry_id", "line")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings", db_index=False)
    line = models.IntegerField()
    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="postings", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings", db_index=False)
    booked_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["entry_id", "line"]
        indexes = [
            models.Index(fields=["group", "account", "booked_on", "entry", "amount"], name="posting_by_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="posting_not_zero"),
            models.CheckConstraint(
                condition=Q(amount__gte=-chain.LARGEST, amount__lte=chain.LARGEST), name="posting_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}-{self.line}"

    @property
    def debit(self) -> int:
        """The amount in the debit column, else 0."""
        return max(self.amount, 0)

    @property
    def credit(self) -> int:
        """The amount in the credit column, else 0."""
        return max(-self.amount, 0)


class EntryDetails(models.Model):
    """What an entry says in words: memo, names, slip numbers. Erasable; the journal keeps only its salted hash."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="details", db_constraint=False
    )
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        verbose_name_plural = "entry details"

    def __str__(self) -> str:
        return str(self.entry_id)

    @property
    def data(self) -> dict[str, Any]:
        """The details as they were given."""
        return json.loads(self.text)


class Opening(models.Model):
    """An account's balance at the end of a closed year: a cache for long histories that a check recomputes."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="openings", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="openings", db_index=False)
    booked_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "booked_on", "account"], name="opening_once"),
            models.UniqueConstraint(fields=["account", "booked_on"], name="opening_of_account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.booked_on}"


class Hold(models.Model):
    """Money of an account that may not leave: a withdrawal asked for, savings that secure a loan."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="holds", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds", db_index=False)
    satang = models.BigIntegerField()
    reason = models.CharField(max_length=80)
    placed_by = models.CharField(max_length=CODE_LENGTH)
    placed_at = models.DateTimeField()
    released_by = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["group", "account", "satang"],
                condition=Q(released_at__isnull=True),
                name="hold_in_force",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(satang__gt=0), name="hold_positive"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(placed_by=""), name="hold_explained"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by="")
                | Q(released_at__isnull=False) & ~Q(released_by=""),
                name="hold_released_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.satang}"


class AccountYear(models.Model):
    """One account year of a group, named (B.E.) after the year in which it begins; open until its closing entry."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="account_years", db_index=False)
    year = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    closing = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="closed_year")

    class Meta:
        ordering = ["group", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["group", "year"], name="account_year_once"),
            models.UniqueConstraint(fields=["group", "starts_on"], name="account_year_start_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="account_year_span"),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_closed(self) -> bool:
        """Whether the year's closing entry is posted."""
        return self.closing_id is not None
