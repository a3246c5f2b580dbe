"""A settlement as it is asked for: the day, the way of each payee, the heirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from funds.models import Way
from members.models import Resolution, User
from membership.errors import WaysMissing
from membership.models import Leaving, Settlement, SettlementPayee
from membership.payees import Heir
from membership.selectors.settlement import BANK, CASH


@dataclass(frozen=True, kw_only=True)
class PayeeWay:
    """Which way one payee is paid."""

    way: str = Way.CASH
    bank_holder: str = ""
    slip_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class SettlementInput:
    """When and which way the money goes; heirs only where a deceased member named nobody.

    ways: of several payees, each one's own way in their order; unless given all are paid as the first fields say.
    """

    paid_on: date
    way: str = Way.CASH
    bank_holder: str = ""
    slip_ref: str = ""
    resolution: Resolution | None = None
    heirs: Sequence[Heir] = ()
    ways: Sequence[PayeeWay] = ()


def settlement_row(leaving: Leaving, settlement: SettlementInput, operation: UUID, by: User) -> Settlement:
    """The row as asked for, before anything is computed."""
    is_transfer = settlement.way == Way.TRANSFER
    return Settlement(
        group_id=leaving.group_id,
        leaving=leaving,
        operation=operation,
        paid_on=settlement.paid_on,
        way=settlement.way,
        bank_holder=settlement.bank_holder if is_transfer else "",
        slip_ref=settlement.slip_ref if is_transfer else "",
        resolution=settlement.resolution,
        requested_by=by,
        requested_at=timezone.now(),
    )


def ways_of(row: Settlement, settlement: SettlementInput, count: int) -> Sequence[PayeeWay]:
    """Each payee's own way; all alike unless told. Raises WaysMissing."""
    if settlement.ways and len(settlement.ways) != count:
        raise WaysMissing
    return settlement.ways or [PayeeWay(way=row.way, bank_holder=row.bank_holder, slip_ref=row.slip_ref)] * count


def parts_of(payees: Sequence[SettlementPayee]) -> list[tuple[tuple[str, str], int]]:
    """Where each payee's money comes from, and how much."""
    return [((CASH, "") if each.way == Way.CASH else (BANK, each.bank_holder), each.satang) for each in payees]
