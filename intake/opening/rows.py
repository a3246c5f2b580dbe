"""What the tables of opening balances say, once read: frozen, amounts in satang."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from funds.chart import head_of
from intake.workbook.problems import Problem
from intake.workbook.rows import ContractRow
from intake.workbook.table import Row
from thai.months import add_months, month_of

LEFT_OVER = {"O": "O3900", "A": "A3100"}


@dataclass(frozen=True)
class MemberBalance:
    """A member with what is saved, vowed and owed."""

    number: int
    title: str
    first_name: str
    last_name: str
    kind: str
    joined_on: date | None
    pledge: int
    savings: int
    special: tuple[int, ...]  # the books of special savings, the first one first
    owed: int  # months
    row: Row = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def holder(self) -> str:
        """The holder of the pledge savings."""
        return f"{self.number:04d}"


@dataclass(frozen=True)
class Balance:
    """What else there is: an account, its holder, how much."""

    code: str
    holder: str
    satang: int
    row: Row = field(compare=False, repr=False)

    @property
    def name(self) -> Any:
        """What it is, in the language of the reader."""
        return head_of(self.code).name


@dataclass(frozen=True)
class OpeningRead:
    """Opening balances read: rows, problems, and the lines of the entry that they make."""

    starts_on: date
    members: tuple[MemberBalance, ...]
    loans: tuple[ContractRow, ...]
    balances: tuple[Balance, ...]
    problems: tuple[Problem, ...]

    @property
    def day(self) -> date:
        """The day of the opening entry: the eve of the first account year."""
        return self.starts_on - timedelta(days=1)

    @cached_property
    def lines(self) -> tuple[tuple[str, str, int], ...]:
        """The lines of the entry: account, holder, satang with debit > 0; what is left over closes each pool."""
        lines = [("O2100", one.holder, -one.savings) for one in self.members]
        lines += [
            ("O2200", f"{one.holder}-{book}", -satang)
            for one in self.members
            for book, satang in enumerate(one.special, start=1)
        ]
        lines += [("O1300", loan.contract, loan.brought or 0) for loan in self.loans]
        lines += [(one.code, one.holder, one.satang if one.code[1] == "1" else -one.satang) for one in self.balances]
        for pool, code in LEFT_OVER.items():
            lines.append((code, "", -sum(satang for account, _, satang in lines if account[0] == pool)))
        return tuple(line for line in lines if line[2])

    @cached_property
    def sums(self) -> Mapping[str, int]:
        """The balance of every account of the entry as people read it: what there is and what is owed above 0."""
        sums: dict[str, int] = defaultdict(int)
        for code, _, satang in self.lines:
            sums[code] += satang if code[1] == "1" else -satang
        return sums

    @property
    def left_over(self) -> int:
        """What stands on undivided profit: all that there is without all that is owed and set aside; below 0 a loss."""
        return self.sums.get("O3900", 0)

    def first_month(self, one: MemberBalance, joined_on: date | None) -> date:
        """The month from which a member's vow counts here: the first of the books, or as many before it as are owed."""
        first = add_months(self.starts_on, -one.owed)
        return max(first, month_of(joined_on)) if joined_on else first

    def fingerprint(self) -> str:
        """A hash of all that would be written: the same rows give the same in any order, another figure another."""
        said = {
            "starts_on": self.starts_on.isoformat(),
            "lines": sorted(self.lines),
            "members": [
                [one.number, one.title, one.name, one.kind, str(one.joined_on), one.pledge, one.owed, one.special]
                for one in sorted(self.members, key=lambda one: one.number)
            ],
            "loans": [
                [loan.contract, loan.number, loan.on.isoformat(), loan.amount, loan.instalments, loan.guarantors]
                for loan in sorted(self.loans, key=lambda loan: loan.contract)
            ],
        }
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
