"""What acts on loans say to a reversal, and what follows it beside the ledger (funds/reversing.py)."""

from datetime import date

from funds.journal.drafts import Person
from funds.models import Entry
from funds.services.keeping import place_hold, release_hold
from loans.act_errors import RecoveredSince
from loans.models import Loan, LoanAct
from loans.services.held import REASON

Kind = LoanAct.Kind


def refuse_recovered(entry: Entry, on: date) -> None:
    """A write-off stays while money recovered from it stands. Raises RecoveredSince."""
    act = LoanAct.objects.filter(entry=entry, kind=Kind.WRITE_OFF).first()
    if act is None:
        return
    later = LoanAct.objects.filter(loan=act.loan_id, kind=Kind.RECOVERY, entry__gt=entry.pk)
    newest = later.filter(entry__reversals__isnull=True).select_related("entry").order_by("-entry").first()
    if newest is not None and newest.entry is not None:
        raise RecoveredSince(number=entry.n, later=newest.entry.n)


def hold_what_was_set_off(entry: Entry, reversal: Entry, by: Person) -> None:
    """Savings that come back from a set-off secure the loan again as far as they did before it."""
    act = LoanAct.objects.filter(entry=entry, kind=Kind.SET_OFF).first()
    if act is None or not act.content["held"] or act.loan_id is None:
        return
    loan = Loan.objects.select_related("hold__account__group").get(pk=act.loan_id)
    if loan.hold is None or loan.hold.satang >= act.content["held"]:
        return
    if loan.hold.released_at is None:
        release_hold(hold=loan.hold, by=by)
    account = loan.hold.account
    loan.hold = place_hold(account=account, satang=act.content["held"], reason=REASON, by=by)
    loan.save(update_fields=["hold"])
