"""What is due on loans on a day, and what a sum pays of them; constant queries, amounts in satang."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max

from funds.balances import read_head_hash
from loans.allocation import Allocation
from loans.models import Loan, Repayment, ScheduleVersion
from loans.repayment_errors import LaterRepaymentStands, MoreThanSettlement, NothingOwed
from loans.selectors.standings import live_loans, standings
from loans.standing import repay
from members.group_settings import setting
from members.models import SavingsGroup
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht


@dataclass(frozen=True, slots=True)
class LoanDue:
    """A live loan on a day: what is due of it (fine, interest and principal are the parts), what pays it off.

    since: the oldest day of which something is unpaid, else the next due day. later_on: the day of a repayment entered
    for a later day; nothing more can be taken for this one.
    """

    loan_id: int
    number: str
    due_satang: int
    fine: int
    interest: int
    principal: int
    settlement: int
    outstanding: int
    since: date | None = None
    later_on: date | None = None


def loans_due(group: SavingsGroup, on: date, *, members: Iterable[int] | None = None) -> dict[int, list[LoanDue]]:
    """The live loans by member id, all or those of some members, the one due the longest first.

    A loan without anything due today is among them: it can be paid ahead.
    """
    chosen = live_loans(group, on).exclude(entry__reversals__isnull=False)
    if members is not None:
        chosen = chosen.filter(member__in=list(members))
    loans = list(chosen)
    if not loans:
        return {}
    found = standings(group, on, loans=loans)
    later = later_repayments([loan.pk for loan in loans], on)
    due: defaultdict[int, list[LoanDue]] = defaultdict(list)
    for loan in loans:
        if loan.pk not in found:
            continue
        standing = found[loan.pk]
        due[loan.member_id].append(
            LoanDue(
                loan_id=loan.pk,
                number=loan.number,
                due_satang=standing.due_satang,
                fine=standing.fine_owed,
                interest=standing.interest_owed,
                principal=standing.principal_due,
                settlement=standing.settlement,
                outstanding=standing.outstanding,
                since=standing.oldest_unpaid_on or standing.next_due_on,
                later_on=later.get(loan.pk),
            )
        )
    for each in due.values():
        each.sort(key=lambda loan: (loan.since or date.max, loan.number))
    return dict(due)


def loans_due_by_books(group: SavingsGroup, on: date) -> Mapping[int, Sequence[LoanDue]]:
    """The same for all members, reckoned once for as long as the books stand: for a page that is asked again and again.

    Every payment, reversal, payout and new schedule posts an entry, and the last entry's code stands for all before it;
    loans taken over from paper come with schedules of their own. So the same code and the newest schedule name the same
    answer. They are read first: whatever is posted meanwhile is in the answer too or changes the name. Not for whoever
    posts in the same transaction.
    """
    code = read_head_hash(group)
    if code is None:
        return {}
    newest = ScheduleVersion.objects.filter(loan__group=group).aggregate(newest=Max("pk"))["newest"]
    return _by_books(_Books(group, code, newest), on)


@dataclass(frozen=True, slots=True)
class _Books:
    """A group's books as they stand, known by the code of their last entry and the newest schedule of its loans."""

    group: SavingsGroup
    code: str
    newest_schedule: int | None


@lru_cache(maxsize=64)
def _by_books(books: _Books, on: date) -> Mapping[int, Sequence[LoanDue]]:
    return loans_due(books.group, on)


def later_repayments(loans: Iterable[int], on: date) -> dict[int, date]:
    """The loans (ids) that were paid on a later day too, with the last such day."""
    rows = Repayment.objects.filter(loan__in=list(loans), paid_on__gt=on, entry__reversals__isnull=True)
    return dict(rows.order_by().values_list("loan_id").annotate(last=Max("paid_on")))


def allocations(
    group: SavingsGroup,
    on: date,
    amounts: Mapping[int, int],
    *,
    loans: Iterable[Loan] | None = None,
    without: int | None = None,
) -> dict[int, Allocation]:
    """What so much for each loan (satang by loan id) pays of it on a day.

    without: an entry (id) that is about to be reversed, and counts no more. Raises NothingOwed, MoreThanSettlement,
    LaterRepaymentStands.
    """
    wanted = {loan_id for loan_id, satang in amounts.items() if satang}
    if not wanted:
        return {}
    paid_out = Loan.objects.filter(group=group, pk__in=wanted).exclude(entry__reversals__isnull=False)
    found = list(paid_out if loans is None else loans)
    known = standings(group, on, loans=found, without=without)
    later = later_repayments(wanted, on)
    fines_last = bool(setting(group, "repay_fines_last", on))
    paid: dict[int, Allocation] = {}
    for loan in found:
        standing = known.get(loan.pk)
        if standing is None or standing.settlement == 0:
            raise NothingOwed(number=loan.number)
        if loan.pk in later:
            day = format_date(later[loan.pk], language=active_language())
            raise LaterRepaymentStands(number=loan.number, day=day)
        allocation = repay(standing, amounts[loan.pk], fines_last=fines_last)
        if allocation.left_over:
            raise MoreThanSettlement(number=loan.number, most=format_baht(standing.settlement))
        paid[loan.pk] = allocation
    if missing := wanted - set(paid):
        raise NothingOwed(number=min(missing))
    return paid
