"""What must hold of those who left besides the journal itself.

Each check yields (name of the rule, journal number or 0, what is wrong).
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Sum

from funds.models import Entry, Posting
from members.models import Member, SavingsGroup
from membership.models import Leaving, Settlement
from membership.selectors.settlement import BANK, CASH, SETTLED_CODES
from thai.money import format_baht

Finding = tuple[str, int, str]


def check_leavers_are_settled(group: SavingsGroup) -> Iterator[Finding]:
    """Whoever left has nothing left in the books, and left by a settlement if the leaving was written down here."""
    left = {member.holder: member for member in Member.objects.filter(group=group, status__in=Member.LEFT)}
    rows = Posting.objects.filter(group=group, account__code__in=SETTLED_CODES).order_by()
    for code, holder, satang in rows.values_list("account__code", "account__holder").annotate(total=Sum("amount")):
        if satang and holder.split("-", 1)[0] in left:
            yield "leaver-balance", 0, f"{code} {holder} has left and still has {format_baht(-satang)}"
    open_still = Leaving.objects.filter(group=group, settled_at__isnull=True, cancelled_at__isnull=True)
    for number in open_still.filter(member__status__in=Member.LEFT).values_list("member__number", flat=True):
        yield "leaver-settled", 0, f"member {number} has left without a settlement"
    for number in Leaving.objects.filter(
        group=group, settled_at__isnull=False, member__status__in=[Member.Status.ACTIVE, Member.Status.APPLICANT]
    ).values_list("member__number", flat=True):
        yield "leaver-settled", 0, f"member {number} is settled and did not leave"


def check_settlements_are_posted(group: SavingsGroup) -> Iterator[Finding]:
    """A settlement is posted as it was approved, by its entry alone; what it pays is what its payees get."""
    known: set[int] = set()
    rows = Settlement.objects.filter(group=group).select_related("entry", "leaving").prefetch_related("lines", "payees")
    for row in rows:
        if row.owed_satang != row.set_off_satang + row.paid_satang or (
            sum(payee.satang for payee in row.payees.all()) != row.paid_satang
        ):
            yield "settlement-full", row.entry.n if row.entry else 0, "the savings do not come back in full"
        if row.entry is None:
            if row.leaving.settled_at is not None and row.cancelled_at is None:
                yield "settlement-posted", 0, f"leaving {row.leaving_id} is settled without an entry"
            continue
        known.add(row.entry.pk)
        posted: defaultdict[tuple[str, str], int] = defaultdict(int)
        for code, holder, amount in Posting.objects.filter(entry=row.entry).values_list(
            "account__code", "account__holder", "amount"
        ):
            posted[code, holder] += amount
        said: defaultdict[tuple[str, str], int] = defaultdict(int)
        for line in row.lines.all():
            said[line.account_code, line.account_holder] += line.satang
        if posted != said or -sum(posted[key] for key in posted if key[0] in (CASH, BANK)) != row.paid_satang:
            yield "settlement-posted", row.entry.n, "the entry pays something else than was approved"
        if row.entry.reversals.exists():
            yield "settlement-reversed", row.entry.n, "the settlement is reversed, the member has left"
    for n in Entry.objects.filter(group=group, kind="resignation").exclude(pk__in=known).values_list("n", flat=True):
        yield "settlement-posted", n, "no settlement belongs to this entry"


def check_leavings_stay_in_group(group: SavingsGroup) -> Iterator[Finding]:
    """A leaving, its settlement and its member are of one group; who is back is another row of the same group."""
    for pk in Leaving.objects.filter(group=group).exclude(member__group=group).values_list("pk", flat=True):
        yield "leaving-group", 0, f"leaving {pk} is of another group's member"
    for pk in Settlement.objects.filter(group=group).exclude(leaving__group=F("group")).values_list("pk", flat=True):
        yield "leaving-group", 0, f"settlement {pk} is of another group's leaving"
    back = Member.objects.filter(group=group, former__isnull=False)
    for number in back.exclude(former__group=group).values_list("number", flat=True):
        yield "readmission", 0, f"member {number} was a member of another group"
    for number in back.exclude(former__status__in=[Member.Status.RESIGNED, Member.Status.EXPELLED]).values_list(
        "number", flat=True
    ):
        yield "readmission", 0, f"member {number} was admitted again without having left"


LEAVING_CHECKS = (check_leavers_are_settled, check_settlements_are_posted, check_leavings_stay_in_group)
