"""The rows of a village's workbook after reading: frozen, amounts in satang, dates in the Common Era."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intake.workbook.table import Row
from thai.months import BUDDHIST_ERA, add_months, days_in_month, month_of, months_apart


@dataclass(frozen=True)
class AccountYear:
    """Twelve months; named after the Buddhist-Era year in which it begins."""

    starts_on: date

    @property
    def name(self) -> int:
        """The year as people call it: 2568."""
        return self.starts_on.year + BUDDHIST_ERA

    @property
    def ends_on(self) -> date:
        """Its last day."""
        last = add_months(self.starts_on, 11)
        return last.replace(day=days_in_month(last))

    @property
    def months(self) -> tuple[date, ...]:
        """Its twelve months, each as its first day."""
        return tuple(add_months(self.starts_on, count) for count in range(12))

    def __contains__(self, on: date) -> bool:
        return 0 <= months_apart(self.starts_on, month_of(on)) < 12


@dataclass(frozen=True)
class MemberRow:
    """A member of the register, with the balances brought forward at the year's first day."""

    number: int
    title: str
    first_name: str
    last_name: str
    national_id: str
    birth_on: date | None
    house_no: str
    household: str
    kind: str  # ordinary, associate, honorary
    joined_on: date
    pledge: int
    brought_pledge: int
    brought_special: int
    row: Row = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """First and last name, as the other sheets write them."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def holder(self) -> str:
        """The account holder of the pledge savings."""
        return f"{self.number:04d}"

    @property
    def book(self) -> str:
        """The account holder of the special savings."""
        return f"{self.number:04d}-1"


@dataclass(frozen=True)
class PledgeRow:
    """What a member paid at each month's meeting, by calendar month (1-12)."""

    number: int
    name: str
    paid: Mapping[int, int]
    row: Row = field(compare=False, repr=False)


@dataclass(frozen=True)
class ContractRow:
    """A loan contract; `brought` is its principal outstanding at the year's first day, if it is from before."""

    contract: str
    number: int
    on: date
    amount: int
    instalments: int
    guarantors: tuple[int, ...]
    brought: int | None
    row: Row = field(compare=False, repr=False)


@dataclass(frozen=True)
class RepaymentRow:
    """A payment on a contract, as received."""

    on: date
    contract: str
    number: int
    principal: int
    interest: int
    fine: int
    row: Row = field(compare=False, repr=False)


@dataclass(frozen=True)
class SpecialRow:
    """A movement of a member's special savings."""

    on: date
    number: int
    deposit: int
    withdrawal: int
    interest: int
    row: Row = field(compare=False, repr=False)


@dataclass(frozen=True)
class OtherRow:
    """Another income or cost of one pool, through that pool's box."""

    on: date
    memo: str
    kind: str  # the journal kind without its prefix: income, expense, subsidy
    account: str
    holder: str
    received: int
    paid: int
    row: Row = field(compare=False, repr=False)


@dataclass(frozen=True)
class LeaverRow:
    """A member who left, with what was given back."""

    on: date
    number: int
    pledge: int
    special: int
    row: Row = field(compare=False, repr=False)


@dataclass(frozen=True)
class BankRow:
    """Cash of the operating pool carried to the bank (in) or fetched from it (out)."""

    on: date
    carried: int
    fetched: int
    row: Row = field(compare=False, repr=False)


@dataclass(frozen=True)
class OpeningRow:
    """A balance at the year's first day."""

    account: str
    memo: str
    amount: int
    row: Row = field(compare=False, repr=False)
