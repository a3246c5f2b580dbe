"""What a group pays for and what it receives money for, and the one account behind each.

The officer names the purpose, never a pool: the letter of the account is the pool, so that an administrative cost
cannot be paid from operating capital. One table for the meeting and for every other day.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from funds import chart


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
        return chart.unit_of(self.code)


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
# What an officer takes money along for; welfare and committee pay go straight to the one who is paid.
TAKEN_ALONG = tuple(expense for expense in EXPENSES if chart.type_of(expense.code) is chart.Type.COST)


@dataclass(frozen=True)
class Source:
    """Where money comes from. `kind` is the kind of its entry, `code` the account credited.

    `named` asks for the holder (whose money must be given back, which loan); `from_whom` asks for the giver.
    """

    key: str
    label: Any
    kind: str
    code: str
    named: bool = False
    from_whom: bool = True

    @property
    def pool(self) -> str:
        """O operating, A administrative: the letter of the account."""
        return chart.unit_of(self.code)


SOURCES = (
    Source("subsidy", _("Subsidy to keep"), "subsidy", "O3200"),
    Source("subsidy_returnable", _("Subsidy to return"), "subsidy", "O2350", named=True),
    Source("donation", _("Donation"), "donation", "O3300"),
    Source("bank_loan", _("Loan that the group takes"), "bank_loan", "O2300", named=True),
    Source("bank_interest", _("Interest of the bank, operating capital"), "income", "O4300", from_whom=False),
    Source(
        "bank_interest_admin", _("Interest of the bank, administrative capital"), "income", "A4900", from_whom=False
    ),
    Source("other", _("Other income of the operating capital"), "income", "O4500"),
    Source("other_admin", _("Other income of the administrative capital"), "income", "A4900"),
)
SOURCE_BY_KEY = {source.key: source for source in SOURCES}
