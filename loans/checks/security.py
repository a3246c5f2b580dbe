"""I9: no loan above its limit, no guarantor above cover, savings held exactly while a loan may need them."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum

from funds.models import Account, Hold, Posting
from loans.checks.rows import PLEDGE, in_force, loans_of
from loans.models import Decision, Guarantee, Loan, Repayment
from loans.services.held import REASON
from members.models import SavingsGroup
from thai.money import format_baht

Finding = tuple[str, int, str]
HUNDREDTHS = 100


def check_limits(group: SavingsGroup) -> Iterator[Finding]:
    """I9: what was granted keeps to what was asked for and to the product's terms on that day; paper loans apart."""
    decisions = Decision.objects.filter(application__group=group).exclude(outcome=Decision.Outcome.REFUSED)
    for decision in decisions.select_related("application__member", "terms").order_by("pk"):
        terms, application = decision.terms, decision.application
        said = f"application {application.number}"
        if decision.satang > application.satang:
            yield "I9", 0, f"{said}: more was granted than was asked for"
        if decision.satang > terms.cap_satang:
            yield "I9", 0, f"{said}: {format_baht(decision.satang)} are above the cap {format_baht(terms.cap_satang)}"
        if decision.instalments > terms.instalments_max or decision.grace > terms.grace_max:
            yield "I9", 0, f"{said}: the term is longer than the product allows"
        most = _saved_then(decision) * terms.savings_times // HUNDREDTHS
        if terms.savings_times and decision.satang > most:
            yield "I9", 0, f"{said}: {format_baht(decision.satang)} are above the limit {format_baht(most)} by savings"
    for loan in loans_of(group).filter(application__isnull=False).select_related("application__decision"):
        granted: Decision | None = getattr(loan.application, "decision", None)
        if granted is None or loan.satang > granted.satang:
            yield "I9", loan.entry.n if loan.entry else 0, f"contract {loan.number} is above what was decided"


def check_cover(group: SavingsGroup) -> Iterator[Finding]:
    """I9: what is held for loans is the guarantor's own savings, no more than they stand for, nor than they have."""
    held: dict[int, int] = defaultdict(int)
    for loan in loans_of(group).filter(hold__released_at__isnull=True, hold__isnull=False):
        yield from _misplaced(group, loan.hold, loan.member.holder, f"contract {loan.number}")
        if loan.hold is not None:
            held[loan.hold.account_id] += loan.hold.satang
    rows = Guarantee.objects.filter(loan__group=group, hold__isnull=False, hold__released_at__isnull=True)
    for guarantee in rows.select_related("loan", "hold", "member").order_by("pk"):
        assert guarantee.loan is not None
        assert guarantee.hold is not None
        said = f"{guarantee.member.holder} for contract {guarantee.loan.number}"
        yield from _misplaced(group, guarantee.hold, guarantee.member.holder, said)
        if guarantee.hold.satang > guarantee.satang:
            yield "I9", 0, f"{said}: more is held than is stood for"
        held[guarantee.hold.account_id] += guarantee.hold.satang
    sums = Posting.objects.filter(group=group, account__in=held).order_by().values_list("account_id")
    saved = {account: -total for account, total in sums.annotate(total=Sum("amount"))}
    for account in Account.objects.filter(pk__in=[pk for pk, satang in held.items() if satang > saved.get(pk, 0)]):
        detail = (
            f"{format_baht(held[account.pk])} are held for loans, {format_baht(saved.get(account.pk, 0))} are saved"
        )
        yield "I9", 0, f"{account.holder}: {detail}"


def check_holds(group: SavingsGroup) -> Iterator[Finding]:
    """I9: savings are held while a loan is by contract or owed, and free once it is neither."""
    alive = in_force(group)
    again = set(Repayment.objects.filter(group=group, entry__reversals__isnull=False).values_list("loan_id", flat=True))
    holds: set[int] = set()
    for loan in loans_of(group).filter(hold__isnull=False):
        holds.add(loan.hold_id or 0)
        yield from _state(loan, loan.hold, loan.pk in alive, loan.pk in again, f"contract {loan.number}")
    rows = Guarantee.objects.filter(loan__group=group, hold__isnull=False).select_related("loan", "hold", "member")
    for guarantee in rows.order_by("pk"):
        assert guarantee.loan is not None
        holds.add(guarantee.hold_id or 0)
        stands = guarantee.loan_id in alive and guarantee.released_on is None and guarantee.declined_at is None
        said = f"{guarantee.member.holder} for contract {guarantee.loan.number}"
        yield from _state(guarantee.loan, guarantee.hold, stands, guarantee.loan_id in again, said)
    orphans = Hold.objects.filter(group=group, reason=REASON, released_at__isnull=True).exclude(pk__in=holds)
    for hold in orphans.select_related("account"):
        yield "I9", 0, f"{format_baht(hold.satang)} of {hold.account.holder} are held for no loan"


def _state(loan: Loan, hold: Hold | None, should: bool, was_undone: bool, said: str) -> Iterator[Finding]:
    """Once a payment was undone, less than before may have been free to hold."""
    assert hold is not None
    if hold.released_at is None and not should:
        yield "I9", loan.entry.n if loan.entry else 0, f"{said}: savings are held for a loan that needs none"
    if hold.released_at is not None and should and not was_undone:
        yield "I9", loan.entry.n if loan.entry else 0, f"{said}: savings were let go while the loan is owed"


def _misplaced(group: SavingsGroup, hold: Hold | None, holder: str, said: str) -> Iterator[Finding]:
    account = hold.account if hold is not None else None
    if account is not None and (account.group_id, account.code, account.holder) != (group.pk, PLEDGE, holder):
        yield "I9", 0, f"{said}: the savings of {account.holder} are held"


def _saved_then(decision: Decision) -> int:
    """The borrower's pledge savings by what the books knew when it was decided."""
    application = decision.application
    rows = Posting.objects.filter(
        group=application.group_id,
        account__code=PLEDGE,
        account__holder=application.member.holder,
        entry__recorded_at__lte=decision.recorded_at,
    )
    total: int = rows.aggregate(total=Sum("amount", default=0))["total"]
    return -total
