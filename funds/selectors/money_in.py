"""Money received beside the meeting: the list, its totals; returnable subsidies and what is still to be returned."""

from datetime import date

from django.db.models import Q, QuerySet, Sum

from funds.models import MoneyIn
from funds.selectors.journal import balances
from funds.selectors.reversals import with_reversal
from members.models import SavingsGroup


def money_in(
    group: SavingsGroup, *, words: str = "", source: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[MoneyIn]:
    """What a group received beside its meetings, the latest first; words in giver, purpose, slip, number."""
    found = with_reversal(MoneyIn.objects.filter(group=group)).select_related("recorded_by", "entry")
    if words:
        wanted = Q(giver__icontains=words) | Q(purpose__icontains=words) | Q(slip_ref__icontains=words)
        is_number = words.isascii() and words.isdigit() and len(words) < 10
        found = found.filter(wanted | Q(entry__n=int(words)) if is_number else wanted)
    if source:
        found = found.filter(source=source)
    if since is not None:
        found = found.filter(received_on__gte=since)
    if until is not None:
        found = found.filter(received_on__lte=until)
    return found.order_by("-received_on", "-id")


def money_in_totals(found: QuerySet[MoneyIn]) -> dict[str, int]:
    """How many rows, and how much of each pool, satang; what was reversed is not counted in the sums."""
    standing = found.filter(entry__reversals__isnull=True)
    sums = standing.order_by().aggregate(
        operating=Sum("satang", filter=Q(account_code__startswith="O")),
        administrative=Sum("satang", filter=Q(account_code__startswith="A")),
    )
    return {
        "count": found.count(),
        "operating": sums["operating"] or 0,
        "administrative": sums["administrative"] or 0,
    }


def to_be_returned(group: SavingsGroup) -> dict[str, int]:
    """What the group still has to return of each returnable subsidy, satang > 0, by holder."""
    owed = {holder: -satang for holder, satang in balances(group, "O2350").items()}
    return {holder: satang for holder, satang in sorted(owed.items()) if satang > 0}
