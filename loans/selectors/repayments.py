"""Repayments as lists and sums: what came in for loans, whose claim a guarantor's payment has become, their fines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from funds.models import Entry, MatchedPosting, Way
from loans.models import Guarantee, Loan, LoanReceipt, Repayment
from loans.selectors.standings import live_loans, standings
from loans.standing import Standing
from members.models import Member, SavingsGroup
from members.selectors.people import PeopleFilter, people

SHOWS = ("all", "waiting", "guarantor", "meeting", "beside")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a guarantor paid for a borrower (satang), who owes it to the guarantor from then on."""

    guarantor: Member
    satang: int


@dataclass(frozen=True, slots=True)
class ToRepay:
    """A live loan and where it stands."""

    loan: Loan
    standing: Standing


def repayments(group: SavingsGroup, *, q: str = "", show: str = "all") -> QuerySet[Repayment]:
    """What was paid on loans, the latest first; each says whether it was reversed or found in the bank book.

    What was written off is no payment.
    """
    beside = LoanReceipt.objects.filter(entry=OuterRef("entry"))
    paid = Repayment.objects.filter(group=group).exclude(kind=Repayment.Kind.WRITE_OFF)
    found = paid.select_related("loan__member", "payer", "entry")
    found = found.annotate(
        together=F("principal_satang") + F("interest_satang") + F("fine_satang"),
        reversed_n=Subquery(Entry.objects.filter(reverses=OuterRef("entry")).values("n")[:1]),
        way=Subquery(beside.values("way")[:1]),
        slip=Subquery(beside.values("slip_ref")[:1]),
        is_matched=Exists(MatchedPosting.objects.filter(entry=OuterRef("entry"))),
    )
    match show:
        case "waiting":
            found = found.filter(way=Way.TRANSFER, reversed_n__isnull=True, is_matched=False)
        case "guarantor":
            found = found.filter(kind=Repayment.Kind.GUARANTOR)
        case "meeting":
            found = found.filter(way__isnull=True, kind=Repayment.Kind.PAYMENT)
        case "beside":
            found = found.filter(way__isnull=False)
    if q:
        who = people(group=group, by=PeopleFilter(q=q)).values("pk")
        fits = Q(loan__number__icontains=q) | Q(slip__icontains=q) | Q(loan__member__in=who) | Q(payer__in=who)
        found = found.filter(fits)
    return found.order_by("-paid_on", "-entry_id", "loan_id")


@dataclass(frozen=True, slots=True)
class RepaidSum:
    """Sums of a list of repayments, reversed ones left out; satang."""

    principal: int
    interest: int
    fine: int

    @property
    def together(self) -> int:
        """All of it."""
        return self.principal + self.interest + self.fine


def repaid_sum(found: QuerySet[Repayment]) -> RepaidSum:
    """What stands of a list."""
    standing = found.filter(entry__reversals__isnull=True).order_by()
    sums = standing.aggregate(
        principal=Sum("principal_satang", default=0),
        interest=Sum("interest_satang", default=0),
        fine=Sum("fine_satang", default=0),
    )
    return RepaidSum(**sums)


def waiting_transfers(group: SavingsGroup) -> int:
    """How many transfers for loans the bank book has not shown yet."""
    return repayments(group, show="waiting").values("entry").distinct().count()


def claims_on(loans: Iterable[Loan]) -> list[Claim]:
    """What guarantors paid of these loans and can ask back from the borrower, by member number."""
    rows = Repayment.objects.filter(
        loan__in=list(loans), kind=Repayment.Kind.GUARANTOR, entry__reversals__isnull=True
    ).select_related("payer")
    sums: dict[int, int] = {}
    payers: dict[int, Member] = {}
    for row in rows:
        payers[row.payer_id] = row.payer
        paid = row.principal_satang + row.interest_satang + row.fine_satang
        sums[row.payer_id] = sums.get(row.payer_id, 0) + paid
    ordered = sorted(payers.values(), key=lambda member: member.number)
    return [Claim(member, sums[member.pk]) for member in ordered]


def loans_to_repay(loan: Loan, on: date) -> list[ToRepay]:
    """This loan and the borrower's other live ones as they stand on a day, this one first."""
    live = live_loans(loan.group, on).filter(member=loan.member_id).exclude(entry__reversals__isnull=False)
    loans = sorted(live, key=lambda each: (each.pk != loan.pk, each.contracted_on, each.number))
    found = standings(loan.group, on, loans=loans)
    return [ToRepay(each, found[each.pk]) for each in loans if each.pk in found]


def payers_of(loans: Iterable[Loan], borrower: Member) -> list[Member]:
    """Who may pay: the borrower, then whoever stands guarantor for one of these loans."""
    stands = Guarantee.objects.filter(loan__in=list(loans), released_on__isnull=True, declined_at__isnull=True)
    others = {row.member_id: row.member for row in stands.select_related("member").order_by("member__number")}
    return [borrower, *others.values()]


def paid_back_by(receipt: LoanReceipt) -> list[str]:
    """The contracts of which this receipt paid the last."""
    paid = Loan.objects.filter(repayments__entry=receipt.entry_id).order_by("number")
    live = set(live_loans(receipt.group).values_list("pk", flat=True))
    return [loan.number for loan in paid if loan.pk not in live]


def loan_fines_of(group: SavingsGroup, entries: Iterable[int]) -> dict[int, int]:
    """How much of what each entry (id) credits as fines is for loans, satang."""
    rows = Repayment.objects.filter(group=group, entry__in=list(entries), fine_satang__gt=0).order_by()
    return dict(rows.values_list("entry_id").annotate(Sum("fine_satang")))
