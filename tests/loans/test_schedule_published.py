"""Schedules that others have published, to the last unit of money that they print."""

from datetime import date
from fractions import Fraction

import pytest

from loans.schedule import Instalment, Method, Rhythm, build_schedule


def monthly(principal: int, yearly_per_cent: str, count: int, rhythm: Rhythm, method: Method) -> tuple[Instalment, ...]:
    return build_schedule(
        principal=principal,
        monthly_rate=Fraction(Fraction(yearly_per_cent), 1200),
        instalments=count,
        method=method,
        rhythm=rhythm,
        starts_on=date(2026, 1, 1),
        first_due_on=date(2026, 2, 1),
    )


def level(principal: int, yearly_per_cent: str, count: int) -> tuple[Instalment, ...]:
    return monthly(principal, yearly_per_cent, count, Rhythm.EQUAL_INSTALMENT, Method.REDUCING)


# NumPy reference guide, numpy.ipmt (now numpy_financial.ipmt): "the amortization schedule for a 1 year loan of $2500 at
# 8.24% interest per year compounded monthly": principal, interest and what is left, rounded only for print.
NUMPY_GUIDE = [
    (200_58, 17_17, 2299_42),
    (201_96, 15_79, 2097_46),
    (203_35, 14_40, 1894_11),
    (204_74, 13_01, 1689_37),
    (206_15, 11_60, 1483_22),
    (207_56, 10_18, 1275_66),
    (208_99, 8_76, 1066_67),
    (210_42, 7_32, 856_25),
    (211_87, 5_88, 644_38),
    (213_32, 4_42, 431_05),
    (214_79, 2_96, 216_26),
    (216_26, 1_49, 0),
]


def test_the_year_of_the_numpy_guide():
    """Each month is rounded here, in the guide only what is printed: a cent or two apart."""
    left = 2500_00
    for row, (principal, interest, rest) in zip(level(2500_00, "8.24", 12), NUMPY_GUIDE, strict=True):
        left -= row.principal
        assert abs(row.principal - principal) <= (3 if row.number == 12 else 1)
        assert abs(row.interest - interest) <= 1
        assert abs(left - rest) <= 2
    assert sum(row.interest for row in level(2500_00, "8.24", 12)) == pytest.approx(112_98, abs=2)


@pytest.mark.parametrize(
    ("principal", "yearly", "count", "instalment"),
    [
        (10_000_00, "8", 10, 1_037_03),  # Microsoft Excel help, PMT: 8 %, 10 months, 10,000 -> -1,037.03
        (200_000_00, "7.5", 180, 1_854_02),  # NumPy reference guide, numpy.pmt: 200,000, 15 years, 7.5 % -> -1854.0247
    ],
)
def test_published_level_instalments(principal, yearly, count, instalment):
    assert level(principal, yearly, count)[0].total == instalment


@pytest.mark.parametrize(
    ("principal", "yearly", "count", "first_interest", "first_principal"),
    [
        (8_000_00, "10", 36, 66_67, None),  # Microsoft Excel help, IPMT: first month of 8,000 at 10 % over 3 years
        (2_000_00, "10", 24, None, 75_62),  # Microsoft Excel help, PPMT: first month of 2,000 at 10 % over 2 years
        (125_000_00, "9", 360, 937_50, 68_28),  # Microsoft Excel help, CUMIPMT and CUMPRINC: first month
    ],
)
def test_published_first_months(principal, yearly, count, first_interest, first_principal):
    first = level(principal, yearly, count)[0]
    assert first.interest == first_interest or first_interest is None
    assert first.principal == first_principal or first_principal is None


def test_the_second_year_of_thirty():
    """Microsoft Excel help, CUMIPMT, CUMPRINC: 125,000 at 9 % over 30 years, months 13 to 24: 11,135.23 and 934.11."""
    second_year = level(125_000_00, "9", 360)[12:24]
    assert sum(row.interest for row in second_year) == pytest.approx(11_135_23, abs=3)
    assert sum(row.principal for row in second_year) == pytest.approx(934_11, abs=5)


def test_the_flat_loan_of_the_encyclopaedia():
    """Wikipedia, "Flat interest rate": 1,200 with 12 monthly repayments of 100 plus 1 % (12) a month is 112 a month."""
    flat = monthly(1_200_00, "12", 12, Rhythm.EQUAL_PRINCIPAL, Method.FLAT)
    assert {(row.principal, row.interest) for row in flat} == {(100_00, 12_00)}


def test_the_four_months_contract_of_rural_cambodia():
    """Wikipedia, "Flat interest rate", pictured contract: 400,000 riels, 16,000 (4 %) a month, principal at the end."""
    contract = monthly(400_000, "48", 4, Rhythm.INTEREST_ONLY, Method.FLAT)
    assert [(row.principal, row.interest) for row in contract] == [(0, 16_000)] * 3 + [(400_000, 16_000)]
