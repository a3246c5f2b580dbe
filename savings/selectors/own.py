"""What a member's own window says of special savings: what is asked back, the terms of a book, whence interest came."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from funds.selectors.reversals import with_reversal
from members.models import Member
from savings.models import InterestRun, ProductTerms, SpecialBook, Withdrawal

DECIDED_FOR = timedelta(days=31)


def withdrawals_of(member: Member) -> list[Withdrawal]:
    """What a member asked back: all that waits, and what was paid or cancelled within a month; the latest first."""
    since = timezone.now() - DECIDED_FOR
    rows = Withdrawal.objects.filter(member=member).filter(
        Q(entry__isnull=True, cancelled_at__isnull=True) | Q(approved_at__gte=since) | Q(cancelled_at__gte=since)
    )
    rows = with_reversal(rows)
    return list(rows.select_related("book").order_by("-pk"))


def terms_of_books(member: Member, on: date) -> dict[str, ProductTerms]:
    """The terms in force of each of a member's books that has a product, by its number. Two queries."""
    books = SpecialBook.objects.filter(member=member, product__isnull=False)
    products = dict(books.values_list("number", "product_id"))
    terms = ProductTerms.objects.filter(product__in=products.values(), valid_from__lte=on).order_by("valid_from")
    held = {each.product_id: each for each in terms.select_related("product", "resolution")}
    return {number: held[product] for number, product in products.items() if product in held}


def interest_entries(member: Member) -> dict[int, int]:
    """The crediting (id) behind each entry (number) of interest in a member's books."""
    runs = InterestRun.objects.filter(lines__book__member=member, entry__isnull=False)
    return dict(runs.values_list("entry__n", "pk"))
