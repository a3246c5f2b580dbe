"""The groups that were founded here, as their founders see them: an administrator all, a district officer the own."""

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from funds.models import Entry
from members.access import GROUP_RELATED, districts_of
from members.models import SavingsGroup, User
from membership.first_slips import FOUNDING, begun


def founded_groups(user: User, words: str = "") -> QuerySet[SavingsGroup]:
    """The founded groups that a founder may look after, the latest first; `words`: a part of name, village or code."""
    foundings = Entry.objects.filter(group=OuterRef("pk"), kind=FOUNDING)
    first = foundings.order_by().values("group").annotate(at=Min("recorded_at")).values("at")
    groups = SavingsGroup.objects.filter(Exists(foundings)).select_related(*GROUP_RELATED)
    if not user.is_administrator:
        groups = groups.filter(village__tambon__district__in=districts_of(user))
    if words:
        groups = groups.filter(
            Q(name__icontains=words)
            | Q(code__icontains=words)
            | Q(village__name__icontains=words)
            | Q(village__tambon__name_th__icontains=words)
            | Q(village__tambon__name_en__icontains=words)
        )
    return groups.annotate(first_founded_at=Subquery(first)).order_by("-first_founded_at", "-pk")


def still_waiting(groups: QuerySet[SavingsGroup]) -> int:
    """How many of some groups have no officer with a password yet."""
    return groups.exclude(begun("pk")).count()
