"""Products of special savings: opened, given dated terms; their books; interest credited by two people, once."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from funds.accounts import accounts_for
from funds.errors import PeriodLocked
from funds.journal import Line, credit, debit, lock_book, post_entry
from funds.services.days import require_bookable
from members import cosign
from members.access import Right, has_right
from members.models import Member, Resolution, SavingsGroup, User
from savings.errors import BooksMoved, InterestWaits, NothingToCredit, PeriodNotOver, RequestDone, TermsBackdated
from savings.models import InterestLine, InterestRun, ProductTerms, SpecialBook, SpecialProduct
from savings.selectors.balances import SPECIAL_SAVINGS
from savings.selectors.products import Preview, preview, standing_runs
from savings.services.special import open_special_book
from thai.dates import format_date
from thai.language import active_language
from thai.months import format_month

INTEREST_COST = "O5200"


@dataclass(frozen=True, kw_only=True)
class TermsInput:
    """Terms as decided; rate in hundredths of a per cent a year, months 1-12, satang."""

    valid_from: date
    rate: int
    method: str
    first_credit_month: int
    second_credit_month: int | None = None
    minimum: int = 0
    withdrawals_a_month: int = 0
    notice_days: int = 0


@transaction.atomic
def open_product(
    *, group: SavingsGroup, name: str, terms: TermsInput, resolution: Resolution, by: User
) -> SpecialProduct:
    """Open a product with its first terms. The group's first one takes the books that have none; the same name again
    is the product that stands. Raises TermsBackdated.
    """
    lock_book(group)
    known = SpecialProduct.objects.filter(group=group, name=name).first()
    if known is not None:
        set_terms(product=known, terms=terms, resolution=resolution, by=by)
        return known
    is_first = not SpecialProduct.objects.filter(group=group).exists()
    product = SpecialProduct.objects.create(group=group, name=name, is_default=is_first, opened_by=by)
    set_terms(product=product, terms=terms, resolution=resolution, by=by)
    if is_first:
        SpecialBook.objects.filter(group=group, product__isnull=True).update(product=product)
    return product


@transaction.atomic
def set_terms(*, product: SpecialProduct, terms: TermsInput, resolution: Resolution, by: User) -> ProductTerms:
    """Let a product have other terms from a month on; what held before stays. Raises TermsBackdated."""
    lock_book(product.group)
    values: dict[str, Any] = {
        "rate": terms.rate,
        "method": terms.method,
        "first_credit_month": terms.first_credit_month,
        "second_credit_month": terms.second_credit_month,
        "minimum_satang": terms.minimum,
        "withdrawals_a_month": terms.withdrawals_a_month,
        "notice_days": terms.notice_days,
        "resolution": resolution,
    }
    latest = ProductTerms.objects.filter(product=product).order_by("-valid_from").first()
    values["valid_from"] = terms.valid_from
    if latest is not None and all(getattr(latest, name) == value for name, value in values.items()):
        return latest
    run = standing_runs(product).first()
    taken = [each for each in (latest and latest.valid_from, run and run.ends_on) if each]
    if taken and terms.valid_from <= max(taken):
        raise TermsBackdated(month=format_month(max(taken), "long", active_language()))
    return ProductTerms.objects.create(product=product, set_by=by, **values)


@transaction.atomic
def open_product_book(*, member: Member, product: SpecialProduct, by: User) -> SpecialBook:
    """Open a further book of a product for a member. Raises NotAMember."""
    book = open_special_book(member=member, by=by)
    book.product = product
    book.save(update_fields=["product"])
    return book


@transaction.atomic
def request_interest(
    *, product: SpecialProduct, starts_on: date, ends_on: date, fingerprint: str, operation: UUID, by: User
) -> InterestRun:
    """Ask for the interest of a period as previewed; a second officer approves. Nothing is posted yet.

    Raises BooksMoved, PeriodNotOver, NothingToCredit, InterestWaits, BooksNotOpen.
    """
    lock_book(product.group)
    known = InterestRun.objects.filter(operation=operation, product=product).first()
    if known is not None:
        return known
    found = preview(product, starts_on, ends_on)
    _refuse_unripe(found, fingerprint)
    run = InterestRun(
        group_id=product.group_id,
        product=product,
        operation=operation,
        starts_on=starts_on,
        ends_on=ends_on,
        credited_on=_credit_day(product.group, ends_on),
        total_satang=found.total,
        fingerprint=fingerprint,
        requested_by=by,
        requested_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        raise InterestWaits from None
    return run


@transaction.atomic
def approve_interest(*, run: InterestRun, by: User) -> InterestRun:
    """Post a period's interest: one entry for all books, or nothing. Twice by the same officer is one entry.

    Posts: debit O5200 the total; credit O2200 each book. Raises RequestDone, BooksMoved, SignerIsAsker,
    SignerLacksRight and what the gate refuses.
    """
    lock_book(run.group)
    locked = InterestRun.objects.select_for_update(of=("self",)).select_related("product__group").get(pk=run.pk)
    if locked.entry_id is not None and locked.approved_by_id == by.pk:
        return locked
    if not locked.is_waiting:
        raise RequestDone
    refuse_second(group=run.group, asked_by=locked.requested_by, approver=by)
    found = preview(locked.product, locked.starts_on, locked.ends_on)
    if found.fingerprint != locked.fingerprint:
        raise BooksMoved
    locked.entry = post_entry(
        group=run.group,
        kind="special_interest",
        on=locked.credited_on,
        by=locked.requested_by,
        ok=[by],
        lines=_lines(run.group, found),
        operation=locked.operation,
        details={
            "product": locked.product.name,
            "memo": f"{locked.product.name} {locked.starts_on:%Y-%m-%d}/{locked.ends_on:%Y-%m-%d}",
        },
    )
    InterestLine.objects.bulk_create(
        InterestLine(run=locked, book=each.book, satang=each.satang) for each in found.books
    )
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save(update_fields=["entry", "approved_by", "approved_at"])
    return locked


@transaction.atomic
def cancel_interest(*, run: InterestRun, by: User) -> InterestRun:
    """Take a crediting back before it is posted. Raises RequestDone."""
    lock_book(run.group)
    locked = InterestRun.objects.select_for_update().get(pk=run.pk)
    if not locked.is_waiting:
        raise RequestDone
    locked.cancelled_by, locked.cancelled_at = by, timezone.now()
    locked.save(update_fields=["cancelled_by", "cancelled_at"])
    return locked


def refuse_second(*, group: SavingsGroup, asked_by: User, approver: User) -> None:
    """Refuse whoever asked, or holds no office. Raises SignerIsAsker, SignerLacksRight."""
    if approver.pk == asked_by.pk:
        raise cosign.SignerIsAsker
    if not has_right(approver, group, Right.COSIGN):
        raise cosign.SignerLacksRight(name=approver.display_name)


def _lines(group: SavingsGroup, found: Preview) -> list[Line]:
    keys = [(INTEREST_COST, ""), *((SPECIAL_SAVINGS, each.book.number) for each in found.books)]
    accounts = accounts_for(group, keys)
    credits_ = [credit(accounts[SPECIAL_SAVINGS, each.book.number], each.satang) for each in found.books]
    return [debit(accounts[INTEREST_COST, ""], found.total), *credits_]


def _refuse_unripe(found: Preview, fingerprint: str) -> None:
    if not found.is_over:
        raise PeriodNotOver(day=format_date(found.ends_on, language=active_language()))
    if not found.books:
        raise NothingToCredit
    if found.fingerprint != fingerprint:
        raise BooksMoved


def _credit_day(group: SavingsGroup, ends_on: date) -> date:
    """The last day of the period, or today where that day is closed."""
    try:
        require_bookable(group=group, on=ends_on, touches_cash=False)
    except PeriodLocked:
        return timezone.localdate()
    return ends_on
