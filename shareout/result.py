"""What the close of a year moves: income and cost to where the result of each unit is kept. Pure.

Operating income and cost go to the undivided profit O3900, administrative ones to the fund A3100, those of a unit book
to its own stock. Satang; in unit books grams.
"""

from collections import defaultdict
from collections.abc import Mapping

from funds.chart import Type, profit_account, type_of

Key = tuple[str, str]


def closing_lines(balances: Mapping[Key, int]) -> list[tuple[str, str, int]]:
    """Return the lines (code, holder, amount) that bring every income and cost account to 0; none for nothing.

    balances: raw sums by (code, holder), debit > 0. The lines of each unit sum to 0.
    """
    results = {key: amount for key, amount in balances.items() if amount and type_of(key[0]) >= Type.INCOME}
    kept: dict[str, int] = defaultdict(int)
    for (code, _holder), amount in results.items():
        kept[profit_account(code)] += amount
    moved = [(code, holder, -amount) for (code, holder), amount in sorted(results.items())]
    return moved + [(code, "", amount) for code, amount in sorted(kept.items()) if amount]


def result_of(balances: Mapping[Key, int], unit: str) -> int:
    """The surplus of a unit (`O`, `A` ...): its income less its cost; below 0 a loss."""
    return -sum(
        amount
        for (code, _holder), amount in balances.items()
        if type_of(code) >= Type.INCOME and code.startswith(unit) and code[len(unit) :].isdecimal()
    )
