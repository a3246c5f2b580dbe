"""A book goes over to another product, between interest periods only."""

from django.db import transaction

from funds.journal import lock_book
from members.models import Resolution, User
from savings.errors import InterestWaits, NotBetweenPeriods
from savings.models import BookMove, SpecialBook, SpecialProduct
from savings.selectors.products import next_start, standing_runs
from thai.dates import format_date
from thai.language import active_language


@transaction.atomic
def move_book(*, book: SpecialBook, product: SpecialProduct, resolution: Resolution, by: User) -> SpecialBook:
    """Let a book follow another product's terms from the day up to which the interest of both is credited.

    A book that is of the product already stays as it is. Raises InterestWaits, NotBetweenPeriods.
    """
    lock_book(book.group)
    locked = SpecialBook.objects.select_for_update(of=("self",)).select_related("product__group").get(pk=book.pk)
    if locked.product_id == product.pk:
        return locked
    for each in (locked.product, product):
        if each is not None and standing_runs(each).filter(entry__isnull=True).exists():
            raise InterestWaits
    start = next_start(product)
    left = next_start(locked.product) if locked.product is not None else start
    if start is None or left != start:
        raise NotBetweenPeriods(
            left=format_date(left, language=active_language()) if left else "–",
            joined=format_date(start, language=active_language()) if start else "–",
        )
    BookMove.objects.create(
        book=locked,
        from_product=locked.product,
        to_product=product,
        starts_on=start,
        resolution=resolution,
        moved_by=by,
    )
    locked.product = product
    locked.save(update_fields=["product"])
    return locked
