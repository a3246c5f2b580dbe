"""Asking for a loan: written as a draft, handed in once, taken back while no contract is made."""

from dataclasses import dataclass, fields
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from funds.errors import OperationReused
from funds.journal import lock_book
from loans.applying_errors import (
    AboveTheCap,
    LessThanLent,
    MayNotBorrow,
    MoreThanAllowed,
    NotInThisState,
    NotYourPassbook,
    ProductClosed,
    StepTooCoarse,
    TermTooLong,
    TooLittleAMonth,
)
from loans.models import LoanApplication, LoanProduct, LoanTerms
from loans.quotes import quote
from loans.selectors.applications import MAY_BE_WITHDRAWN
from loans.selectors.guarantors import own_members
from loans.selectors.limits import may_borrow
from loans.selectors.products import terms_in_force
from loans.services.readiness import settle_readiness
from members.group_settings import setting
from members.models import Member, SavingsGroup, User
from thai.money import format_baht

Status = LoanApplication.Status
A_BAHT = 1_00


@dataclass(frozen=True, kw_only=True)
class ApplicationInput:
    """What a member asks for: satang, months, what for, and the income a month as stated."""

    product: LoanProduct
    satang: int
    instalments: int
    purpose: str
    purpose_text: str = ""
    income_satang: int | None = None


@transaction.atomic
def write_application(
    *, member: Member, application: ApplicationInput, operation: UUID, by: User, by_member: bool = False
) -> LoanApplication:
    """Write an application down as a draft. The same operation again changes the draft; handed in, it is found again.

    by_member: on the member's own page. Raises OperationReused (for another, or with other content after it was handed
    in), NotYourPassbook.
    """
    group = member.group
    lock_book(group)
    if by_member and not own_members(by, group).filter(pk=member.pk).exists():
        raise NotYourPassbook
    values = {field.name: getattr(application, field.name) for field in fields(application)}
    known = LoanApplication.objects.filter(operation=operation).select_related("member", "product").first()
    if known is not None:
        return _written_again(known, member, values, by_member=by_member)
    last: int = LoanApplication.objects.filter(group=group).aggregate(last=Max("number", default=0))["last"]
    return LoanApplication.objects.create(
        group=group,
        number=last + 1,
        member=member,
        operation=operation,
        asked_on=timezone.localdate(),
        by_member=by_member,
        entered_by=by,
        entered_at=timezone.now(),
        **values,
    )


@transaction.atomic
def submit_application(*, application: LoanApplication, by: User) -> LoanApplication:
    """Hand a draft in to the committee, once. It waits for its guarantors, or is ready at once where none is needed.

    Raises NotInThisState, ProductClosed, MayNotBorrow, MoreThanAllowed, and what `refuse_terms` does.
    """
    lock_book(application.group)
    row = _locked(application)
    if row.status in (Status.SUBMITTED, Status.READY):
        return row
    if row.status != Status.DRAFT:
        raise NotInThisState(state=row.get_status_display())
    terms = terms_in_force(row.product)
    if terms is None:
        raise ProductClosed(product=row.product.name)
    refuse_terms(terms=terms, satang=row.satang, months=row.instalments)
    _refuse_amount(row)
    row.status, row.submitted_at = Status.SUBMITTED, timezone.now()
    row.save(update_fields=["status", "submitted_at"])
    return settle_readiness(row)


@transaction.atomic
def withdraw_application(*, application: LoanApplication, by: User) -> LoanApplication:
    """Take an application back before its contract; given words no longer bind. Raises NotInThisState."""
    lock_book(application.group)
    row = _locked(application)
    if row.status == Status.WITHDRAWN:
        return row
    if row.status not in MAY_BE_WITHDRAWN:
        raise NotInThisState(state=row.get_status_display())
    row.status, row.withdrawn_by, row.withdrawn_at = Status.WITHDRAWN, by, timezone.now()
    row.queue_rank = None
    row.save(update_fields=["status", "withdrawn_by", "withdrawn_at", "queue_rank"])
    return row


def refuse_terms(*, terms: LoanTerms, satang: int, months: int, grace: int = 0) -> None:
    """Hold an amount and a term to what is sensible, to the product and to the law's cap.

    Raises LessThanLent, TooLittleAMonth, TermTooLong, StepTooCoarse, AboveTheCap.
    """
    refuse_too_little(group=terms.product.group, satang=satang, months=months)
    if months > terms.instalments_max:
        raise TermTooLong(product=terms.product.name, longest=terms.instalments_max)
    try:
        plan = quote(terms, principal=satang, months=months, starts_on=timezone.localdate(), grace=grace)
    except ValueError:
        amount, step = format_baht(satang), format_baht(terms.round_to)
        raise StepTooCoarse(amount=amount, months=months, step=step) from None
    if plan.is_above_cap:
        raise AboveTheCap(months=months, apr=plan.apr)


def refuse_too_little(*, group: SavingsGroup, satang: int, months: int) -> None:
    """No loan is below the group's smallest one, nor below a baht a month. Raises LessThanLent, TooLittleAMonth."""
    least: int = setting(group, "loan_smallest_satang")
    if satang < least:
        raise LessThanLent(least=format_baht(least))
    if satang < months * A_BAHT:
        raise TooLittleAMonth(amount=format_baht(satang), months=months)


def _refuse_amount(row: LoanApplication) -> None:
    limit = may_borrow(row.member, row.product, without=row)
    if limit.unmet:
        raise MayNotBorrow(reason=limit.binding.text)
    if row.satang > limit.most_satang:
        raise MoreThanAllowed(most=format_baht(limit.most_satang), reason=limit.binding.text)


def _written_again(
    known: LoanApplication, member: Member, values: dict[str, object], *, by_member: bool
) -> LoanApplication:
    is_changed = any(getattr(known, name) != value for name, value in values.items())
    if known.member_id != member.pk or known.by_member != by_member or (is_changed and known.status != Status.DRAFT):
        raise OperationReused
    if is_changed:
        for name, value in values.items():
            setattr(known, name, value)
        known.save(update_fields=list(values))
    return known


def _locked(application: LoanApplication) -> LoanApplication:
    found = LoanApplication.objects.select_for_update().get(pk=application.pk)
    found.group, found.member = application.group, application.member
    found.member.group = application.group
    return found
