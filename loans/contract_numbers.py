"""Contract numbers: a running number of each year of the Buddhist Era, as ก.12/2569, or in the form the group writes.

Pure. A number has a beginning, a running part and a year: `ก.` `12` `/2569`. Each beginning runs without a gap.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

FORM = re.compile(r"^(?P<begins>.*?)(?P<running>[0-9]{1,6})(?P<between>\s*/\s*)(?P<year>[0-9]{4}|[0-9]{2})$")
FIRST = "ก."
LONGEST = 40
SHORT_YEARS = 100


@dataclass(frozen=True)
class ContractNumber:
    """A contract number in its parts."""

    begins: str
    running: int
    width: int
    between: str
    year: str

    @classmethod
    def read(cls, text: str) -> "ContractNumber | None":
        """Take a number apart; None where it has another form."""
        found = FORM.match(text)
        if found is None:
            return None
        running = found["running"]
        return cls(found["begins"], int(running), len(running), found["between"], found["year"])

    @property
    def series(self) -> tuple[str, int]:
        """What runs without a gap: the beginning and the year."""
        return self.begins.strip(), int(self.year) % SHORT_YEARS

    def at(self, running: int, year: int) -> "ContractNumber":
        """The same form with another running number and year (B.E.)."""
        said = str(year) if len(self.year) > len(str(SHORT_YEARS - 1)) else f"{year % SHORT_YEARS:02d}"
        return ContractNumber(self.begins, running, self.width, self.between, said)

    def __str__(self) -> str:
        padded = self.running if self.width == len(str(self.running)) else f"{self.running:0{self.width}d}"
        return f"{self.begins}{padded}{self.between}{self.year}"


def next_number(known: Iterable[str], *, latest: str, year: int) -> str:
    """The number after those in use, in the form of the latest contract's; the first of a year is 1.

    known: every contract number of the group, in the books too. latest: of the contract made last, "" for none.
    """
    form = ContractNumber.read(latest) or ContractNumber(FIRST, 0, 1, "/", str(year))
    wanted = form.at(0, year)
    used = [found.running for text in known if (found := ContractNumber.read(text)) and found.series == wanted.series]
    return str(form.at(max(used, default=0) + 1, year))


def is_next(number: str, known: Iterable[str]) -> bool:
    """Whether a number leaves no gap in its series; the first of a series that nobody used may be any."""
    found = ContractNumber.read(number)
    if found is None:
        return True
    used = [one.running for text in known if (one := ContractNumber.read(text)) and one.series == found.series]
    return not used or found.running == max(used) + 1
