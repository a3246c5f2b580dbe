"""What a treasurer hands over: money per books and count, banks, open items, the last numbers of the books."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from funds.chart import ADMINISTRATIVE, OPERATING
from funds.models import Entry, Reconciliation
from funds.selectors import cash_balances, head
from funds.selectors.advances import OfficerAdvance, PoolDebt, officer_advances, pool_debts
from funds.selectors.bank import Bank, bank_accounts
from funds.waiting import Waiting, waiting_in
from loans.models import Loan
from loans.selectors.portfolio import money_card
from meetings.models import CashCount, Meeting, SheetRow
from meetings.selectors.meetings import open_meeting_of
from meetings.selectors.sheet import members_on_sheet
from members.models import ActivationSlip, Office, SavingsGroup, User
from savings.selectors.deposits import deposits
from shareout.selectors.unfetched import Unfetched, unfetched

RECEIPTS = ("receipt", "paper_receipt")
VOUCHERS = (
    "withdrawal", "expense", "loan_disbursement", "resignation", "subsidy_return", "bank_loan_payment",
    "officer_advance", "share_payment",
)  # fmt: skip


@dataclass(frozen=True)
class BankHandedOver:
    """A bank account and the last month in which its book was compared with the ledger and signed."""

    bank: Bank
    last: Reconciliation | None


@dataclass(frozen=True)
class HalfDone:
    """The meeting that is not closed, and how far its sheet is."""

    meeting: Meeting
    entered: int
    of: int
    satang: int


@dataclass(frozen=True)
class LoansHandedOver:
    """The loans to members: how many are out and how much, what is overdue, the contracts that wait for the payout."""

    count: int
    satang: int
    late: int
    overdue: int
    unpaid: int
    unpaid_satang: int


@dataclass(frozen=True)
class HandOver:
    """Everything on a day; satang."""

    leaving: Office
    coming: Office | None
    auditor: Office | None
    on: date
    cash: dict[str, int]
    count: CashCount | None
    banks: tuple[BankHandedOver, ...]
    waiting: tuple[Waiting, ...]
    advances: tuple[OfficerAdvance, ...]
    debts: tuple[PoolDebt, ...]
    transfers: int
    unfetched: Unfetched
    loans: LoansHandedOver
    slips: int
    half_done: HalfDone | None
    head: Entry | None
    receipt: Entry | None
    voucher: Entry | None

    @property
    def cash_satang(self) -> int:
        """Both pools' cash per books: what lies in the one box."""
        return sum(self.cash.values())

    @property
    def bank_satang(self) -> int:
        """What stands at the banks per books."""
        return sum(one.bank.satang for one in self.banks)


def treasurers(group: SavingsGroup) -> QuerySet[Office]:
    """Every treasurer's term, the latest first."""
    found = Office.objects.filter(group=group, role=Office.Role.TREASURER)
    return found.select_related("user", "member", "group").order_by("-starts_on", "-pk")


def hand_over(*, office: Office, by: User, on: date) -> HandOver:
    """The list for a treasurer's term, as the books stand now; the next treasurer is who follows on that term.

    A constant number of queries but for the last reconciliation of each bank account: those come in one.
    """
    group = office.group
    cash = cash_balances(group)
    return HandOver(
        leaving=office,
        coming=_next(office),
        auditor=Office.objects.held_on(on).filter(group=group, role=Office.Role.AUDIT).select_related("user").first(),
        on=on,
        cash={unit: cash.get(f"{unit}1100", 0) for unit in (OPERATING, ADMINISTRATIVE)},
        count=_last_count(group),
        banks=_banks(group),
        waiting=tuple(waiting_in(group, by)),
        advances=tuple(officer_advances(group, on)),
        debts=tuple(pool_debts(group)),
        transfers=deposits(group, show="waiting").count(),
        unfetched=unfetched(group),
        loans=_loans(group, on),
        slips=ActivationSlip.objects.filter(group=group, used_at__isnull=True, voided_at__isnull=True).count(),
        half_done=_half_done(group),
        head=head(group),
        receipt=_last(group, RECEIPTS),
        voucher=_last(group, VOUCHERS),
    )


def _next(office: Office) -> Office | None:
    if office.ends_on is None:
        return None
    return treasurers(office.group).filter(starts_on__gte=office.ends_on).order_by("starts_on", "pk").first()


def _last_count(group: SavingsGroup) -> CashCount | None:
    counts = CashCount.objects.filter(meeting__group=group, set_aside_at__isnull=True)
    return counts.select_related("meeting", "counted_by").order_by("-meeting__held_on", "-pk").first()


def _banks(group: SavingsGroup) -> tuple[BankHandedOver, ...]:
    last: dict[int, Reconciliation] = {}
    for row in Reconciliation.objects.filter(group=group).select_related("signed_by").order_by("month"):
        last[row.account_id] = row
    return tuple(
        BankHandedOver(bank, last.get(bank.account.pk) if bank.account else None)
        for bank in bank_accounts(group)
        if bank.satang or not bank.is_closed
    )


def _loans(group: SavingsGroup, on: date) -> LoansHandedOver:
    out = money_card(group, on)
    waiting = Loan.objects.filter(group=group, paid_out_on__isnull=True, cancelled_on__isnull=True)
    unpaid = waiting.aggregate(count=Count("pk"), satang=Sum("satang", default=0))
    return LoansHandedOver(
        count=out["loans"],
        satang=out["outstanding"],
        late=out["late"],
        overdue=out["overdue"],
        unpaid=unpaid["count"],
        unpaid_satang=unpaid["satang"],
    )


def _half_done(group: SavingsGroup) -> HalfDone | None:
    meeting = open_meeting_of(group)
    if meeting is None:
        return None
    meeting.group = group
    rows = list(SheetRow.objects.filter(meeting=meeting))
    of = members_on_sheet(meeting).count()
    return HalfDone(meeting, len(rows), of, sum(row.total_satang for row in rows if row.received))


def _last(group: SavingsGroup, kinds: tuple[str, ...]) -> Entry | None:
    return Entry.objects.filter(group=group, kind__in=kinds).order_by("-n").first()
