"""A member who leaves, whose settlement waits for a second officer."""

from datetime import date
from typing import Any
from uuid import uuid4

from members.models import Resolution, SavingsGroup, User
from members.services import add_member
from membership.services import LeavingInput, SettlementInput, record_leaving, request_settlement

NOVEMBER_5 = date(2026, 11, 5)


def leaving_samples(group: SavingsGroup, resolution: Resolution, treasurer: User) -> dict[str, Any]:
    """Someone without savings, so that nothing else of the walk is touched."""
    leaver = add_member(
        group=group, by=treasurer, first_name="ลา", last_name="ไป", status="active", admitted_on=date(2020, 1, 5)
    )
    leaving = record_leaving(
        member=leaver,
        leaving=LeavingInput(reason="resignation", begun_on=NOVEMBER_5),
        operation=uuid4(),
        by=treasurer,
    )
    how = SettlementInput(paid_on=NOVEMBER_5, resolution=resolution)
    row = request_settlement(leaving=leaving, settlement=how, operation=uuid4(), by=treasurer)
    return {"settlement_id": row.pk}
