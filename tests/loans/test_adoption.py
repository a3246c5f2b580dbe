"""Which part of a paper receipt paid which contract: by the order of its lines, else by who paid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.adoption import PaperLine, PaperLoan, assigned, first_due_after, owed_after, parts_of

MARCH_5, APRIL_5 = date(2025, 3, 5), date(2025, 4, 5)
SOMCHAI, PRANI = 1, 2


def loan(number: str, member: int = SOMCHAI, satang: int = 10_000_00, brought: int | None = None) -> PaperLoan:
    return PaperLoan(
        number=number,
        member=member,
        contracted_on=date(2025, 2, 5),
        satang=satang,
        instalments=10,
        first_due_on=MARCH_5,
        brought_satang=brought,
    )


def lines(entry: int, *said: tuple[str, str, int], on: date = MARCH_5) -> list[PaperLine]:
    return [PaperLine(entry, on, code, holder, satang) for code, holder, satang in said]


def told(parts: list[PaperLine], *loans: PaperLoan) -> list[tuple[str, int, int, int]]:
    found, unclear = assigned(parts_of(parts), loans, {7: SOMCHAI, 8: PRANI}.get)
    assert not unclear
    return [(part.contract, part.principal, part.interest, part.fine) for part in found]


def test_interest_and_fine_belong_to_the_contract_before_them():
    paid = lines(
        7,
        ("O1100", "", 1_300_00),
        ("O2100", "0001", -100_00),
        ("O1300", "1/2568", -1_000_00), ("O4100", "", -100_00), ("O4200", "", -20_00),
        ("O1300", "2/2568", -50_00), ("O4100", "", -30_00),
    )  # fmt: skip
    assert told(paid, loan("1/2568"), loan("2/2568")) == [
        ("1/2568", 1_000_00, 100_00, 20_00),
        ("2/2568", 50_00, 30_00, 0),
    ]


def test_interest_alone_belongs_to_the_payers_only_loan():
    assert told(lines(8, ("O4100", "", -100_00)), loan("1/2568"), loan("2/2568", PRANI)) == [("2/2568", 0, 100_00, 0)]


def test_of_two_loans_the_one_whose_interest_of_some_months_it_is():
    paid = lines(7, ("O4100", "", -100_00))
    assert told(paid, loan("1/2568", satang=3_000_00), loan("2/2568", satang=5_000_00)) == [("2/2568", 0, 100_00, 0)]


def test_a_second_interest_line_is_another_contracts():
    paid = lines(7, ("O1300", "1/2568", -500_00), ("O4100", "", -100_00), ("O4100", "", -40_00))
    assert told(paid, loan("1/2568"), loan("2/2568", satang=4_000_00)) == [
        ("1/2568", 500_00, 100_00, 0),
        ("2/2568", 0, 40_00, 0),
    ]


def test_two_payments_of_one_contract_in_one_receipt_are_one_part():
    paid = lines(7, ("O1300", "1/2568", -500_00), ("O4100", "", -100_00), ("O1300", "1/2568", -200_00))
    assert told(paid, loan("1/2568")) == [("1/2568", 700_00, 100_00, 0)]


def test_interest_of_somebody_without_a_loan_is_nobodys():
    _found, unclear = assigned(parts_of(lines(8, ("O4100", "", -100_00))), [loan("1/2568")], {8: PRANI}.get)
    assert [part.interest for part in unclear] == [100_00]


def test_the_next_receipt_begins_anew():
    paid = lines(7, ("O1300", "1/2568", -500_00)) + lines(8, ("O4100", "", -100_00), on=APRIL_5)
    assert told(paid, loan("1/2568"), loan("2/2568", PRANI)) == [("1/2568", 500_00, 0, 0), ("2/2568", 0, 100_00, 0)]


@pytest.mark.parametrize(
    ("payout", "day", "due"),
    [
        (date(2025, 2, 5), 5, date(2025, 3, 5)),
        (date(2024, 12, 5), 5, date(2025, 1, 5)),
        (date(2025, 2, 7), 5, date(2025, 3, 5)),
        (date(2025, 1, 20), 31, date(2025, 2, 28)),
    ],
)
def test_the_first_instalment_falls_due_on_the_meeting_day_of_the_next_month(payout, day, due):
    assert first_due_after(payout, day) == due


@given(
    st.lists(
        st.tuples(st.sampled_from(["1/2568", "2/2568"]), st.integers(1, 500), st.integers(0, 90), st.integers(0, 20)),
        max_size=12,
    )
)
def test_no_satang_is_lost_or_told_twice(rows):
    paid: list[PaperLine] = []
    for place, (contract, principal, interest, fine) in enumerate(rows):
        said = [("O1300", contract, -principal), ("O4100", "", -interest), ("O4200", "", -fine)]
        paid += lines(place // 2, *[one for one in said if one[2]])
    both = [loan("1/2568"), loan("2/2568")]
    found, unclear = assigned(parts_of(paid), both, lambda entry: SOMCHAI)
    assert not unclear
    assert sum(p.principal + p.interest + p.fine for p in found) == -sum(line.satang for line in paid)
    assert len({(part.entry, part.contract) for part in found}) == len(found)
    for each in both:
        own = [row[1] for row in rows if row[0] == each.number]
        assert owed_after(each, [p for p in found if p.contract == each.number]) == 10_000_00 - sum(own)
