"""What the pages of the activities list: each activity with what it has, acts with their sums, what waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from funds.act_words import KILOGRAM, amount_said, unit_of_act
from funds.models import Act, Activity, Entry
from funds.reversing import OwnPage
from funds.selectors.activities import STANDS, Barn, LoanRow, Stock, activities_of, barns_of
from funds.selectors.journal import balances
from funds.waiting import Waiting
from members.models import SavingsGroup, User
from thai.quantities import Grams

BRINGS_IN = ("purchase", "gift_in", "kind_return", "kind_deposit", "kind_gift", "kind_purchase")
TAKES_OUT = ("sale", "gift_out", "kind_loan", "kind_withdrawal", "kind_sale", "kind_loss")
SOLD, BOUGHT = ("sale", "kind_sale"), ("purchase", "kind_purchase")


@dataclass(frozen=True)
class Overview:
    """One activity with the value of its goods (satang), its barn and how many loans in kind are late."""

    activity: Activity
    stock: int
    barn: Barn | None


@dataclass(frozen=True)
class ActRow:
    """An act as a list prints it: with the unit of its quantity, and what it is about (satang or Grams)."""

    act: Act
    unit: str
    worth: int


@dataclass(frozen=True)
class UnitSum:
    """What came in and went out of one unit; thousandths."""

    unit: str
    came: int
    went: int


@dataclass(frozen=True)
class ActSums:
    """Sums over a list of acts: how many, baht for goods bought and sold (satang), quantities by unit."""

    count: int
    bought: int
    sold: int
    units: tuple[UnitSum, ...]


def overviews(group: SavingsGroup, words: str = "") -> list[Overview]:
    """A group's activities with what they have, those at work first. Three queries."""
    stock = balances(group, "O1400")
    found = activities_of(group)
    if words:
        found = found.filter(name__icontains=words)
    barns = barns_of(group.pk, [each.unit_book for each in found])
    return [Overview(each, stock.get(each.name, 0), barns.get(each.unit_book)) for each in found]


def card(group: SavingsGroup, on: date) -> dict[str, Any]:
    """What the card of the money page says: the activities at work."""
    return {"rows": [row for row in overviews(group) if row.activity.ended_on is None]}


def worth_of(act: Act) -> int:
    """What an act is about: the price, the kilograms, or the value that a count moves; satang, or Grams."""
    if act.undoes is not None:
        return worth_of(act.undoes)
    if act.satang:
        return act.satang
    return Grams(act.quantity) if act.deed.in_kind else abs(act.cost)


def act_rows(activity: Activity, acts: Iterable[Act]) -> list[ActRow]:
    """Acts of one activity for a list."""
    rows = []
    for act in acts:
        act.activity = activity
        if act.undoes is not None:
            act.undoes.activity = activity
        rows.append(ActRow(act, unit_of_act(act), worth_of(act)))
    return rows


def waiting_acts(group: SavingsGroup, user: User) -> list[Waiting]:
    """What of the activities a second officer has to approve."""
    rows = Act.objects.filter(activity__group=group, state=Act.State.WAITING)
    related = ("activity", "good", "member", "loan__member", "requested_by", "undoes__activity", "undoes__good")
    return [
        Waiting(
            title=f"{act.deed.label}: {act.activity.name}",
            satang=worth_of(act),
            to=act.member.full_name if act.member else act.party,
            asked_by=act.requested_by,
            asked_at=act.requested_at,
            url=reverse("funds:act", args=[group.code, act.activity_id, act.pk]),
            text=f"{act.good.name if act.good else act.activity.goods_in_kind} {amount_said(act)}",
        )
        for act in rows.select_related(*related).order_by("id")
    ]


def act_of(activity: Activity, act_id: int) -> Act | None:
    """One act of an activity with everything that its page says."""
    related = (
        "good", "member", "entry", "loan__member", "made_loan", "requested_by", "approved_by", "cancelled_by",
        "undoes__entry", "undoes__good", "resolution", "signature__signed_by",
    )  # fmt: skip
    act = Act.objects.filter(activity=activity, pk=act_id).select_related(*related).first()
    if act is not None:
        act.activity = activity
        if act.undoes is not None:
            act.undoes.activity = activity
    return act


def undone_by(act: Act) -> Act | None:
    """The act that undoes this one, or asks to."""
    return act.undone_by.exclude(state=Act.State.CANCELLED).first()


def act_sums(acts: QuerySet[Act]) -> ActSums:
    """Sum up a list; what waits, what was undone and what undoes counts in no sum. Two queries."""
    stands = Act.objects.filter(STANDS, pk__in=acts.order_by().values("pk")).exclude(kind="undo").order_by()
    kept = stands.values("kind", "good__unit").annotate(
        moved=Sum("quantity"),
        satang=Sum("satang", default=0),
        found=Sum("change", filter=Q(change__gt=0), default=0),
        missed=Sum("change", filter=Q(change__lt=0), default=0),
    )
    came: dict[str, int] = defaultdict(int)
    went: dict[str, int] = defaultdict(int)
    baht: dict[str, int] = defaultdict(int)
    for row in kept:
        unit = row["good__unit"] or KILOGRAM
        came[unit] += row["found"] + (row["moved"] if row["kind"] in BRINGS_IN else 0)
        went[unit] += (row["moved"] if row["kind"] in TAKES_OUT else 0) - row["missed"]
        baht[row["kind"]] += row["satang"]
    units = tuple(UnitSum(unit, came[unit], went[unit]) for unit in sorted(came))
    return ActSums(
        count=acts.count(),
        bought=sum(baht[kind] for kind in BOUGHT),
        sold=sum(baht[kind] for kind in SOLD),
        units=units,
    )


def by_borrower(rows: Sequence[LoanRow]) -> list[LoanRow]:
    """Loans in kind by the borrower's number, the oldest of each first."""
    return sorted(rows, key=lambda row: (row.loan.member.number, row.loan.lent_on, row.loan.pk))


def age_in_days(row: LoanRow, on: date) -> int:
    """How long ago a loan was lent."""
    return (on - row.loan.lent_on).days


def late_count(rows: Iterable[LoanRow]) -> int:
    """How many loans in kind are past their day."""
    return sum(row.is_late for row in rows)


def owed_sums(rows: Sequence[LoanRow]) -> dict[str, Grams]:
    """What was lent, and principal, interest and all that is still owed of it."""
    kept = ("lent", "principal", "interest", "owed")
    return {name: sum((getattr(row, name) for row in rows), Grams(0)) for name in kept}


def value_of(rows: Iterable[Stock]) -> int:
    """What goods stand in the books at, satang."""
    return sum(row.satang for row in rows)


def stock_total(rows: Iterable[Overview]) -> int:
    """What the goods of all these activities stand in the books at, satang."""
    return sum(row.stock for row in rows)


def booked_value(activity: Activity) -> int:
    """What an activity's stock stands in the books at, satang; with what belongs to no good yet."""
    return balances(activity.group, "O1400").get(activity.name, 0)


def undo_page(entry: Entry) -> OwnPage | None:
    """What an activity did is undone on the page of what was done."""
    act = Act.objects.filter(entry=entry).select_related("activity__group").first()
    if act is None:
        return None
    url = reverse("funds:act", args=[act.activity.group.code, act.activity_id, act.pk])
    return OwnPage(url, act.deed.label)
