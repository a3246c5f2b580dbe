"""The savings that secure a loan: let go when nothing is owed any more, set aside again when it is owed anew."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from funds.journal.drafts import Person, code_of
from funds.models import Account, Hold
from funds.selectors import available
from funds.services import place_hold
from loans.models import Guarantee, Loan

REASON = "security of a loan"


@transaction.atomic
def release_security(*, loans: Iterable[Loan], by: Person) -> int:
    """Let go whatever these loans hold of the borrower's and the guarantors' savings; returns how many holds."""
    keys = [loan.pk for loan in loans]
    own = Loan.objects.filter(pk__in=keys, hold__isnull=False).values("hold")
    others = Guarantee.objects.filter(loan__in=keys, hold__isnull=False).values("hold")
    held = Hold.objects.filter(Q(pk__in=own) | Q(pk__in=others), released_at__isnull=True)
    return held.update(released_by=code_of(by), released_at=timezone.now())


@transaction.atomic
def hold_again(*, loan: Loan, by: Person) -> None:
    """Set the savings aside again that secured a loan before it was paid back: it is owed anew.

    Where less is free by now, so much is held; the list of guarantors over their cover names the rest.
    """
    if loan.hold is not None and loan.hold.released_at is not None:
        Loan.objects.filter(pk=loan.pk).update(hold=_again(loan.hold, by) or loan.hold)
    standing = Guarantee.objects.filter(loan=loan, released_on__isnull=True, declined_at__isnull=True)
    for guarantee in standing.filter(hold__released_at__isnull=False).select_related("hold__account__group"):
        assert guarantee.hold is not None
        guarantee.hold = _again(guarantee.hold, by) or guarantee.hold
        guarantee.save(update_fields=["hold"])


def _again(released: Hold, by: Person) -> Hold | None:
    account: Account = released.account
    satang = min(released.satang, available(account))
    if satang <= 0:
        return None
    return place_hold(account=account, satang=satang, reason=released.reason or REASON, by=by)
