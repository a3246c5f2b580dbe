"""Acts on loans: the list, what waits for a second officer, what of a loan guarantors have paid."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse

from funds.models import Entry
from funds.waiting import Waiting
from loans.models import Loan, LoanAct, Repayment
from loans.selectors.act_words import TITLES
from members.models import Member, SavingsGroup, User
from members.selectors.people import PeopleFilter, people

SHOWS = ("all", "waiting", "posted", "cancelled")
RELATED = (
    "loan__member", "resolution", "requested_by", "approved_by", "cancelled_by", "entry", "signature__signed_by",
)  # fmt: skip


def acts(group: SavingsGroup, *, q: str = "", show: str = "all") -> QuerySet[LoanAct]:
    """The acts of a group, the latest first."""
    found = LoanAct.objects.filter(group=group).select_related(*RELATED)
    found = found.annotate(is_reversed=Exists(Entry.objects.filter(reverses=OuterRef("entry"))))
    if show == "waiting":
        found = found.filter(entry__isnull=True, cancelled_at__isnull=True)
    elif show == "posted":
        found = found.filter(entry__isnull=False)
    elif show == "cancelled":
        found = found.filter(cancelled_at__isnull=False)
    if q:
        members = people(group=group, by=PeopleFilter(q=q)).values("pk")
        found = found.filter(Q(loan__member__in=members) | Q(loan__number__icontains=q) | Q(reason__icontains=q))
    return found.order_by("-pk")


def waiting_acts(group: SavingsGroup, user: User) -> list[Waiting]:
    """The acts that a second officer has to approve."""
    return [
        Waiting(
            title=f"{TITLES[row.kind]} · {row.loan.member.full_name}" if row.loan else str(TITLES[row.kind]),
            satang=abs(row.satang),
            to="",
            text=f"{row.loan.number} · {row.reason}" if row.loan else row.reason,
            asked_by=row.requested_by,
            asked_at=row.requested_at,
            url=reverse("loans:act", args=[group.code, row.pk]),
        )
        for row in acts(group, show="waiting")
    ]


def paid_by_guarantors(loan: Loan) -> list[tuple[Member, int]]:
    """What each guarantor has paid for the borrower and may claim from the borrower (s.693), satang."""
    rows = Repayment.objects.filter(loan=loan, kind=Repayment.Kind.GUARANTOR, entry__reversals__isnull=True)
    parts = Sum("principal_satang") + Sum("interest_satang") + Sum("fine_satang")
    sums = dict(rows.order_by().values_list("payer").annotate(total=parts))
    payers = Member.objects.filter(pk__in=sums).order_by("number")
    return [(payer, sums[payer.pk]) for payer in payers]
