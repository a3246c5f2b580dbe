"""What a book of special savings has earned since its last crediting, for somebody who empties it on a day."""

from datetime import date, timedelta

from django.db.models import Sum

from funds.models import Posting
from savings.interest import Movement, Terms, Working, interest
from savings.models import SpecialBook
from savings.selectors.balances import SPECIAL_SAVINGS
from savings.selectors.products import standing_runs, terms_of
from thai.months import add_months, month_of


def interest_to_the_day(book: SpecialBook, on: date) -> Working:
    """The interest of a book that is emptied on a day: by its product's terms, from the last crediting on.

    Reckoned by day, the day itself does not count, as with every withdrawal; by month, the broken month's lowest
    balance is nothing, so whole months earn. A book without product or terms earns nothing.
    """
    terms = [Terms(each.valid_from, each.rate, each.method) for each in terms_of(book.product)] if book.product else []
    if book.product is None or not terms:
        return Working(())
    last = standing_runs(book.product).filter(entry__isnull=False).first()
    start = max(terms[0].valid_from, month_of(book.group.first_year_starts_on))
    if last is not None:
        start = last.ends_on + timedelta(days=1)
    if start > on:
        return Working(())
    rows = Posting.objects.filter(
        group=book.group_id, account__code=SPECIAL_SAVINGS, account__holder=book.number, booked_on__lte=on
    ).order_by()
    brought: int = rows.filter(booked_on__lt=start).aggregate(total=Sum("amount", default=0))["total"]
    movements = [
        Movement(day, -amount) for day, amount in rows.filter(booked_on__gte=start).values_list("booked_on", "amount")
    ]
    balance = sum(each.satang for each in movements) - brought
    end = add_months(month_of(on), 1) - timedelta(days=1)
    return interest(-brought, [*movements, Movement(on, -balance)], terms, first=start, last=end)
