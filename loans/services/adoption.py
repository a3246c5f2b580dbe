"""Loans from paper get their rows: contract, guarantors, schedule, and what the paper receipts paid of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from funds.journal import lock_book, open_book
from funds.models import Entry, EntryDetails, Posting
from funds.selectors import balances
from loans.adoption import (
    FINE,
    INTEREST,
    PRINCIPAL,
    RATE,
    RATE_BP,
    WHOLE_BAHT,
    PaperLine,
    PaperLoan,
    PaperPart,
    assigned,
    owed_after,
    parts_of,
)
from loans.adoption_errors import LoanDiffersFromBooks, PaymentOfNoLoan, TermDoesNotFit
from loans.models import Guarantee, Loan, Repayment, ScheduledInstalment, ScheduleVersion
from loans.schedule import Instalment, Method, Rhythm, build_schedule
from members.models import Member, SavingsGroup
from thai.money import format_baht

RECEIPT, PAYOUT = "paper_receipt", "paper_loan_disbursement"
ROWS_AT_ONCE = 500
STEPS = (WHOLE_BAHT, 1)


@transaction.atomic
def adopt_loans(*, group: SavingsGroup, contracts: Sequence[PaperLoan]) -> list[Loan]:
    """Give every contract from paper that was paid out its rows; a number that the group has already is left as it is.

    Terms: 1 % a month on the reducing balance, equal principal in whole baht, by the month. Repayments are read from
    the paper receipts in the books; nothing is posted. A loan older than the books keeps what was owed when they
    began. The guarantors stand as signed on paper: none of their savings is held.
    Returns the loans made now. Raises PaymentOfNoLoan, LoanDiffersFromBooks, TermDoesNotFit.
    """
    open_book(group=group)
    lock_book(group)
    known = set(Loan.objects.filter(group=group).values_list("number", flat=True))
    payouts = _payouts(group)
    lent = [each for each in contracts if each.brought_satang is not None or each.number in payouts]
    new = [contract for contract in lent if contract.number not in known]
    if not new:
        return []
    paid = _paid(group, lent, {contract.number for contract in new})
    booked = balances(group, PRINCIPAL)
    for contract in new:
        said, owed = owed_after(contract, paid[contract.number]), booked.get(contract.number, 0)
        if said != owed:
            raise LoanDiffersFromBooks(contract=contract.number, said=format_baht(said), booked=format_baht(owed))
    plans = {contract.number: _plan(contract) for contract in new}
    rows = [_loan(group, contract, plans[contract.number][0], payouts) for contract in new]
    loans = Loan.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    _write_guarantees(loans, new)
    _write_schedules(loans, [plans[loan.number][1] for loan in loans])
    _write_repayments(loans, paid)
    return loans


def _standing(group: SavingsGroup, kind: str) -> QuerySet[Posting]:
    """The postings of a kind of entries; an entry that was reversed neither lent nor paid anything."""
    return Posting.objects.filter(group=group, entry__kind=kind, entry__reversals__isnull=True)


def _paid(group: SavingsGroup, contracts: Sequence[PaperLoan], new: set[str]) -> dict[str, list[PaperPart]]:
    """What the receipts paid of each new contract, in the order of the books."""
    postings = _standing(group, RECEIPT).filter(account__code__in=[PRINCIPAL, INTEREST, FINE])
    fields = ("entry_id", "booked_on", "account__code", "account__holder", "amount")
    lines = [PaperLine(*row) for row in postings.order_by("entry_id", "line").values_list(*fields)]
    parts = parts_of(lines)
    told, unclear = assigned(parts, contracts, _payers(group, [part.entry for part in parts if not part.contract]))
    for part in unclear:
        if not part.contract:
            number = Entry.objects.get(pk=part.entry).n
            raise PaymentOfNoLoan(number=number, amount=format_baht(part.interest + part.fine))
    found: dict[str, list[PaperPart]] = defaultdict(list)
    for part in told:
        if part.contract in new:
            found[part.contract].append(part)
    return found


def _payers(group: SavingsGroup, entries: Iterable[int]) -> Callable[[int], int | None]:
    """Who the receipts of these entries were given to; asked only where the lines do not say whose loan was paid."""
    wanted = set(entries)
    if not wanted:
        return dict[int, int]().get
    holders = {row.entry_id: row.data.get("member", "") for row in EntryDetails.objects.filter(entry__in=wanted)}
    members = {member.holder: member.pk for member in Member.objects.filter(group=group)}
    return partial(_payer, {entry: members.get(holder) for entry, holder in holders.items()})


def _payer(known: dict[int, int | None], entry: int) -> int | None:
    return known.get(entry)


def _payouts(group: SavingsGroup) -> dict[str, tuple[int, date]]:
    """The entry that paid out each contract within these books, and its day."""
    postings = _standing(group, PAYOUT).filter(account__code=PRINCIPAL, amount__gt=0)
    fields = ("account__holder", "entry_id", "booked_on")
    return {holder: (entry, on) for holder, entry, on in postings.values_list(*fields)}


def _plan(contract: PaperLoan) -> tuple[int, tuple[Instalment, ...]]:
    """The schedule in whole baht, or to the satang where whole baht leave the last instalment nothing."""
    for step in STEPS:
        try:
            return step, build_schedule(
                principal=contract.satang,
                monthly_rate=RATE,
                instalments=contract.instalments,
                method=Method.REDUCING,
                rhythm=Rhythm.EQUAL_PRINCIPAL,
                starts_on=contract.contracted_on,
                first_due_on=contract.first_due_on,
                round_to=step,
            )
        except ValueError:
            continue
    amount = format_baht(contract.satang)
    raise TermDoesNotFit(contract=contract.number, amount=amount, months=contract.instalments)


def _loan(group: SavingsGroup, contract: PaperLoan, step: int, payouts: dict[str, tuple[int, date]]) -> Loan:
    is_brought = contract.brought_satang is not None
    entry, paid_out_on = payouts.get(contract.number, (None, contract.contracted_on if is_brought else None))
    return Loan(
        group=group,
        number=contract.number,
        member_id=contract.member,
        operation=_operation(group, contract.number),
        satang=contract.satang,
        instalments=contract.instalments,
        rate_bp=RATE_BP,
        round_to=step,
        contracted_on=contract.contracted_on,
        first_due_on=contract.first_due_on,
        made_at=timezone.now(),
        signed_on=contract.contracted_on,
        paid_out_on=paid_out_on,
        entry_id=entry,
        brought_on=group.first_year_starts_on - timedelta(days=1) if is_brought else None,
        brought_satang=contract.brought_satang,
    )


def _operation(group: SavingsGroup, number: str) -> UUID:
    return uuid5(group.uuid, f"loan from paper {number}")


def _write_guarantees(loans: Sequence[Loan], contracts: Sequence[PaperLoan]) -> None:
    now = timezone.now()
    Guarantee.objects.bulk_create(
        [
            Guarantee(
                loan=loan,
                member_id=member,
                position=position,
                named_at=now,
                way=Guarantee.Way.PAPER,
                signed_on=loan.contracted_on,
            )
            for loan, contract in zip(loans, contracts, strict=True)
            for position, member in enumerate(contract.guarantors, start=1)
        ],
        batch_size=ROWS_AT_ONCE,
    )


def _write_schedules(loans: Sequence[Loan], plans: Sequence[tuple[Instalment, ...]]) -> None:
    now = timezone.now()
    versions = ScheduleVersion.objects.bulk_create(
        [
            ScheduleVersion(
                loan=loan,
                version=1,
                starts_on=loan.paid_out_on or loan.contracted_on,
                first_due_on=loan.first_due_on,
                satang=loan.satang,
                instalments_count=loan.instalments,
                made_at=now,
            )
            for loan in loans
        ],
        batch_size=ROWS_AT_ONCE,
    )
    ScheduledInstalment.objects.bulk_create(
        [
            ScheduledInstalment(
                schedule=version,
                number=line.number,
                due_on=line.due_on,
                principal_satang=line.principal,
                interest_satang=line.interest,
            )
            for version, plan in zip(versions, plans, strict=True)
            for line in plan
        ],
        batch_size=ROWS_AT_ONCE,
    )


def _write_repayments(loans: Sequence[Loan], paid: dict[str, list[PaperPart]]) -> None:
    Repayment.objects.bulk_create(
        [
            Repayment(
                group_id=loan.group_id,
                loan=loan,
                entry_id=part.entry,
                paid_on=part.on,
                principal_satang=part.principal,
                interest_satang=part.interest,
                fine_satang=part.fine,
                payer_id=loan.member_id,
            )
            for loan in loans
            for part in paid[loan.number]
        ],
        batch_size=ROWS_AT_ONCE,
    )
