"""What a leaver gets, without a database: savings come back in full after set-off, shares to the satang."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.settlement import Debt, Owed, posting_lines, settle, split

amounts = st.integers(0, 10_000_000_00)
owed_sums = st.lists(st.builds(Owed, st.just("O2200"), st.sampled_from(["0008-1", "0008-2"]), amounts, amounts))
debts = st.lists(st.builds(Debt, st.just("O1500"), st.just("0008"), amounts, st.booleans()))


def test_the_example_by_hand() -> None:
    found = settle(
        [Owed("O2100", "0008", 1_000_00), Owed("O2200", "0008-1", 0, 1)],
        [Debt("O4200", "", 20_00, may_lapse=True), Debt("O1500", "0008", 100_00)],
    )
    assert (found.owed_total, found.set_off_total, found.paid) == (1_000_01, 120_00, 880_01)
    assert split(found.paid, [50, 30, 20]) == [440_01, 264_00, 176_00]


@given(owed_sums, debts)
def test_paid_and_set_off_are_what_is_owed_to_the_satang(owed: list[Owed], owing: list[Debt]) -> None:
    found = settle(owed, owing)
    assert found.paid + found.set_off_total == sum(each.total for each in owed)
    assert found.paid >= 0
    assert found.set_off_total + found.shortage + found.lapsed == sum(each.satang for each in owing)
    assert not (found.paid and (found.shortage or found.lapsed))


@given(owed_sums, debts, st.sampled_from([[100], [50, 50], [34, 33, 33], [98, 1, 1]]))
def test_the_entry_balances_and_empties_every_account(owed: list[Owed], owing: list[Debt], shares: list[int]) -> None:
    found = settle(owed, owing)
    parts = [(("O1100", ""), part) for part in split(found.paid, shares)]
    lines = posting_lines(found, interest_code="O5200", parts=parts)
    assert sum(satang for _code, _holder, satang in lines) == 0
    assert sum(satang for code, _holder, satang in lines if code == "O2200") == sum(each.satang for each in owed)
    assert all(satang for _code, _holder, satang in lines)


@given(amounts, st.sampled_from([[100], [50, 50], [34, 33, 33], [60, 39, 1], [1, 1, 98]]))
def test_shares_add_up_and_none_is_a_satang_off(satang: int, percents: list[int]) -> None:
    parts = split(satang, percents)
    assert sum(parts) == satang
    for part, percent in zip(parts, percents, strict=True):
        assert abs(part * 100 - satang * percent) < 100


def test_a_satang_left_over_goes_to_the_first_of_equals() -> None:
    assert split(1, [50, 50]) == [1, 0]
    assert split(2, [34, 33, 33]) == [1, 1, 0]


def test_debts_in_the_books_come_before_fines_and_fines_lapse() -> None:
    found = settle([Owed("O2100", "0008", 100)], [Debt("O4200", "", 80, may_lapse=True), Debt("O1500", "0008", 70)])
    assert [(each.debt.code, each.satang) for each in found.set_off] == [("O1500", 70), ("O4200", 30)]
    assert (found.paid, found.lapsed, found.shortage) == (0, 50, 0)


def test_what_savings_do_not_cover_is_a_shortage() -> None:
    assert settle([Owed("O2100", "0008", 100)], [Debt("O1500", "0008", 170)]).shortage == 70


@pytest.mark.parametrize("percents", [[50, 49], [100, 0], []])
def test_shares_that_are_not_whole_are_refused(percents: list[int]) -> None:
    with pytest.raises(ValueError, match="by"):
        split(100, percents)
