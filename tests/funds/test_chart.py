"""The chart and the kinds say what DESIGN.md says, and hold together."""

import pytest

from funds import chart, kinds
from funds.chart import Floor, Holder, Type, head_of
from funds.kinds import KINDS, Lines, kind_of


def test_loans_exist_in_the_operating_pool_only() -> None:
    assert chart.is_account("O1300")
    assert not chart.is_account("A1300")


@pytest.mark.parametrize(
    ("code", "unit", "kind"),
    [("O1100", "O", Type.ASSET), ("A3100", "A", Type.FUND), ("KR4100", "KR", Type.INCOME), ("KF5900", "KF", Type.COST)],
)
def test_a_code_says_its_unit_and_its_type(code: str, unit: str, kind: Type) -> None:
    assert (head_of(code).unit, head_of(code).type) == (unit, kind)


@pytest.mark.parametrize("code", ["", "O", "O1101", "o1100", "X1100", "K1100", "KR1200", "KRR1100", "O1100 "])
def test_what_is_not_in_the_chart_is_no_account(code: str) -> None:
    assert not chart.is_account(code)


def test_every_code_is_once_in_the_chart_and_has_a_well_formed_code() -> None:
    assert len(chart.BY_CODE) == len(chart.HEADS) == 43
    assert all(chart.CODE.fullmatch(code) for code in chart.BY_CODE)


@pytest.mark.parametrize(
    ("code", "floor"),
    [
        ("O1100", Floor.NOT_IN_CREDIT),
        ("O1300", Floor.NOT_IN_CREDIT),
        ("O1390", Floor.NOT_IN_DEBIT),
        ("O2100", Floor.NOT_IN_DEBIT),
        ("O3100", Floor.NOT_IN_DEBIT),
        ("O3900", Floor.FREE),
        ("A3100", Floor.FREE),
        ("O4100", Floor.FREE),
        ("A5100", Floor.FREE),
    ],
)
def test_floors(code: str, floor: Floor) -> None:
    assert head_of(code).floor is floor


def test_a_floor_knows_its_side() -> None:
    assert Floor.NOT_IN_CREDIT.is_broken_by(-1)
    assert not Floor.NOT_IN_CREDIT.is_broken_by(0)
    assert Floor.NOT_IN_DEBIT.is_broken_by(1)
    assert not Floor.FREE.is_broken_by(-1)
    assert Floor.NOT_IN_DEBIT.is_neared_by(5)
    assert not Floor.NOT_IN_DEBIT.is_neared_by(-5)


@pytest.mark.parametrize(
    ("holder", "good", "bad"),
    [
        (Holder.NONE, [""], ["0001"]),
        (Holder.MEMBER, ["0001", "12345"], ["", "1", "001", "0001-1", "000a"]),
        (Holder.BOOK, ["0005-1"], ["0005", "5-1", "0005-", "0005-1 "]),
        (Holder.NAMED, ["ก 12/2568", "rice"], ["", " a", "a ", "x" * 41]),
        (Holder.OPTIONAL, ["", "123-4-56789-0"], [" "]),
    ],
)
def test_holders_have_the_form_of_their_account(holder: Holder, good: list[str], bad: list[str]) -> None:
    assert all(holder.fits(text) for text in good)
    assert not any(holder.fits(text) for text in bad)


@pytest.mark.parametrize(
    ("code", "goes_to"),
    [("O4100", "O3900"), ("O5100", "O3900"), ("A4100", "A3100"), ("KR4100", "KR3100"), ("O2100", "O2100")],
)
def test_results_of_a_year_have_one_place_to_go(code: str, goes_to: str) -> None:
    assert chart.profit_account(code) == goes_to


def test_kinds_leave_room_for_the_mark_of_paper() -> None:
    assert all(len(kind.name) <= kinds.LONGEST and kinds.FORM.fullmatch(kind.name) for kind in KINDS)


def test_a_kind_from_paper_is_its_kind() -> None:
    assert kind_of("paper_meeting_close") is kind_of("meeting_close")
    with pytest.raises(LookupError):
        kind_of("gift")
    with pytest.raises(LookupError):
        kind_of("paper_paper_receipt")


def test_what_locks_or_undoes_is_never_undone() -> None:
    assert {kind.name for kind in KINDS if not kind.reversible and kind.lines is not Lines.NONE} == {
        "activity_count",
        "in_kind_count",
        "opening",
        "reversal",
        "year_close",
    }
    assert all(not kind.reversible for kind in KINDS if kind.lines is Lines.NONE)
