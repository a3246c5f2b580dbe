"""What a payment pays first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.schedule import Allocation, Owed, allocate_repayment

MARCH, APRIL = date(2026, 3, 5), date(2026, 4, 5)
TWO_MONTHS = (Owed(MARCH, 20_00, 100_00, 1_000_00), Owed(APRIL, 5_00, 90_00, 1_000_00))


def allocate(paid: int, *, fines_last: bool = False, outstanding: int = 9_000_00) -> Allocation:
    return allocate_repayment(paid=paid, owed=TWO_MONTHS, outstanding=outstanding, fines_last=fines_last)


@pytest.mark.parametrize(
    ("paid", "fine", "interest", "principal"),
    [
        (0, 0, 0, 0),
        (10_00, 10_00, 0, 0),
        (25_00, 25_00, 0, 0),
        (125_00, 25_00, 100_00, 0),
        (215_00, 25_00, 190_00, 0),
        (1_215_00, 25_00, 190_00, 1_000_00),
        (2_215_00, 25_00, 190_00, 2_000_00),
    ],
)
def test_all_fines_then_all_interest_then_principal(paid, fine, interest, principal):
    assert allocate(paid) == Allocation(fine, interest, principal, 0)


@pytest.mark.parametrize(
    ("paid", "fine", "interest", "principal"),
    [
        (190_00, 0, 190_00, 0),
        (2_190_00, 0, 190_00, 2_000_00),
        (2_200_00, 10_00, 190_00, 2_000_00),
        (3_215_00, 25_00, 190_00, 3_000_00),
    ],
)
def test_a_setting_may_put_fines_after_the_principal_owed(paid, fine, interest, principal):
    assert allocate(paid, fines_last=True) == Allocation(fine, interest, principal, 0)


def test_what_is_above_what_is_owed_goes_to_the_principal_to_come_and_then_is_left_over():
    assert allocate(5_000_00) == Allocation(25_00, 190_00, 4_785_00, 0)
    assert allocate(9_216_00) == Allocation(25_00, 190_00, 9_000_00, 1_00)


def test_where_nothing_is_owed_a_payment_is_principal():
    assert allocate_repayment(paid=700_00, owed=(), outstanding=500_00) == Allocation(0, 0, 500_00, 200_00)


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"paid": -1}, "paid"),
        ({"outstanding": -1}, "outstanding"),
        ({"outstanding": 1_999_99}, "outstanding"),
        ({"owed": (Owed(MARCH, -1, 0, 0),)}, "owed"),
        ({"owed": tuple(reversed(TWO_MONTHS))}, "oldest first"),
    ],
)
def test_what_cannot_be_is_refused(wrong, names):
    with pytest.raises(ValueError, match=names):
        allocate_repayment(**({"paid": 1_00, "owed": TWO_MONTHS, "outstanding": 9_000_00} | wrong))


AMOUNTS = st.integers(0, 10_000)
OWED = st.lists(st.builds(Owed, st.just(MARCH), AMOUNTS, AMOUNTS, AMOUNTS), max_size=4)


@given(paid=st.integers(0, 100_000), owed=OWED, ahead=AMOUNTS, fines_last=st.booleans())
def test_every_satang_of_a_payment_is_somewhere_and_none_pays_more_than_is_owed(paid, owed, ahead, fines_last):
    outstanding = sum(row.principal for row in owed) + ahead
    found = allocate_repayment(paid=paid, owed=owed, outstanding=outstanding, fines_last=fines_last)
    assert found.fine + found.interest + found.principal + found.left_over == paid
    assert 0 <= found.fine <= sum(row.fine for row in owed)
    assert 0 <= found.interest <= sum(row.interest for row in owed)
    assert 0 <= found.principal <= outstanding
    assert found.left_over == max(0, paid - outstanding - sum(row.fine + row.interest for row in owed))
