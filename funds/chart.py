"""The chart of accounts as data: codes never change, names are translated.

The letters before the first digit of a code are the balancing unit: `O` operating pool, `A` administrative pool (both
in satang), `K...` unit books of an activity (grams). The first digit is the type. Every kind of expense has its one
account here, so no officer ever picks a pool.
"""

import re
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from thai.quantities import Grams

OPERATING = "O"
ADMINISTRATIVE = "A"
POOLS = (OPERATING, ADMINISTRATIVE)
CASH = ("O1100", "A1100")
BANK = ("O1200", "A1200")
MONEY = CASH + BANK
BETWEEN_POOLS = ("O1900", "A2900", "A1900", "O2900")
UNDIVIDED_PROFIT = "O3900"
ADMINISTRATIVE_FUND = "A3100"
CODE = re.compile(r"([A-Z]+)([1-5])[0-9]{3}")


class Type(IntEnum):
    """What an account is; the first digit of its code."""

    ASSET = 1
    LIABILITY = 2
    FUND = 3
    INCOME = 4
    COST = 5


class Holder(Enum):
    """Who or what one account of a code belongs to, and the form of that text."""

    NONE = r""
    MEMBER = r"[0-9]{4,6}"  # member number, padded to four digits
    BOOK = r"[0-9]{4,6}-[0-9]{1,3}"  # member number and special book
    NAMED = r"[^\s,](?:.{0,38}[^\s])?"  # contract number, activity, head: as written
    OPTIONAL = r"(?:[^\s,](?:.{0,38}[^\s])?)?"  # a bank account may stand without its number

    def fits(self, holder: str) -> bool:
        """Whether the text has the form that this kind of holder needs."""
        return re.fullmatch(self.value, holder) is not None


class Floor(Enum):
    """The side a balance must never cross; raw sums, debit > 0."""

    NOT_IN_CREDIT = 1
    NOT_IN_DEBIT = -1
    FREE = 0

    def is_broken_by(self, balance: int) -> bool:
        """Whether a raw balance lies beyond the floor."""
        return balance * self.value < 0

    def is_neared_by(self, movement: int) -> bool:
        """Whether a raw movement goes towards the floor."""
        return movement * self.value < 0


@dataclass(frozen=True)
class Head:
    """One line of the chart."""

    code: str
    name: Any
    holder: Holder = Holder.NONE

    @property
    def unit(self) -> str:
        """The balancing unit."""
        return unit_of(self.code)

    @property
    def type(self) -> Type:
        """Asset, liability, fund, income or cost."""
        return type_of(self.code)

    @property
    def floor(self) -> Floor:
        """Assets never in credit (the loan allowance never in debit); liabilities and funds never in debit.

        Where a year's loss is carried to, the floor is open: O3900, A3100, and the own stock of a unit book.
        """
        return _floor_of(self.code)


@cache
def unit_of(code: str) -> str:
    """The letters before the first digit."""
    return code.rstrip("0123456789")


@cache
def type_of(code: str) -> Type:
    """The type that the first digit says."""
    return Type(int(code[len(unit_of(code))]))


@cache
def _floor_of(code: str) -> Floor:
    if code == "O1390":
        return Floor.NOT_IN_DEBIT
    if type_of(code) is Type.ASSET:
        return Floor.NOT_IN_CREDIT
    takes_results = code in (UNDIVIDED_PROFIT, ADMINISTRATIVE_FUND) or (is_in_kind(code) and code.endswith("3100"))
    if type_of(code) in (Type.LIABILITY, Type.FUND) and not takes_results:
        return Floor.NOT_IN_DEBIT
    return Floor.FREE


def profit_account(code: str) -> str:
    """Where an income or cost account's result goes: O3900, A3100, or a unit book's own stock; others to themselves."""
    if type_of(code) < Type.INCOME:
        return code
    unit = unit_of(code)
    return {OPERATING: UNDIVIDED_PROFIT, ADMINISTRATIVE: ADMINISTRATIVE_FUND}.get(unit, f"{unit}3100")


HEADS = (
    Head("O1100", _("Cash")),
    Head("O1200", _("Bank"), Holder.OPTIONAL),
    Head("O1300", _("Loans to members"), Holder.NAMED),
    Head("O1390", _("Allowance for loans")),
    Head("O1400", _("Stock"), Holder.NAMED),
    Head("O1500", _("Advances to officers"), Holder.MEMBER),
    Head("O1900", _("Due from the administrative pool")),
    Head("O2100", _("Pledge savings"), Holder.MEMBER),
    Head("O2200", _("Special savings and deposits"), Holder.BOOK),
    Head("O2300", _("Bank loan"), Holder.NAMED),
    Head("O2350", _("Returnable subsidies"), Holder.NAMED),
    Head("O2400", _("Dividend and rebate payable"), Holder.MEMBER),
    Head("O2500", _("Committee pay payable")),
    Head("O2600", _("Received, owner unknown"), Holder.OPTIONAL),
    Head("O2900", _("Due to the administrative pool")),
    Head("O3100", _("Reserve")),
    Head("O3200", _("Subsidies")),
    Head("O3300", _("Donations")),
    Head("O3400", _("Welfare")),
    Head("O3500", _("Public benefit")),
    Head("O3600", _("Other funds"), Holder.NAMED),
    Head("O3900", _("Undivided profit")),
    Head("O4100", _("Loan interest")),
    Head("O4200", _("Fines")),
    Head("O4300", _("Bank interest")),
    Head("O4400", _("Income of activities"), Holder.NAMED),
    Head("O4500", _("Contract fees and other income")),
    Head("O4900", _("Cash over")),
    Head("O5100", _("Operating cost")),
    Head("O5200", _("Interest on savings")),
    Head("O5300", _("Cost of activities"), Holder.NAMED),
    Head("O5400", _("Loan loss")),
    Head("O5500", _("Interest on bank loans")),
    Head("O5900", _("Cash short")),
    Head("A1100", _("Cash")),
    Head("A1200", _("Bank"), Holder.OPTIONAL),
    Head("A1500", _("Advances to officers"), Holder.MEMBER),
    Head("A1900", _("Due from the operating pool")),
    Head("A2900", _("Due to the operating pool")),
    Head("A3100", _("Administrative fund")),
    Head("A4100", _("Fees")),
    Head("A4900", _("Other income")),
    Head("A5100", _("Administrative cost")),
)
BY_CODE = {head.code: head for head in HEADS}

# A unit book (paddy KR, fertiliser KF ...) has these accounts under its own letters, counted in grams.
UNIT_HEADS = (
    Head("K1100", _("In the barn")),
    Head("K1300", _("Lent in kind"), Holder.NAMED),
    Head("K2100", _("Members' deposits in kind"), Holder.MEMBER),
    Head("K3100", _("Own stock")),
    Head("K4100", _("Interest in kind")),
    Head("K5900", _("Loss of stock")),
)
# What a unit book counts, by its letters; a chart may know letters that no activity here offers.
UNIT_NAMES = {
    "KR": _("Paddy"),
    "KF": _("Fertiliser"),
    "KM": _("Milled rice"),
    "KS": _("Seed"),
    "KG": _("Animal feed"),
}
UNIT_BOOK = re.compile(r"K[A-Z]([0-9]{4})")
_UNIT_BY_DIGITS = {head.code[1:]: head for head in UNIT_HEADS}


@cache
def head_of(code: str) -> Head:
    """The chart's line for a code, of a pool or of a unit book; LookupError if there is none."""
    if code in BY_CODE:
        return BY_CODE[code]
    match = UNIT_BOOK.fullmatch(code)
    if match is None or match[1] not in _UNIT_BY_DIGITS:
        raise LookupError(code)
    pattern = _UNIT_BY_DIGITS[match[1]]
    return Head(code, pattern.name, pattern.holder)


@cache
def is_in_kind(code: str) -> bool:
    """Whether the code belongs to a unit book, whose amounts are grams and no money."""
    return unit_of(code) not in POOLS


def measured(code: str, amount: int) -> int:
    """An amount of an account as what it is: satang stay a number, grams of a unit book know that they are grams."""
    return Grams(amount) if is_in_kind(code) else amount


def unit_name(unit: str) -> Any:
    """What people call a pool, or the goods of a unit book; unknown letters stay letters."""
    pools = {OPERATING: _("Operating pool"), ADMINISTRATIVE: _("Administrative pool")}
    return pools.get(unit) or UNIT_NAMES.get(unit, unit)


@cache
def is_account(code: str) -> bool:
    """Whether the chart knows the code."""
    try:
        head_of(code)
    except LookupError:
        return False
    return True
