"""Loans that were kept on paper: what a contract said, and which part of a receipt paid it. Plain values, satang.

A paper receipt lists, for each contract, the principal (O1300, whose holder is the contract's number), then its
interest (O4100), then its fine (O4200); what is nought is left out. So interest or a fine belongs to the contract
before it, unless that has one already: then only the payer says whose it is, by the one loan they had, or by the loan
whose interest of some months it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from loans.schedule import half_up
from thai.months import add_months, days_in_month, month_of

PRINCIPAL, INTEREST, FINE = "O1300", "O4100", "O4200"
RANK = {PRINCIPAL: 0, INTEREST: 1, FINE: 2}
RATE_BP = 100
RATE = Fraction(RATE_BP, 10_000)
WHOLE_BAHT = 100
MOST_MONTHS_AT_ONCE = 12


@dataclass(frozen=True, kw_only=True)
class PaperLoan:
    """A contract as paper has it; member and guarantors are their ids. `brought_satang`: owed when the books began."""

    number: str
    member: int
    contracted_on: date
    satang: int
    instalments: int
    first_due_on: date
    guarantors: tuple[int, ...] = ()
    brought_satang: int | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One posting of a paper entry; debit > 0, credit < 0."""

    entry: int
    on: date
    code: str
    holder: str
    satang: int


@dataclass(frozen=True, slots=True)
class PaperPart:
    """What one entry paid of one contract; `contract` is empty where the lines do not say whose it is."""

    entry: int
    on: date
    contract: str
    principal: int = 0
    interest: int = 0
    fine: int = 0

    def plus(self, other: "PaperPart") -> "PaperPart":
        """Both together, of one contract in one entry."""
        return replace(
            self,
            principal=self.principal + other.principal,
            interest=self.interest + other.interest,
            fine=self.fine + other.fine,
        )


def first_due_after(payout: date, meeting_day: int) -> date:
    """Return the meeting's day of the month after the payout: when the first instalment of a paper loan fell due."""
    month = add_months(month_of(payout), 1)
    return month.replace(day=min(meeting_day, days_in_month(month)))


def parts_of(lines: Iterable[PaperLine]) -> list[PaperPart]:
    """Gather the lines of receipts, entry by entry in their order, into what each paid of which contract."""
    found: list[PaperPart] = []
    rank = len(RANK)
    for line in lines:
        if line.code not in RANK or line.satang >= 0:
            continue
        goes_on = found and found[-1].entry == line.entry and rank < RANK[line.code]
        part = PaperPart(line.entry, line.on, line.holder if line.code == PRINCIPAL else "", **_amount(line))
        if goes_on and line.code != PRINCIPAL:
            found[-1] = found[-1].plus(part)
        else:
            found.append(part)
        rank = RANK[line.code]
    return found


def _amount(line: PaperLine) -> dict[str, int]:
    name = {PRINCIPAL: "principal", INTEREST: "interest", FINE: "fine"}[line.code]
    return {name: -line.satang}


def assigned(
    parts: Sequence[PaperPart], loans: Sequence[PaperLoan], payer_of: Callable[[int], int | None]
) -> tuple[list[PaperPart], list[PaperPart]]:
    """Say of every part whose loan it paid, one part a contract and entry; what nobody's loan explains comes second.

    payer_of: the member (id) to whom an entry's receipt was given, or None.
    """
    owed = {loan.number: loan.satang if loan.brought_satang is None else loan.brought_satang for loan in loans}
    told: dict[tuple[int, str], PaperPart] = {}
    unclear: list[PaperPart] = []
    for part in parts:
        number = part.contract or _guess(part, _choices(part, loans, payer_of, told, owed), owed)
        if number is None or number not in owed:
            unclear.append(part)
            continue
        key, named = (part.entry, number), replace(part, contract=number)
        told[key] = told[key].plus(named) if key in told else named
        owed[number] -= part.principal
    return list(told.values()), unclear


def _choices(
    part: PaperPart,
    loans: Sequence[PaperLoan],
    payer_of: Callable[[int], int | None],
    told: Mapping[tuple[int, str], PaperPart],
    owed: Mapping[str, int],
) -> list[PaperLoan]:
    """The payer's loans of that day, first those still owed of which the entry says nothing yet."""
    payer = payer_of(part.entry)
    own = [loan for loan in loans if loan.member == payer and loan.contracted_on <= part.on]
    open_ones = [loan for loan in own if owed[loan.number] > 0 and (part.entry, loan.number) not in told]
    return open_ones or own


def _guess(part: PaperPart, choices: Sequence[PaperLoan], owed: Mapping[str, int]) -> str | None:
    """The only loan there is; of several the one whose interest of some months it is; else the oldest."""
    if not choices:
        return None
    for months in range(1, MOST_MONTHS_AT_ONCE + 1):
        for loan in choices:
            if part.interest and part.interest == months * half_up(owed[loan.number] * RATE):
                return loan.number
    return choices[0].number


def owed_after(loan: PaperLoan, parts: Iterable[PaperPart]) -> int:
    """What is left of a loan's principal after everything that was paid."""
    begun = loan.satang if loan.brought_satang is None else loan.brought_satang
    return begun - sum(part.principal for part in parts)
