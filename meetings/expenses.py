"""What a group pays for, and the one account behind each: the officer names the purpose, never a pool."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Expense:
    """A purpose of payment. `code` is the account debited; `named` asks for the activity's name as its holder."""

    key: str
    label: Any
    code: str
    named: bool = False

    @property
    def pool(self) -> str:
        """O operating, A administrative: the letter of the account."""
        return self.code[0]


EXPENSES = (
    Expense("stationery", _("Notebooks, pens, printing"), "A5100"),
    Expense("contact", _("Travel, contact and coordination"), "A5100"),
    Expense("meeting", _("Meeting and training"), "A5100"),
    Expense("administration", _("Other running of the group"), "A5100"),
    Expense("operating", _("Cost of lending and saving"), "O5100"),
    Expense("activity", _("Cost of an activity"), "O5300", named=True),
    Expense("welfare", _("Welfare paid to a member"), "O3400"),
    Expense("public_benefit", _("Public benefit"), "O3500"),
    Expense("committee_pay", _("Committee pay"), "O2500"),
)
BY_KEY = {expense.key: expense for expense in EXPENSES}
