"""A group's account year in figures: what its books say, to be held against any other arithmetic. Reads only.

Amounts are satang, positive as people say them; keys are member numbers and contract numbers as text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from funds import kinds
from funds.models import EntryDetails, Posting
from funds.selectors import balances, code_balances
from meetings.models import Meeting
from members.models import Member, SavingsGroup
from savings.models import PledgePeriod
from thai.months import account_year_start, add_months, months_apart

CLOSE = "year_close"
RETURNED = ("resignation",)
MOVEMENT_FIELDS = (
    "entry_id", "entry__kind", "entry__reverses__kind", "booked_on", "account__code", "account__holder", "amount",
)  # fmt: skip


@dataclass(frozen=True)
class Movement:
    """A posting of the year with the kind of event behind it; a reversal has the kind of what it reverses."""

    entry_id: int
    kind: str
    booked_on: date
    code: str
    holder: str
    satang: int


@dataclass(frozen=True)
class Year:
    """An account year by its two ends."""

    name: int
    starts_on: date
    ends_on: date

    @property
    def eve(self) -> date:
        """The day before it."""
        return self.starts_on - timedelta(days=1)

    def month(self, on: date) -> int:
        """The account month of a day, 1 to 12."""
        return months_apart(self.starts_on, on) + 1


def year_of(group: SavingsGroup, name: int) -> Year:
    """The account year of a name (Buddhist Era): it begins in the month in which the group's first one did."""
    starts_on = account_year_start(name, start_month=group.first_year_starts_on.month)
    return Year(name, starts_on, add_months(starts_on, 12) - timedelta(days=1))


def group_summary(*, group: SavingsGroup, year: int, borrowers: Mapping[str, int]) -> dict[str, Any]:
    """Return members, totals and balances of an account year, as of its last day.

    borrowers: the member number behind each contract. baht_months = opening x 12 + what was received in month m x
    (12 - m), without honorary members and leavers; missed_months = closed meetings at which a member with a pledge
    paid nothing, from joining until leaving.
    """
    span = year_of(group, year)
    movements = _movements(group, span)
    members = list(_members(group, span))
    pledge = _by_number(balances(group, "O2100", span.ends_on))
    special = _by_number(balances(group, "O2200", span.ends_on))
    baht_months = _baht_months(group, span, movements, members)
    return {
        "unit": "satang",
        "account_year": year,
        "members": len(members),
        "households": len({member.household_id for member in members if member.household_id}),
        "totals": {
            "pledge": sum(pledge.values()),
            "special": sum(special.values()),
            **_year_totals(group, span, movements),
            "baht_months": sum(baht_months.values()),
            "missed_months": _missed_months(group, span, movements, members),
        },
        "pledge_balance": _texts({member.number: pledge.get(member.number, 0) for member in members}),
        "special_balance": _texts(special),
        "baht_months": _texts(baht_months),
        "interest_paid": _texts(_interest_paid(movements, borrowers)),
        "loan_outstanding": balances(group, "O1300", span.ends_on),
    }


def _movements(group: SavingsGroup, span: Year) -> list[Movement]:
    rows = (
        Posting.objects.filter(group=group, booked_on__range=(span.starts_on, span.ends_on))
        .order_by("entry_id", "line")
        .values_list(
            "entry_id",
            "entry__kind",
            "entry__reverses__kind",
            "booked_on",
            "account__code",
            "account__holder",
            "amount",
        )
    )
    return [
        Movement(entry_id, kinds.plain(reversed_kind or kind), booked_on, code, holder, satang)
        for entry_id, kind, reversed_kind, booked_on, code, holder, satang in rows
    ]


def _members(group: SavingsGroup, span: Year) -> QuerySet[Member]:
    """The whole register up to the year's end, leavers too."""
    return Member.objects.filter(group=group, admitted_on__lte=span.ends_on).order_by("number")


def _year_totals(group: SavingsGroup, span: Year, movements: Iterable[Movement]) -> dict[str, int]:
    moved: dict[str, int] = defaultdict(int)
    lent = returned = 0
    for movement in movements:
        if movement.kind != CLOSE:
            moved[movement.code] += movement.satang
        if movement.kind == "loan_disbursement" and movement.code == "O1300":
            lent += movement.satang
        if movement.kind in RETURNED and movement.code in ("O2100", "O2200"):
            returned += movement.satang
    codes = ("O1100", "O1200", "O1300", "A1100")
    at_end = code_balances(group, codes, span.ends_on)
    return {
        "loans_outstanding": at_end["O1300"],
        "loans_paid_out": lent,
        "loan_interest": -moved["O4100"],
        "fines": -moved["O4200"],
        "special_interest": moved["O5200"],
        "profit": -sum(satang for code, satang in moved.items() if code[:2] in ("O4", "O5")),
        "operating_cash_and_bank": at_end["O1100"] + at_end["O1200"],
        "operating_cash": at_end["O1100"],
        "operating_bank": at_end["O1200"],
        "administrative_cash": at_end["A1100"],
        "subsidy": -moved["O3200"],
        "savings_returned": returned,
        "loans_brought_forward": code_balances(group, ["O1300"], span.eve)["O1300"],
    }


def _baht_months(
    group: SavingsGroup, span: Year, movements: Iterable[Movement], members: Iterable[Member]
) -> dict[int, int]:
    opening = _by_number(balances(group, "O2100", span.eve))
    weighted: dict[int, int] = defaultdict(int)
    for movement in movements:
        if movement.code == "O2100" and movement.kind not in RETURNED:
            weighted[int(movement.holder)] -= movement.satang * (12 - span.month(movement.booked_on))
    return {
        member.number: opening.get(member.number, 0) * 12 + weighted[member.number]
        for member in members
        if member.kind != Member.Kind.HONORARY and (member.left_on is None or member.left_on > span.ends_on)
    }


def _missed_months(group: SavingsGroup, span: Year, movements: Iterable[Movement], members: Iterable[Member]) -> int:
    paid: dict[tuple[date, int], int] = defaultdict(int)
    for movement in movements:
        if movement.code == "O2100" and movement.kind not in RETURNED:
            paid[movement.booked_on, int(movement.holder)] -= movement.satang
    vowed = set(PledgePeriod.objects.filter(group=group, satang__gt=0).values_list("member_id", flat=True))
    days = Meeting.objects.filter(group=group, year=span.name, status=Meeting.Status.CLOSED).values_list(
        "held_on", flat=True
    )
    return sum(
        1
        for held_on in days
        for member in members
        if member.pk in vowed and _belongs(member, held_on) and paid[held_on, member.number] <= 0
    )


def _belongs(member: Member, on: date) -> bool:
    """Whether somebody was a member on a day; the day of leaving is the first without."""
    joined = member.admitted_on is not None and member.admitted_on <= on
    return joined and (member.left_on is None or on < member.left_on)


def _interest_paid(movements: Iterable[Movement], borrowers: Mapping[str, int]) -> dict[int, int]:
    """Loan interest by who paid it: by the contract in the same receipt, else by its words or its other accounts."""
    interest: dict[int, int] = defaultdict(int)
    payers: dict[int, int] = {}
    for movement in movements:
        if movement.code == "O4100" and movement.kind != CLOSE:
            interest[movement.entry_id] -= movement.satang
        elif movement.code == "O1300" and movement.holder in borrowers:
            payers[movement.entry_id] = borrowers[movement.holder]
        elif movement.code in ("O2100", "O2200"):
            payers.setdefault(movement.entry_id, int(movement.holder[:4]))
    unnamed = [entry_id for entry_id in interest if entry_id not in payers]
    for details in EntryDetails.objects.filter(entry__in=unnamed):
        if holder := details.data.get("member"):
            payers[details.entry_id] = int(holder)
    paid: dict[int, int] = defaultdict(int)
    for entry_id, satang in interest.items():
        if entry_id in payers:
            paid[payers[entry_id]] += satang
    return {number: satang for number, satang in paid.items() if satang}


def _by_number(by_holder: Mapping[str, int]) -> dict[int, int]:
    """Turn raw balances by holder into savings by member number; several books of a member are added up."""
    totals: dict[int, int] = defaultdict(int)
    for holder, satang in sorted(by_holder.items()):
        totals[int(holder.split("-")[0])] -= satang
    return dict(totals)


def _texts(by_number: Mapping[int, int]) -> dict[str, int]:
    return {str(number): by_number[number] for number in sorted(by_number)}
