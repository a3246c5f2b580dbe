"""What the books' own rows say to a reversal, and what is undone beside the ledger with it (funds/reversing.py)."""

from datetime import date

from django.utils import timezone

from funds.chart import BANK
from funds.journal.drafts import Person, code_of
from funds.models import (
    Act,
    BankAccount,
    BankLoan,
    BankMatch,
    EarlierPosting,
    Entry,
    MatchedPosting,
    Posting,
    Voucher,
)
from funds.reversal_errors import BankAccountClosed, UndoneByAct
from funds.selectors.bank_book import first_page
from members.models import User


def refuse_while_built_on(entry: Entry, on: date) -> None:
    """Refuse what an activity's act has posted, unless an act undoes it; and money of a bank account that is closed.

    Raises UndoneByAct, BankAccountClosed.
    """
    act = Act.objects.filter(entry=entry).first()
    if act is not None and not Act.objects.filter(undoes=act, state=Act.State.WAITING).exists():
        raise UndoneByAct(number=entry.n)
    for account in _banks_of(entry):
        if account.is_closed:
            raise BankAccountClosed(number=entry.n, account=str(account))


def undo_beside_ledger(entry: Entry, reversal: Entry, by: Person) -> None:
    """Give the bank book's lines free again, put entry and reversal together; void the voucher, the loan it brought."""
    for account in _banks_of(entry):
        _take_apart(account, entry)
        _pair(account, entry, reversal, by)
    BankLoan.objects.filter(received__entry=entry).update(is_void=True)
    Voucher.objects.filter(entry=entry).update(is_void=True)


def _banks_of(entry: Entry) -> list[BankAccount]:
    rows = Posting.objects.filter(entry=entry, account__code__in=BANK)
    holders = set(rows.values_list("account__holder", flat=True))
    return list(BankAccount.objects.filter(group=entry.group_id, holder__in=holders).order_by("pk")) if holders else []


def _take_apart(account: BankAccount, entry: Entry) -> None:
    """Matches of the entry end, as long as nobody has signed the month; what is signed stays as it was."""
    matched = MatchedPosting.objects.filter(entry=entry, match__account=account, match__sealed__isnull=True)
    BankMatch.objects.filter(pk__in=list(matched.values_list("match", flat=True))).delete()


def _pair(account: BankAccount, entry: Entry, reversal: Entry, by: Person) -> None:
    """The bank never sees an entry and its reversal: matched without a line, while the entry's own line is open."""
    person = User.objects.filter(code=code_of(by)).first()
    if person is None:
        return
    rows = list(
        Posting.objects.filter(entry__in=[entry, reversal], account__code__in=BANK, account__holder=account.holder)
    )
    if sum(row.amount for row in rows) or not all(_is_open(account, row) for row in rows):
        return
    made = BankMatch.objects.create(
        group_id=entry.group_id, account=account, through=reversal.booked_on, made_by=person, made_at=timezone.now()
    )
    MatchedPosting.objects.bulk_create(MatchedPosting(match=made, entry_id=row.entry_id, line=row.line) for row in rows)


def _is_open(account: BankAccount, row: Posting) -> bool:
    """Whether a posting is still to be compared: dated since the first typed month, or noted as missing in it."""
    key = {"entry_id": row.entry_id, "line": row.line}
    if MatchedPosting.objects.filter(**key).exists():
        return False
    begin = first_page(account)
    if begin is None:
        return False
    return row.booked_on >= begin.month or EarlierPosting.objects.filter(**key).exists()
