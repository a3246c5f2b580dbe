"""What a book of special savings has earned since its last crediting, for somebody who empties it on a day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Sum

from funds.models import Posting
from savings.interest import Movement, Terms, Working, interest
from savings.models import BookMove, SpecialBook, SpecialProduct
from savings.selectors.balances import SPECIAL_SAVINGS
from savings.selectors.products import next_start, terms_of
from thai.months import add_months, month_of


def interest_to_the_day(book: SpecialBook, on: date) -> Working:
    """The interest of a book that is emptied on a day: by the terms of the product that it was of at the time.

    From the last crediting of that product on. Reckoned by day, the day itself does not count, as with every
    withdrawal; by month, the broken month's lowest balance is nothing, so whole months earn. A time without product or
    terms earns nothing.
    """
    spans = [_earned(book, product, first, last, on) for product, first, last in _products_of(book, on)]
    return Working(tuple(step for working in spans for step in working.steps))


def _products_of(book: SpecialBook, on: date) -> Iterator[tuple[SpecialProduct | None, date, date]]:
    """The products that a book was of until the end of the day's month, each with its first and last day."""
    first, end = date.min, add_months(month_of(on), 1) - timedelta(days=1)
    moves = BookMove.objects.filter(book=book).select_related("from_product__group", "to_product__group")
    product = book.product
    for move in moves.order_by("starts_on", "pk"):
        product = move.to_product
        if move.starts_on > end:
            yield move.from_product, first, end
            return
        yield move.from_product, first, move.starts_on - timedelta(days=1)
        first = move.starts_on
    yield product, first, end


def _earned(book: SpecialBook, product: SpecialProduct | None, first: date, last: date, on: date) -> Working:
    start = next_start(product) if product is not None else None
    if product is None or start is None or max(start, first) > min(last, on):
        return Working(())
    start = max(start, first)
    rows = Posting.objects.filter(
        group=book.group_id, account__code=SPECIAL_SAVINGS, account__holder=book.number, booked_on__lte=min(last, on)
    ).order_by()
    brought: int = rows.filter(booked_on__lt=start).aggregate(total=Sum("amount", default=0))["total"]
    movements = [
        Movement(day, -amount) for day, amount in rows.filter(booked_on__gte=start).values_list("booked_on", "amount")
    ]
    if on <= last:
        movements.append(Movement(on, brought - sum(each.satang for each in movements)))
    terms = [Terms(each.valid_from, each.rate, each.method) for each in terms_of(product)]
    return interest(-brought, movements, terms, first=start, last=last)
