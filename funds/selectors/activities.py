"""Read an activity: its goods at average cost, its barn, its loans in kind, what it did. Amounts in kind are Grams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from funds.acts import share_of
from funds.models import Act, Activity, Good, KindLoan, KindTerms, Posting
from funds.selectors.journal import balances
from members.models import SavingsGroup
from thai.digits import to_western
from thai.quantities import Grams

STANDS = Q(state="posted", entry__reversals__isnull=True)
BARN = ("1100", "1300", "2100", "4100", "5900")
BROUGHT = ("purchase", "gift_in")
YEAR_CLOSES = ("year_close", "paper_year_close")


@dataclass(frozen=True)
class Stock:
    """One good as the books have it: quantity in thousandths of its unit, value in satang."""

    good: Good
    quantity: int
    satang: int

    @property
    def average(self) -> int | None:
        """What one unit stands in the books at, satang; None where there is none."""
        return share_of(self.satang, 1000, self.quantity) if self.quantity > 0 else None

    def cost_of(self, quantity: int) -> int:
        """What a part of it stands in the books at, satang."""
        return share_of(self.satang, quantity, self.quantity) if self.quantity > 0 else 0


@dataclass(frozen=True)
class Barn:
    """A unit book: what lies there, whose it is. own: what is the group's, with interest and less losses."""

    stored: Grams
    lent: Grams
    deposits: Grams
    interest: Grams
    lost: Grams

    @property
    def own(self) -> Grams:
        """The group's own, in the barn and lent out."""
        return self.stored + self.lent - self.deposits

    @property
    def free(self) -> Grams:
        """What of the barn may be sold: the own stock that lies there."""
        return Grams(max(self.stored - self.deposits, 0))


@dataclass(frozen=True)
class LoanRow:
    """A loan in kind and what is still owed of it."""

    loan: KindLoan
    principal: Grams
    interest: Grams

    @property
    def lent(self) -> Grams:
        """What was lent."""
        return Grams(self.loan.grams)

    @property
    def owed(self) -> Grams:
        """Principal and interest that are still to come."""
        return self.principal + self.interest

    @property
    def is_late(self) -> bool:
        """Whether the day is over on which it should have come back."""
        return self.owed > 0 and self.loan.due_on < timezone.localdate()


def activities_of(group: SavingsGroup) -> QuerySet[Activity]:
    """A group's activities, those at work first."""
    rows = Activity.objects.filter(group=group).select_related("keeper", "resolution")
    return rows.order_by(F("ended_on").asc(nulls_first=True), "name")


def stock_of(goods: Iterable[Good]) -> dict[int, Stock]:
    """Goods with quantity and value, by their id; one query."""
    listed = list(goods)
    rows = Act.objects.filter(STANDS, good__in=listed).exclude(kind="undo").order_by().values("good")
    sums = rows.annotate(
        bought=Sum("quantity", filter=Q(kind__in=BROUGHT), default=0),
        sold=Sum("quantity", filter=Q(kind__in=("sale", "gift_out")), default=0),
        counted=Sum("change", default=0),
        moved=Sum("cost", default=0),
    )
    by_good = {row["good"]: row for row in sums}
    found = {}
    for good in listed:
        row = by_good.get(good.pk, {"bought": 0, "sold": 0, "counted": 0, "moved": 0})
        quantity = good.brought_quantity + row["bought"] - row["sold"] + row["counted"]
        found[good.pk] = Stock(good, quantity, good.brought_satang - row["moved"])
    return found


def stock_list(activity: Activity) -> list[Stock]:
    """An activity's goods by name; two queries."""
    return list(stock_of(activity.goods.order_by("name")).values())


def unassigned(activity: Activity) -> int:
    """Satang of an activity's stock in the books that belong to no good: what an opening brought in one sum."""
    booked = balances(activity.group, "O1400").get(activity.name, 0)
    return booked - sum(row.satang for row in stock_list(activity))


def last_unit_cost(good: Good) -> tuple[int, int] | None:
    """Satang and quantity of the latest purchase or gift (or of what was brought); None where there was none."""
    latest = Act.objects.filter(STANDS, good=good, kind__in=BROUGHT).order_by("-id").first()
    if latest is not None and latest.satang:
        return latest.satang, latest.quantity
    return (good.brought_satang, good.brought_quantity) if good.brought_quantity else None


def barn_of(activity: Activity, as_of: date | None = None) -> Barn:
    """An activity's unit book; one query."""
    return barns_of(activity.group_id, [activity.unit_book], as_of)[activity.unit_book]


def barns_of(group_id: int, unit_books: Iterable[str], as_of: date | None = None) -> dict[str, Barn]:
    """Several unit books of a group, by their letters; one query."""
    books = [book for book in unit_books if book]
    codes = [f"{book}{digits}" for book in books for digits in BARN]
    rows = Posting.objects.filter(group=group_id, account__code__in=codes).order_by()
    if as_of is not None:
        rows = rows.filter(booked_on__lte=as_of)
    found = rows.exclude(entry__kind__in=YEAR_CLOSES).values_list("account__code").annotate(total=Sum("amount"))
    sums = dict(found) if books else {}
    barns = {}
    for book in books:
        stored, lent, kept, interest, lost = (Grams(sums.get(f"{book}{digits}", 0)) for digits in BARN)
        barns[book] = Barn(stored, lent, -kept, -interest, lost)
    return barns


def terms_on(activity: Activity, on: date) -> KindTerms | None:
    """The terms of a day: the last that were set of the last day on which they were."""
    return KindTerms.objects.filter(activity=activity, valid_from__lte=on).order_by("-valid_from", "-id").first()


def terms_listed(activity: Activity) -> list[tuple[KindTerms, bool]]:
    """Every terms of an activity, the latest first, each with whether others of the same day took its place."""
    rows = list(KindTerms.objects.filter(activity=activity).select_related("resolution", "set_by"))
    rows.sort(key=lambda each: (each.valid_from, each.pk), reverse=True)
    replaced = [each.valid_from == after.valid_from for after, each in pairwise(rows)]
    return list(zip(rows, [False, *replaced], strict=False))


def loan_rows(activity: Activity, *, words: str = "", open_only: bool = False) -> list[LoanRow]:
    """Loans in kind with what is owed, the latest first; found by number of the loan, of the member or by name."""
    loans = KindLoan.objects.filter(activity=activity, act__entry__reversals__isnull=True).select_related("member")
    words = words.strip()
    if words:
        plain = to_western(words)
        wanted = Q(member__first_name__icontains=words) | Q(member__last_name__icontains=words)
        wanted |= Q(member__body_name__icontains=words) | Q(number=plain)
        if plain.isascii() and plain.isdigit() and len(plain) <= 6:
            wanted |= Q(member__number=int(plain))
        loans = loans.filter(wanted)
    rows = _owed(activity, loans)
    return [row for row in rows if row.owed > 0] if open_only else rows


def loan_row(activity: Activity, loan: KindLoan) -> LoanRow:
    """One loan in kind with what is owed."""
    return _owed(activity, KindLoan.objects.filter(pk=loan.pk).select_related("member"))[0]


def _owed(activity: Activity, loans: QuerySet[KindLoan]) -> list[LoanRow]:
    principal = balances(activity.group, f"{activity.unit_book}1300")
    touched = Act.objects.filter(STANDS, loan__in=loans.order_by().values("pk")).order_by().values("loan")
    paid = {row["loan"]: row["sum"] for row in touched.annotate(sum=Sum("interest"))}
    written_off = set(Act.objects.filter(STANDS, kind="kind_write_off", loan__in=loans).values_list("loan", flat=True))
    given_up = {loan.pk for loan in loans if loan.pk in written_off and not principal.get(loan.number, 0)}
    return [
        LoanRow(
            loan,
            Grams(principal.get(loan.number, 0)),
            Grams(0 if loan.pk in given_up else loan.interest_grams - paid.get(loan.pk, 0)),
        )
        for loan in loans
    ]


def owed_by_member(activity: Activity, member_id: int) -> Grams:
    """The principal in kind that a member still owes."""
    rows = _owed(activity, KindLoan.objects.filter(activity=activity, member=member_id))
    return sum((row.principal for row in rows), Grams(0))


def kept_for(activity: Activity, holder: str) -> Grams:
    """What a member has in the barn."""
    return Grams(-balances(activity.group, f"{activity.unit_book}2100").get(holder, 0))


def acts_of(
    activity: Activity, *, words: str = "", kind: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Act]:
    """What was done, the latest first; cancelled ones are left out."""
    rows = Act.objects.filter(activity=activity).exclude(state="cancelled")
    if kind:
        rows = rows.filter(kind=kind)
    if since is not None:
        rows = rows.filter(done_on__gte=since)
    if until is not None:
        rows = rows.filter(done_on__lte=until)
    if words:
        wanted = Q(good__name__icontains=words) | Q(party__icontains=words) | Q(reason__icontains=words)
        rows = rows.filter(wanted | Q(member__first_name__icontains=words) | Q(member__last_name__icontains=words))
    related = ("good", "member", "entry", "loan__member", "requested_by", "approved_by", "undoes")
    return rows.select_related(*related).order_by("-done_on", "-id")


def waiting_acts_of(activity: Activity) -> QuerySet[Act]:
    """What waits for a second officer, the oldest first."""
    return acts_of(activity).filter(state="waiting").order_by("id")
