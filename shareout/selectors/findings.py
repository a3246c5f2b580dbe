"""Late findings of closed years: what was corrected, what waits, and where money could lie."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from funds.chart import head_of, unit_name
from funds.models import AccountYear, Entry
from funds.selectors import balances
from funds.selectors.bank import bank_accounts
from funds.waiting import Waiting
from members.models import SavingsGroup, User
from shareout.models import LateFinding

RELATED = ("year", "resolution", "requested_by", "approved_by", "cancelled_by", "entry", "signature")
UNKNOWN_OWNER = "O2600"


@dataclass(frozen=True)
class Place:
    """Where a correction books: an account, as people call it."""

    code: str
    holder: str
    label: str

    @property
    def key(self) -> str:
        """What a form sends."""
        return f"{self.code}:{self.holder}"


def findings_of(group: SavingsGroup, q: str = "") -> QuerySet[LateFinding]:
    """The findings of a group, the latest first, found by what was found or by year."""
    rows = LateFinding.objects.filter(group=group).select_related(*RELATED).order_by("-pk")
    if q:
        by_year = Q(year__year=int(q)) if q.isascii() and q.isdecimal() else Q()
        rows = rows.filter(Q(memo__icontains=q) | Q(resolution__number__icontains=q) | by_year)
    return rows


def finding_total(rows: QuerySet[LateFinding]) -> int:
    """What the posted ones brought to the pools' own money, satang; below 0: it took."""
    return sum(row.satang if row.is_more else -row.satang for row in rows if row.entry_id is not None)


def corrections_of(group: SavingsGroup) -> QuerySet[Entry]:
    """The entries of closed years that were corrected by undoing an entry (funds' own page), the latest first."""
    rows = Entry.objects.filter(group=group, kind="prior_year", reverses__isnull=False)
    return rows.select_related("reverses").order_by("-n")


def closed_years(group: SavingsGroup) -> QuerySet[AccountYear]:
    """The years that are closed, the latest first."""
    return AccountYear.objects.filter(group=group, closing__isnull=False).order_by("-starts_on")


def places_of(group: SavingsGroup) -> list[Place]:
    """Cash and bank accounts of each pool, and money whose owner never came."""
    banks = bank_accounts(group, closed=False)
    found = []
    for pool in ("O", "A"):
        name, cash, bank_name = unit_name(pool), head_of(f"{pool}1100").name, head_of(f"{pool}1200").name
        found.append(Place(f"{pool}1100", "", f"{name}: {cash}"))
        found += [Place(f"{pool}1200", bank.holder, f"{name}: {bank.label or bank_name}") for bank in banks]
    unknown = head_of(UNKNOWN_OWNER).name
    found += [
        Place(UNKNOWN_OWNER, holder, f"{unknown} {holder}".strip()) for holder in sorted(balances(group, UNKNOWN_OWNER))
    ]
    return found


def waiting_findings(group: SavingsGroup, user: User) -> list[Waiting]:
    """The findings among what waits for a second officer."""
    rows = findings_of(group).filter(entry__isnull=True, cancelled_at__isnull=True)
    return [
        Waiting(
            title=_("Late finding of the account year %(year)s") % {"year": row.year.year},
            satang=row.satang,
            to="",
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("shareout:finding", args=[group.code, row.pk]),
        )
        for row in rows
    ]
