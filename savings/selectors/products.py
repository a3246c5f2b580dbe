"""Products of special savings: their terms, their books, the interest of a period."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, QuerySet, Subquery, Sum, When
from django.utils import timezone

from funds.models import Account, Posting
from members.models import Member, SavingsGroup
from savings.interest import Movement, Terms, Working, interest, next_period_end
from savings.models import BookMove, InterestRun, ProductTerms, SpecialBook, SpecialProduct, Withdrawal
from savings.selectors.balances import SPECIAL_SAVINGS
from thai.months import month_of


@dataclass(frozen=True, slots=True)
class BookInterest:
    """A book and how its interest came about."""

    book: SpecialBook
    working: Working

    @property
    def satang(self) -> int:
        """The interest."""
        return self.working.satang


@dataclass(frozen=True)
class Preview:
    """The interest of a product for a period: of every book that earned some."""

    product: SpecialProduct
    starts_on: date
    ends_on: date
    books: tuple[BookInterest, ...]

    @property
    def total(self) -> int:
        """All of it (satang)."""
        return sum(each.satang for each in self.books)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of every figure: what the second officer approves."""
        content = [
            [
                each.book.number,
                each.satang,
                [[s.first.isoformat(), s.last.isoformat(), s.balance, s.rate, s.method] for s in each.working.steps],
            ]
            for each in self.books
        ]
        body = [self.product.pk, self.starts_on.isoformat(), self.ends_on.isoformat(), content]
        return hashlib.sha256(b"SATCHA-INTEREST-1\n" + json.dumps(body, separators=(",", ":")).encode()).hexdigest()

    @property
    def is_over(self) -> bool:
        """Whether the period has ended."""
        return self.ends_on <= timezone.localdate()


def products(group: SavingsGroup) -> QuerySet[SpecialProduct]:
    """The products of a group with their terms, the oldest first."""
    return SpecialProduct.objects.filter(group=group).prefetch_related("terms__resolution").order_by("pk")


def terms_of(product: SpecialProduct) -> list[ProductTerms]:
    """Every terms of a product in order of time."""
    found = ProductTerms.objects.filter(product=product).select_related("resolution", "set_by")
    return list(found.order_by("valid_from"))


def terms_in_force(product: SpecialProduct | None, on: date) -> ProductTerms | None:
    """The terms of a product on a day."""
    if product is None:
        return None
    return ProductTerms.objects.filter(product=product, valid_from__lte=on).order_by("-valid_from").first()


def books_of_product(group: SavingsGroup, product: SpecialProduct | None) -> QuerySet[SpecialBook]:
    """The books of a product (None: those of no product yet) by member number."""
    found = SpecialBook.objects.filter(group=group, product=product).select_related("member", "product")
    return found.order_by("member__number", "pk")


def books_in_period(product: SpecialProduct, starts_on: date) -> QuerySet[SpecialBook]:
    """The books that were of a product when a period began: one moved later is still of its former product."""
    later = BookMove.objects.filter(book=OuterRef("pk"), starts_on__gt=starts_on).order_by("starts_on", "pk")
    found = SpecialBook.objects.filter(group=product.group_id).select_related("member", "product")
    then = Case(
        When(Exists(later), then=Subquery(later.values("from_product")[:1])),
        default=F("product"),
        output_field=BigIntegerField(),
    )
    return found.annotate(then=then).filter(then=product.pk).order_by("member__number", "pk")


def next_start(product: SpecialProduct) -> date | None:
    """The first day that is not credited yet; None while the product has no terms."""
    terms = ProductTerms.objects.filter(product=product).order_by("valid_from").first()
    if terms is None:
        return None
    last = standing_runs(product).filter(entry__isnull=False).first()
    if last is not None:
        return last.ends_on + timedelta(days=1)
    return max(terms.valid_from, month_of(product.group.first_year_starts_on))


def standing_runs(product: SpecialProduct) -> QuerySet[InterestRun]:
    """The creditings of a product that wait or are posted and not reversed, the latest first."""
    runs = InterestRun.objects.filter(product=product, cancelled_at__isnull=True, voided_at__isnull=True)
    undone = runs.filter(entry__reversals__isnull=False)
    return runs.exclude(pk__in=undone.values("pk")).order_by("-starts_on")


def next_preview(product: SpecialProduct) -> Preview | None:
    """The next period of a product that is not credited; None while the product has no terms."""
    terms = terms_of(product)
    if not terms:
        return None
    start = next_start(product)
    assert start is not None
    in_force = [each for each in terms if each.valid_from <= start][-1:] or terms[:1]
    return preview(product, start, next_period_end(start, in_force[0].credit_months))


def preview(product: SpecialProduct, starts_on: date, ends_on: date) -> Preview:
    """The interest of a product for a period as the books stand now; a leaver's was settled. Constant queries."""
    books = list(books_in_period(product, starts_on).exclude(member__status__in=Member.LEFT))
    found = book_interests(product, books, starts_on, ends_on)
    return Preview(product, starts_on, ends_on, tuple(each for each in found if each.satang))


def book_interests(
    product: SpecialProduct, books: Sequence[SpecialBook], starts_on: date, ends_on: date, before: int | None = None
) -> list[BookInterest]:
    """The interest of some books for a period; `before`: an entry (id), the postings from which on are left out."""
    terms = [Terms(each.valid_from, each.rate, each.method) for each in terms_of(product)]
    numbers = [book.number for book in books]
    accounts = Account.objects.filter(group=product.group_id, code=SPECIAL_SAVINGS, holder__in=numbers)
    holders = dict(accounts.values_list("pk", "holder"))
    rows = Posting.objects.filter(group=product.group_id, account__in=list(holders)).order_by()
    if before is not None:
        rows = rows.filter(entry_id__lt=before)
    brought = _brought(rows.filter(booked_on__lt=starts_on), holders)
    movements: defaultdict[str, list[Movement]] = defaultdict(list)
    within = rows.filter(booked_on__range=(starts_on, ends_on))
    for account_id, on, amount in within.values_list("account_id", "booked_on", "amount"):
        movements[holders[account_id]].append(Movement(on, -amount))
    return [
        BookInterest(
            book,
            interest(brought.get(book.number, 0), movements.get(book.number, []), terms, first=starts_on, last=ends_on),
        )
        for book in books
    ]


def _brought(rows: QuerySet[Posting], holders: dict[int, str]) -> dict[str, int]:
    return {holders[pk]: -satang for pk, satang in rows.values_list("account_id").annotate(Sum("amount"))}


def run_preview(run: InterestRun) -> Preview:
    """What a crediting credits: as the books stand while it waits, as they stood once it is posted."""
    if run.entry_id is None:
        return preview(run.product, run.starts_on, run.ends_on)
    books = [line.book for line in run.lines.select_related("book__member").order_by("book__member__number", "book")]
    found = book_interests(run.product, books, run.starts_on, run.ends_on, before=run.entry_id)
    return Preview(run.product, run.starts_on, run.ends_on, tuple(found))


@dataclass(frozen=True, slots=True)
class ProductTotal:
    """What stands in the books of a product (satang)."""

    books: int = 0
    satang: int = 0


def product_totals(group: SavingsGroup) -> dict[int | None, ProductTotal]:
    """Books and balance of each product by its id; None: those of no product. Two queries."""
    books = list(SpecialBook.objects.filter(group=group))
    saved = balances_of_books(group, books)
    totals: dict[int | None, ProductTotal] = {}
    for book in books:
        known = totals.get(book.product_id, ProductTotal())
        totals[book.product_id] = ProductTotal(known.books + 1, known.satang + saved.get(book.number, 0))
    return totals


def all_products(totals: Iterable[ProductTotal]) -> ProductTotal:
    """What stands in the books of several products together."""
    each = list(totals)
    return ProductTotal(sum(one.books for one in each), sum(one.satang for one in each))


def other_products(book: SpecialBook) -> QuerySet[SpecialProduct]:
    """The group's products that a book is not of."""
    return SpecialProduct.objects.filter(group=book.group_id).exclude(books=book)


def money_card(group: SavingsGroup, on: date) -> dict[str, int]:
    """What the money page says of special savings."""
    total = all_products(product_totals(group).values())
    waiting = Withdrawal.objects.filter(group=group, entry__isnull=True, cancelled_at__isnull=True).count()
    return {
        "books": total.books,
        "satang": total.satang,
        "waiting": waiting,
    }


def balances_of_books(group: SavingsGroup, books: Iterable[SpecialBook]) -> dict[str, int]:
    """The balance of each book (satang, shown positive) by its number; books never used are absent."""
    numbers = [book.number for book in books]
    rows = Posting.objects.filter(group=group, account__code=SPECIAL_SAVINGS, account__holder__in=numbers).order_by()
    return {holder: -satang for holder, satang in rows.values_list("account__holder").annotate(Sum("amount"))}


def books_with_balances(group: SavingsGroup, books: Sequence[SpecialBook]) -> tuple[list[tuple[SpecialBook, int]], int]:
    """Each book with its balance, and what they hold together (satang)."""
    saved = balances_of_books(group, books)
    return [(book, saved.get(book.number, 0)) for book in books], sum(saved.values())
