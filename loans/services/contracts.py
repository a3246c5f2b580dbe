"""The contract: terms frozen, a number without a gap, savings held; then its signatures, or its end unpaid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.accounts import account_for
from funds.errors import OperationReused
from funds.journal import lock_book
from funds.models import Hold
from funds.pictures import Picture
from funds.services import place_hold
from funds.services.photos import keep_photo
from loans import deciding_errors as errors
from loans.arrears import stamp_duty
from loans.contract_numbers import LONGEST, is_next
from loans.models import Decision, Disbursement, Guarantee, Loan, LoanApplication
from loans.quotes import quote
from loans.selectors.contracts import earliest_due, latest_due, next_contract_number, numbers_in_use
from loans.selectors.cover import PLEDGE, equal_part, free_savings_of, standing_guarantees
from loans.selectors.decisions import interests
from loans.services.held import REASON, release_security
from loans.services.taking_up import take_up_again
from members.group_settings import setting
from members.models import Member, SavingsGroup, User
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

ARITHMETIC = ("rate_bp", "rate_per", "method", "rhythm", "day_count", "round_to", "late_rate_bp")
Status = LoanApplication.Status


@dataclass(frozen=True, kw_only=True)
class ContractInput:
    """A contract as it is typed."""

    number: str
    contracted_on: date
    first_due_on: date


@dataclass(frozen=True, kw_only=True)
class Signatures:
    """Who signed on which day; what is left out was not signed yet. `guarantors`, `spouses`: by guarantee id."""

    borrower: date | None = None
    spouse: date | None = None
    guarantors: Mapping[int, date] = field(default_factory=dict)
    spouses: Mapping[int, date] = field(default_factory=dict)
    picture: Picture | None = None


@transaction.atomic
def make_contract(*, application: LoanApplication, contract: ContractInput, operation: UUID, by: User) -> Loan:
    """Make the contract of an approved application: its terms are frozen, its number is given, its savings are held.

    The borrower's own free pledge savings up to the principal are held first; what remains is divided equally among
    the guarantors, each part at most the guarantor's free savings. The same operation again returns the contract.
    Raises NotApproved, OwnContract, GuarantorsMissing, CoverMissing, ContractNumberTaken, ContractNumberLeavesGap,
    ContractNumberUnfit, ContractDayRefused, FirstDueRefused, ContractAboveCap, ContractStepTooCoarse, OperationReused.
    """
    lock_book(application.group)
    known = Loan.objects.filter(operation=operation).first()
    if known is not None:
        if known.application_id != application.pk or known.number != contract.number:
            raise OperationReused
        return known
    locked = _locked_application(application)
    decision = locked.decision
    _refuse_party(locked, by)
    loan = _frozen(locked, decision, contract, operation, by)
    _require_number(locked.group, loan.number)
    _require_days(loan, decision)
    _require_lawful(loan)
    guarantees = _standing(locked, decision)
    loan.hold = _hold_own(loan, by)
    loan.save()
    _bind(loan, guarantees, by)
    locked.status = Status.CONTRACTED
    locked.save(update_fields=["status"])
    return loan


@transaction.atomic
def record_signatures(*, loan: Loan, signatures: Signatures, by: User) -> Loan:
    """Write down who signed, each on the own day; what was written before stays as it is.

    Raises ContractOver, OwnContract, SignedTooEarly.
    """
    lock_book(loan.group)
    locked = _locked(loan)
    if locked.cancelled_on is not None:
        raise errors.ContractOver(number=locked.number)
    _refuse_party_of(locked, by)
    for day in (signatures.borrower, signatures.spouse, *signatures.guarantors.values(), *signatures.spouses.values()):
        if day is not None and not locked.contracted_on <= day <= timezone.localdate():
            raise errors.SignedTooEarly(day=_said(locked.contracted_on))
    if signatures.borrower is not None and locked.signed_on is None:
        locked.signed_on, locked.signed_with = signatures.borrower, by
    locked.spouse_consented_on = locked.spouse_consented_on or signatures.spouse
    if signatures.picture is not None:
        locked.photo = keep_photo(group=locked.group, by=by, upload=signatures.picture)
    locked.save(update_fields=["signed_on", "signed_with", "spouse_consented_on", "photo"])
    for guarantee in Guarantee.objects.select_for_update(of=("self",)).filter(loan=locked, released_on__isnull=True):
        guarantee.signed_on = guarantee.signed_on or signatures.guarantors.get(guarantee.pk)
        guarantee.spouse_consented_on = guarantee.spouse_consented_on or signatures.spouses.get(guarantee.pk)
        guarantee.save(update_fields=["signed_on", "spouse_consented_on"])
    return locked


@transaction.atomic
def cancel_contract(*, loan: Loan, reason: str, by: User) -> Loan:
    """End a contract before its payout; its number stays, the savings held for it are free again.

    What the committee decided stands, and so do the guarantors' words: another contract can be made from it. Raises
    ContractOver, PayoutWaits, CancelUnexplained, OwnContract.
    """
    lock_book(loan.group)
    locked = _locked(loan)
    if locked.paid_out_on is not None or locked.cancelled_on is not None:
        raise errors.ContractOver(number=locked.number)
    if Disbursement.objects.filter(loan=locked, cancelled_at__isnull=True).exists():
        raise errors.PayoutWaits(number=locked.number)
    _refuse_party_of(locked, by)
    if not reason.strip():
        raise errors.CancelUnexplained
    release_security(loans=[locked], by=by)
    locked.cancelled_on, locked.cancelled_reason = timezone.localdate(), reason.strip()
    locked.save(update_fields=["cancelled_on", "cancelled_reason"])
    take_up_again(loan=locked, on=locked.cancelled_on, reason=locked.cancelled_reason)
    return locked


def _frozen(
    application: LoanApplication, decision: Decision, contract: ContractInput, operation: UUID, by: User
) -> Loan:
    frozen: dict[str, Any] = {name: getattr(decision.terms, name) for name in ARITHMETIC}
    return Loan(
        group=application.group,
        number=contract.number.strip(),
        member=application.member,
        application=application,
        product=application.product,
        operation=operation,
        satang=decision.satang,
        instalments=decision.instalments,
        grace=decision.grace,
        contracted_on=contract.contracted_on,
        first_due_on=contract.first_due_on,
        stamp_satang=stamp_duty(decision.satang),
        made_by=by,
        made_at=timezone.now(),
        asks_spouses=bool(setting(application.group, "loan_asks_spouses", contract.contracted_on)),
        **frozen,
    )


def _require_number(group: SavingsGroup, number: str) -> None:
    following = next_contract_number(group)
    if not number or len(number) > LONGEST or "," in number or not number.isprintable():
        raise errors.ContractNumberUnfit
    known = numbers_in_use(group)
    if number in known:
        raise errors.ContractNumberTaken(number=number, next=following)
    if not is_next(number, known):
        raise errors.ContractNumberLeavesGap(next=following)


def _require_days(loan: Loan, decision: Decision) -> None:
    decided = decision.resolution.decided_on
    if not decided <= loan.contracted_on <= timezone.localdate():
        raise errors.ContractDayRefused(decided=_said(decided))
    soonest, latest = earliest_due(loan.contracted_on), latest_due(loan)
    if not soonest <= loan.first_due_on <= latest:
        raise errors.FirstDueRefused(soonest=_said(soonest), latest=_said(latest))


def _require_lawful(loan: Loan) -> None:
    try:
        found = quote(
            loan,
            principal=loan.satang,
            months=loan.instalments,
            starts_on=loan.contracted_on,
            first_due_on=loan.first_due_on,
            grace=loan.grace,
        )
    except ValueError:
        raise errors.ContractStepTooCoarse(months=loan.instalments) from None
    if found.is_above_cap:
        raise errors.ContractAboveCap(apr=found.apr)


def _standing(application: LoanApplication, decision: Decision) -> list[Guarantee]:
    standing = list(standing_guarantees(application))
    confirmed = sum(1 for one in standing if one.confirmed_at is not None)
    if confirmed < max(decision.terms.guarantors, len(standing)):
        raise errors.GuarantorsMissing(asked=max(decision.terms.guarantors, len(standing)), confirmed=confirmed)
    return standing


def _hold_own(loan: Loan, by: User) -> Hold | None:
    satang = min(_free(loan, loan.member), loan.satang)
    if not satang:
        return None
    account = account_for(loan.group, PLEDGE, loan.member.holder)
    return place_hold(account=account, satang=satang, reason=REASON, by=by)


def _bind(loan: Loan, guarantees: list[Guarantee], by: User) -> None:
    """Bind the guarantors to the contract, each with an equal part of what the own savings leave open."""
    rest = loan.satang - (loan.hold.satang if loan.hold else 0)
    part = equal_part(rest, len(guarantees))
    for guarantee in guarantees:
        guarantee.loan, guarantee.satang = loan, part
        if part:
            guarantee.hold = _hold_part(loan, guarantee.member, part, by)
        guarantee.save(update_fields=["loan", "satang", "hold"])


def _hold_part(loan: Loan, member: Member, part: int, by: User) -> Hold:
    free = _free(loan, member)
    if free < part:
        raise errors.CoverMissing(name=member.full_name, part=format_baht(part), free=format_baht(free))
    return place_hold(account=account_for(loan.group, PLEDGE, member.holder), satang=part, reason=REASON, by=by)


def _free(loan: Loan, member: Member) -> int:
    """What is free of a member's pledge savings, words given for other loans left out."""
    return free_savings_of(loan.group, [member], without=loan.application)[member.pk]


def _refuse_party(application: LoanApplication, officer: User) -> None:
    interest = interests(application.group, [application], [officer])[application.pk].get(officer.pk)
    if interest in ("borrower", "acts_for", "guarantor"):
        raise errors.OwnContract


def _refuse_party_of(loan: Loan, officer: User) -> None:
    if loan.application is not None:
        _refuse_party(loan.application, officer)


def _locked_application(application: LoanApplication) -> LoanApplication:
    rows = LoanApplication.objects.select_for_update(of=("self",))
    locked = rows.select_related("group", "member__group", "product").get(pk=application.pk)
    if locked.status != Status.APPROVED:
        raise errors.NotApproved(number=locked.number, state=locked.get_status_display())
    return locked


def _locked(loan: Loan) -> Loan:
    rows = Loan.objects.select_for_update(of=("self",)).select_related("group", "member", "application__member", "hold")
    locked = rows.get(pk=loan.pk)
    if locked.application is not None:
        locked.application.group = locked.group
    return locked


def _said(day: date) -> str:
    return format_date(day, language=active_language())
