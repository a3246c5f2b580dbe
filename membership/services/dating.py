"""A settlement whose day was closed or counted meanwhile is dated today, computed and held anew, in one go."""

from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from funds.journal import lock_book
from members.models import Beneficiary, User
from membership.models import Leaving, Settlement
from membership.payees import Heir
from membership.services.settlement_input import PayeeWay, SettlementInput
from membership.services.settlements import cancel_settlement, request_settlement


@transaction.atomic
def date_settlement_today(*, settlement: Settlement, by: User) -> Settlement:
    """Ask for the same settlement with today's day and figures; the row before is taken back. Pressed twice it is one.

    Raises SettlementDone and as `request_settlement`.
    """
    lock_book(settlement.group)
    operation = _operation(settlement)
    known = Settlement.objects.filter(operation=operation).first()
    if known is not None:
        return known
    leaving = settlement.leaving
    given = SettlementInput(
        paid_on=timezone.localdate(),
        way=settlement.way,
        bank_holder=settlement.bank_holder,
        slip_ref=settlement.slip_ref,
        resolution=settlement.resolution,
        heirs=_heirs(leaving, settlement),
        ways=[
            PayeeWay(way=each.way, bank_holder=each.bank_holder, slip_ref=each.slip_ref)
            for each in settlement.payees.all()
        ],
    )
    cancel_settlement(settlement=settlement, by=by)
    return request_settlement(leaving=leaving, settlement=given, operation=operation, by=by)


def _operation(settlement: Settlement) -> UUID:
    return uuid5(settlement.operation, f"{timezone.localdate():%Y-%m-%d}")


def _heirs(leaving: Leaving, settlement: Settlement) -> list[Heir]:
    """The heirs as they were typed; none where beneficiaries are on file."""
    is_typed = (
        leaving.reason == Leaving.Reason.DEATH and not Beneficiary.objects.filter(member=leaving.member_id).exists()
    )
    rows = settlement.payees.select_related("member") if is_typed else ()
    return [Heir(each.name, each.relation, each.percent, each.member) for each in rows]
