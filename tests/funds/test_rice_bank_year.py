"""A rice bank's year, any year: the books agree with a plain dictionary, and refuse exactly what it refuses."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from funds.errors import BooksError
from funds.models import KindLoan
from funds.selectors.activities import barn_of, kept_for, loan_row
from funds.selectors.activity_year import year_result, years_of
from reports.verification import damage_of
from tests.funds.activities import Work, open_rice_bank
from tests.funds.test_properties import EACH_EXAMPLE_IS_UNDONE, undone
from tests.village import TestVillage

LIMIT, RATE = 500_000, 2000
NAMES = ("Prani", "Somchai")
KINDS = ("kind_gift", "kind_deposit", "kind_withdrawal", "kind_loan", "kind_return", "kind_loss", "kind_count")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1), st.integers(1, 700_000)), min_size=1, max_size=14)


@dataclass
class Plain:
    """The rice bank as a village would keep it on one sheet, in grams."""

    barn: int = 600_000
    interest: int = 0
    lost: int = 0
    kept: dict[int, int] = field(default_factory=lambda: {0: 0, 1: 0})
    loans: list[list[int]] = field(default_factory=list)  # whose, principal, interest

    def takes(self, kind: str, who: int, grams: int) -> bool:
        """Do a step, or say that it cannot be done."""
        owed = sum(loan[1] for loan in self.loans if loan[0] == who)
        match kind:
            case "kind_gift":
                self.barn += grams
            case "kind_deposit":
                self.barn, self.kept[who] = self.barn + grams, self.kept[who] + grams
            case "kind_withdrawal" if grams <= min(self.kept[who], self.barn):
                self.barn, self.kept[who] = self.barn - grams, self.kept[who] - grams
            case "kind_loan" if grams <= self.barn and owed + grams <= LIMIT:
                self.barn -= grams
                self.loans.append([who, grams, (grams * RATE + 5_000) // 10_000])
            case "kind_return" if grams <= sum(self.loans[-1][1:]):
                loan, first = self.loans[-1], min(grams, self.loans[-1][2])
                loan[1], loan[2] = loan[1] - (grams - first), loan[2] - first
                self.barn, self.interest = self.barn + grams, self.interest + first
            case "kind_loss" if grams <= self.barn:
                self.barn, self.lost = self.barn - grams, self.lost + grams
            case "kind_count":
                self.barn, self.lost = grams, self.lost + self.barn - grams
            case _:
                return False
        return True


def does(bank: Work, village: TestVillage, kind: str, who: int, grams: int) -> bool:
    """Do the same step in the books."""
    particulars: dict[str, dict[str, Any]] = {
        "kind_gift": {"party": "วัด"},
        "kind_return": {"loan": KindLoan.objects.order_by("id").last()},
        "kind_loss": {"reason": "หนู"},
        "kind_count": {"reason": "ชื้น"},
    }
    given = particulars.get(kind, {"member": village.member(NAMES[who])})
    try:
        if kind == "kind_loan":
            bank.lend(given["member"], grams)
        else:
            bank.do(kind, grams, **given)
    except BooksError:
        return False
    return True


@given(steps=STEPS)
@settings(EACH_EXAMPLE_IS_UNDONE, max_examples=12, deadline=None)
def test_any_year_of_a_rice_bank_agrees_with_a_plain_dictionary(
    village: TestVillage, steps: list[tuple[str, int, int]]
) -> None:
    with undone():
        bank = open_rice_bank(village.group, village.treasurer, village.auditor, stored=600_000, limit=LIMIT, rate=RATE)
        plain = Plain()
        for kind, who, grams in steps:
            if kind == "kind_return" and not plain.loans:
                continue
            assert does(bank, village, kind, who, grams) == plain.takes(kind, who, grams), (kind, who, grams)
        barn = barn_of(bank.activity)
        assert (barn.stored, barn.interest, barn.lost) == (plain.barn, plain.interest, plain.lost)
        for who, name in enumerate(NAMES):
            assert kept_for(bank.activity, village.member(name).holder) == plain.kept[who]
        rows = [loan_row(bank.activity, loan) for loan in KindLoan.objects.order_by("id")]
        assert [[row.principal, row.interest] for row in rows] == [loan[1:] for loan in plain.loans]
        result = year_result(bank.activity, years_of(bank.activity)[0])
        assert result.in_kind == plain.interest - plain.lost
        assert result.barn is not None
        assert result.barn.after == plain.barn
        assert list(damage_of(bank.group)) == []
