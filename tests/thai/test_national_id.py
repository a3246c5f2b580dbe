"""A national ID is checked by its last digit and hidden on screens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thai.national_id import (
    NationalIdError,
    NationalIdProblem,
    format_national_id,
    mask_national_id,
    parse_national_id,
)


def with_check_digit(twelve: str) -> str:
    total = sum(int(digit) * (13 - index) for index, digit in enumerate(twelve))
    return f"{twelve}{(11 - total % 11) % 10}"


SOMCHAI = with_check_digit("110170020345")


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True))
def test_every_number_with_a_right_check_digit_is_taken(twelve):
    digits = with_check_digit(twelve)
    assert parse_national_id(digits) == digits
    assert parse_national_id(format_national_id(digits)) == digits


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True), st.integers(min_value=1, max_value=9))
def test_every_wrong_check_digit_is_refused(twelve, shift):
    digits = with_check_digit(twelve)
    wrong = digits[:12] + str((int(digits[12]) + shift) % 10)
    with pytest.raises(NationalIdError) as refused:
        parse_national_id(wrong)
    assert refused.value.problem is NationalIdProblem.CHECK_DIGIT


def test_thai_digits_spaces_and_dashes_are_taken():
    thai = SOMCHAI.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert parse_national_id(thai) == SOMCHAI
    assert parse_national_id(f" {SOMCHAI[:4]} {SOMCHAI[4:]}") == SOMCHAI


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("123", NationalIdProblem.LENGTH),
        (SOMCHAI + "1", NationalIdProblem.LENGTH),
        ("1101A00203451", NationalIdProblem.CHARACTERS),
        ("", NationalIdProblem.CHARACTERS),
        ("١١٠١٧٠٠٢٠٣٤٥١", NationalIdProblem.CHARACTERS),
    ],
)
def test_what_is_no_national_id_is_refused(typed, problem):
    with pytest.raises(NationalIdError) as refused:
        parse_national_id(typed)
    assert refused.value.problem is problem


def test_the_mask_shows_three_digits_and_the_error_none():
    assert mask_national_id(SOMCHAI) == f"x-xxxx-xxxxx-{SOMCHAI[10:12]}-{SOMCHAI[12]}"
    with pytest.raises(NationalIdError) as refused:
        parse_national_id(SOMCHAI[:12] + str((int(SOMCHAI[12]) + 1) % 10))
    assert SOMCHAI[:6] not in repr(refused.value)
