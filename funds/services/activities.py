"""An activity begins, ends, gets a keeper, goods and terms."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from funds.activity_errors import ActivityEnded, ActivityKnown, ActivityNotEmpty, BroughtTooMuch, GoodKnown
from funds.errors import MalformedEntry
from funds.journal import lock_book
from funds.models import Activity, Good, KindTerms
from funds.selectors.activities import barn_of, stock_list, unassigned, waiting_acts_of
from members.models import Member, Resolution, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht


@transaction.atomic
def start_activity(
    *,
    group: SavingsGroup,
    name: str,
    kind: str,
    unit_book: str,
    started_on: date,
    by: User,
    keeper: Member | None = None,
    resolution: Resolution | None = None,
) -> Activity:
    """Write down an activity. Raises ActivityKnown for a name or a unit book that the group has already."""
    lock_book(group)
    known = Activity.objects.filter(group=group)
    if known.filter(name=name).exists() or (unit_book and known.filter(unit_book=unit_book).exists()):
        raise ActivityKnown
    return Activity.objects.create(
        group=group,
        name=name,
        kind=kind,
        unit_book=unit_book,
        started_on=started_on,
        keeper=keeper,
        resolution=resolution,
        recorded_by=by,
        recorded_at=timezone.now(),
    )


@transaction.atomic
def change_activity(*, activity: Activity, keeper: Member | None, ended_on: date | None) -> Activity:
    """Name another keeper, or end an activity whose goods are gone. Raises ActivityNotEmpty, ActivityEnded."""
    lock_book(activity.group)
    if ended_on is not None:
        if ended_on < activity.started_on:
            day = format_date(ended_on, language=active_language())
            raise ActivityEnded(name=activity.name, day=day)
        if _has_something(activity):
            raise ActivityNotEmpty(name=activity.name)
    activity.keeper, activity.ended_on = keeper, ended_on
    activity.save(update_fields=["keeper", "ended_on"])
    return activity


def _has_something(activity: Activity) -> bool:
    if any(row.quantity or row.satang for row in stock_list(activity)) or waiting_acts_of(activity).exists():
        return True
    if not activity.unit_book:
        return False
    barn = barn_of(activity)
    return bool(barn.stored or barn.lent)


@transaction.atomic
def add_good(
    *,
    activity: Activity,
    name: str,
    unit: str,
    price_satang: int | None = None,
    brought_quantity: int = 0,
    brought_satang: int = 0,
) -> Good:
    """Add a good; what stood in the books in one sum at the opening may be taken over for it.

    Raises GoodKnown, BroughtTooMuch.
    """
    lock_book(activity.group)
    if activity.goods.filter(name=name).exists():
        raise GoodKnown(name=name)
    if brought_satang and not brought_quantity:
        raise MalformedEntry(fault="a value without a quantity")
    if brought_quantity and (free := unassigned(activity)) < brought_satang:
        raise BroughtTooMuch(free=format_baht(free))
    return Good.objects.create(
        activity=activity,
        name=name,
        unit=unit,
        price_satang=price_satang,
        brought_quantity=brought_quantity,
        brought_satang=brought_satang,
    )


def change_price(*, good: Good, price_satang: int | None) -> Good:
    """Set what one unit is sold for; what was sold keeps its price."""
    good.price_satang = price_satang
    good.save(update_fields=["price_satang"])
    return good


@transaction.atomic
def set_kind_terms(
    *,
    activity: Activity,
    valid_from: date,
    rate: int,
    limit_grams: int,
    by: User,
    resolution: Resolution | None = None,
) -> KindTerms:
    """Set interest and limit from a day on; of terms set twice for one day both stay, and the last holds.

    rate: hundredths of a per cent of what is lent. What is lent already keeps its own interest. The same as the last
    that were set for the day is one.
    """
    lock_book(activity.group)
    content = {"rate": rate, "limit_grams": limit_grams, "resolution": resolution}
    last = KindTerms.objects.filter(activity=activity, valid_from=valid_from).order_by("-id").first()
    if last is not None and all(getattr(last, name) == value for name, value in content.items()):
        return last
    return KindTerms.objects.create(
        activity=activity, valid_from=valid_from, set_by=by, set_at=timezone.now(), **content
    )
