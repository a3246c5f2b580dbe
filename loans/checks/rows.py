"""What the checks of the loans read, each of it once."""

from collections.abc import Iterable

from django.db.models import QuerySet

from funds.models import Account, Entry, Posting
from funds.selectors import balances
from loans.models import Loan
from members.models import SavingsGroup

LOANS, INTEREST, FINES, PLEDGE = "O1300", "O4100", "O4200", "O2100"


def loans_of(group: SavingsGroup) -> QuerySet[Loan]:
    """The group's loans, by contract."""
    return Loan.objects.filter(group=group).select_related("member", "entry", "hold").order_by("pk")


def owed_of(group: SavingsGroup) -> dict[str, int]:
    """The balance of every loan account, by contract number."""
    return balances(group, LOANS)


def in_force(group: SavingsGroup) -> dict[int, Loan]:
    """The loans that may hold savings: by contract and not yet paid out, or owed; neither cancelled nor void."""
    owed = owed_of(group)
    rows = loans_of(group).filter(cancelled_on__isnull=True).exclude(entry__reversals__isnull=False)
    return {loan.pk: loan for loan in rows if loan.paid_out_on is None or owed.get(loan.number, 0) > 0}


def numbers_of(entries: Iterable[int]) -> dict[int, int]:
    """The journal numbers of entries."""
    return dict(Entry.objects.filter(pk__in=set(entries)).values_list("pk", "n"))


def honest_postings(group: SavingsGroup, code: str) -> QuerySet[Posting]:
    """The postings on a code, but for those of entries that undo another one."""
    accounts = Account.objects.filter(group=group, code=code).values("pk")  # so that the index on postings is used
    return Posting.objects.filter(group=group, account__in=accounts, entry__reverses__isnull=True).order_by()
