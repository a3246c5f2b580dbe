"""The rows of docs/LEDGER.md about loans that go badly, each made by its real service."""

from collections.abc import Iterator
from typing import Any

from funds.models import Entry
from loans.models import LoanAct
from loans.selectors.standings import standing_of
from members.group_settings import change_setting
from tests.loans.acting import NOV_22, Acting, Kind
from tests.village import TestVillage

WRITTEN_OFF = "the general meeting writes a loan off"
RECOVERED = "money still comes of a loan that was written off"
MORE, LESS = "the ageing asks for more allowance", "the ageing asks for less allowance"


def trouble(village: TestVillage, bank: str) -> Iterator[tuple[str, Entry]]:
    """Prani has three late loans with fines: one gets a new schedule, one is set off in part, one is written off
    from the allowance; what is left of the second is written off when there is no allowance."""
    lending = Acting(village, box=0, bank=10_000_00)
    lending.save("Prani", 1_000_00)
    terms = lending.product("เงินกู้ที่มีค่าปรับ", late_rate_bp=20)
    loans = [lending.lend("Prani", 2_000_00, terms=terms, guarantors=("Malee",), instalments=4) for _each in range(3)]
    yield "a loan gets a new schedule", _entry(lending.reschedule(loans[1]))
    owed = standing_of(loans[0], NOV_22)
    part = owed.fine_owed + owed.interest_owed + 100_00
    set_off = lending.do(Kind.SET_OFF, loans[0], satang=part)
    yield "a loan is set off against the borrower's pledge savings", _entry(set_off)
    _set(lending, allowance_booked=1)
    yield MORE, _entry(lending.do(Kind.ALLOWANCE, None))
    yield WRITTEN_OFF, _entry(lending.do(Kind.WRITE_OFF, loans[2]))
    ways: list[dict[str, Any]] = [{"way": "cash"}, {"way": "transfer", "bank_holder": bank, "slip_ref": "R-1"}]
    for way in ways:
        back = lending.do(Kind.RECOVERY, loans[2], satang=50_00, payer="นางปราณี นาคำ", **way)
        yield RECOVERED, _entry(back)
    yield MORE, _entry(lending.do(Kind.ALLOWANCE, None))
    _set(lending, allowance_one_month=0, allowance_two_months=0, allowance_three_months=0)
    yield LESS, _entry(lending.do(Kind.ALLOWANCE, None))
    yield WRITTEN_OFF, _entry(lending.do(Kind.WRITE_OFF, loans[0]))


def _entry(act: LoanAct) -> Entry:
    assert act.entry is not None
    return act.entry


def _set(lending: Acting, **values: int) -> None:
    for key, value in values.items():
        change_setting(group=lending.group, key=key, value=value, valid_from=NOV_22, by=lending.village.chair)
