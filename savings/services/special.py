"""Books of special savings: one account each, numbered within the member."""

from collections.abc import Iterable

from django.db import transaction

from members.models import Member, SavingsGroup, User
from savings.errors import NotAMember
from savings.models import SpecialBook, SpecialProduct


@transaction.atomic
def open_special_book(*, member: Member, by: User | None) -> SpecialBook:
    """Open a further book of special savings for a member; the first is `0005-1`. Raises NotAMember."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.has_left:
        raise NotAMember(name=locked.full_name)
    book = SpecialBook.objects.filter(member=locked).count() + 1
    return SpecialBook.objects.create(
        group_id=locked.group_id,
        member=locked,
        number=book_number(locked, book),
        opened_by=by,
        product=default_product(locked.group),
    )


@transaction.atomic
def open_special_books(*, group: SavingsGroup, members: Iterable[Member], by: User | None) -> dict[int, SpecialBook]:
    """Return each member's first book of special savings by member id, opening those that are missing."""
    wanted = {member.pk: member for member in members}
    found: dict[int, SpecialBook] = {}
    for book in SpecialBook.objects.filter(group=group, member__in=wanted).order_by("number"):
        found.setdefault(book.member_id, book)
    missing = [member for pk, member in wanted.items() if pk not in found]
    product = default_product(group) if missing else None
    for book in SpecialBook.objects.bulk_create(
        SpecialBook(group=group, member=member, number=book_number(member, 1), opened_by=by, product=product)
        for member in missing
    ):
        found[book.member_id] = book
    return found


def default_product(group: SavingsGroup) -> SpecialProduct | None:
    """The product of which new books are, unless told; None while the group has none."""
    return SpecialProduct.objects.filter(group=group, is_default=True).first()


def book_number(member: Member, book: int) -> str:
    """The number of a member's first, second ... book: `0005-1`."""
    return f"{member.holder}-{book}"
