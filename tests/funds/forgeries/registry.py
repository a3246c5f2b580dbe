"""The rule that must refuse each forgery."""

from collections.abc import Callable
from datetime import date

from tests.funds.conftest import Books
from tests.funds.forge import (
    Forgery,
)

CASH_IN = (("O1100", "", 200_00), ("O2100", "0001", -200_00))


CASH_OUT = (("O2100", "0001", 50_00), ("O1100", "", -50_00))


DECEMBER_31 = date(2025, 12, 31)


Case = Callable[[Books, Books], Forgery]


def registered_in(cases: dict[str, tuple[Case, str]]) -> Callable[[str], Callable[[Case], Case]]:
    """The decorator that registers a forgery under the rule that must refuse it."""

    def case(rule: str) -> Callable[[Case], Case]:
        def register(make: Case) -> Case:
            cases[make.__name__] = (make, rule)
            return make

        return register

    return case
