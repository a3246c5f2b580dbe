"""Money received beside the meeting: posted at once, with the giver's name on its receipt."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from funds.accounts import accounts_for
from funds.chart import CASH
from funds.journal import Line as JournalLine
from funds.journal import lock_book, post_entry
from funds.models import MoneyIn
from funds.money_errors import VoucherTaken
from funds.pictures import Picture
from funds.purposes import Source
from funds.services.days import require_bookable
from funds.services.photos import keep_photo
from funds.voucher_lines import Place, received_lines
from members.models import SavingsGroup, User


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Money as it was received. `holder`: of a subsidy to return, of a loan; satang > 0."""

    source: Source
    received_on: date
    satang: int
    place: Place
    holder: str = ""
    giver: str = ""
    purpose: str = ""
    slip_ref: str = ""
    picture: Picture | None = None


@transaction.atomic
def receive_money(*, group: SavingsGroup, receipt: Receipt, operation: UUID, by: User) -> MoneyIn:
    """Post money received; the same operation with the same content returns the row.

    Posts: debit cash or bank; credit the account of the source. Raises VoucherTaken, BooksNotOpen, PeriodLocked,
    DeclaredAccountTouched, FutureDate, CashBusy.
    """
    lock_book(group)
    row = _row(group, receipt, operation, by)
    known = MoneyIn.objects.filter(operation=operation).first()
    if known is not None:
        if not _is_same(known, row):
            raise VoucherTaken
        return known
    lines = received_lines(receipt.source, receipt.holder, receipt.satang, receipt.place)
    touches_cash = any(code in CASH for code, *_ in lines)
    require_bookable(group=group, on=receipt.received_on, touches_cash=touches_cash)
    if receipt.picture is not None:
        row.photo = keep_photo(group=group, by=by, upload=receipt.picture)
    accounts = accounts_for(group, [(code, holder) for code, holder, _, _ in lines])
    row.entry = post_entry(
        group=group,
        kind=receipt.source.kind,
        on=receipt.received_on,
        by=by,
        lines=[JournalLine(accounts[code, holder], satang) for code, holder, satang, _ in lines],
        operation=operation,
        details=_details(row),
    )
    row.save()
    return row


def _row(group: SavingsGroup, receipt: Receipt, operation: UUID, by: User) -> MoneyIn:
    return MoneyIn(
        group=group,
        operation=operation,
        source=receipt.source.key,
        received_on=receipt.received_on,
        satang=receipt.satang,
        account_code=receipt.source.code,
        account_holder=receipt.holder if receipt.source.named else "",
        giver=receipt.giver,
        purpose=receipt.purpose,
        way=receipt.place.way,
        bank_holder=receipt.place.bank,
        slip_ref=receipt.slip_ref,
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def _details(row: MoneyIn) -> dict[str, Any]:
    said = {
        "payer": row.giver,
        "memo": row.purpose,
        "method": row.way if row.way == "transfer" else "",
        "slip": row.slip_ref,
        "source": row.source,
        "photo": row.photo.sha256 if row.photo else "",
    }
    return {key: text for key, text in said.items() if text}


_CONTENT = (
    "group_id", "source", "received_on", "satang", "account_code", "account_holder", "giver", "purpose", "way",
    "bank_holder", "slip_ref",
)  # fmt: skip


def _is_same(known: MoneyIn, row: MoneyIn) -> bool:
    return all(getattr(known, name) == getattr(row, name) for name in _CONTENT)
