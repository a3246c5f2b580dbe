"""I4: what the activities say agrees with the journal: each act with its entry, goods with the stock in the books."""

import json
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum

from funds.acts import ENTRY_KINDS
from funds.findings import Finding
from funds.models import Act, Activity, Entry, EntryDetails, Posting
from funds.postings_in_kind import lines_of
from funds.selectors.activities import stock_list
from members.models import SavingsGroup


def check_activities(group: SavingsGroup) -> Iterator[Finding]:
    """Every act posts what it says, every entry of an activity has its act, no goods are below nothing."""
    acts = Act.objects.filter(activity__group=group, state=Act.State.POSTED).select_related(
        "activity", "entry", "good", "member", "loan", "made_loan"
    )
    posted: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    entries = acts.order_by().values("entry")
    rows = Posting.objects.filter(group=group, entry__in=entries).order_by()
    for entry, code, holder, total in rows.values_list("entry", "account__code", "account__holder").annotate(
        total=Sum("amount")
    ):
        posted[entry][code, holder] = total
    words = dict(EntryDetails.objects.filter(entry__in=entries).values_list("entry", "text"))
    for act in acts:
        assert act.entry is not None
        if act.undoes is not None:
            if act.entry.reverses_id != act.undoes.entry_id:
                yield Finding("I4", act.entry.n, f"does not undo what act {act.pk} says")
            continue
        said = {(code, holder): amount for code, holder, amount in lines_of(act)}
        sealed = json.loads(words[act.entry_id]).get("thousandths") if act.entry_id in words else act.quantity
        if said != posted[act.entry.pk] or sealed != act.quantity or act.entry.kind != act.deed.entry:
            yield Finding("I4", act.entry.n, f"is not what act {act.pk} of its activity says")
    for n in Entry.objects.filter(group=group, kind__in=ENTRY_KINDS, act__isnull=True).values_list("n", flat=True):
        yield Finding("I4", n, "moves the goods of an activity and has no act")
    yield from _goods(group)


def _goods(group: SavingsGroup) -> Iterator[Finding]:
    rows = Posting.objects.filter(group=group, account__code="O1400").order_by().values_list("account__holder")
    booked = dict(rows.annotate(total=Sum("amount")))
    for activity in Activity.objects.filter(group=group):
        stock = stock_list(activity)
        for row in stock:
            if row.quantity < 0 or row.satang < 0:
                yield Finding("I4", 0, f"{activity.name}: {row.good.name} stands at {row.quantity}, {row.satang}")
        if sum(row.satang for row in stock) > booked.get(activity.name, 0):
            yield Finding("I4", 0, f"{activity.name}: its goods are worth more than its stock in the books")
