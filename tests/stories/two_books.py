"""Both books side by side: what Satcha says of a member and the money of the group, and what the paper says."""

from datetime import date
from typing import Any

from funds.selectors import balances, cash_balances, code_balances
from savings.selectors import passbook
from savings.selectors.months import members_months
from tests.stories.lifetime import Lifetime
from tests.stories.paper_book import of


def books(life: Lifetime, on: date) -> dict[str, Any]:
    """What Satcha says at the end of a day."""
    rows = [row for row in members_months(life.group, on) if row.member.pk == life.member.pk]
    found = passbook(life.member)
    codes = code_balances(life.group, ["O1200", "O3900", "O4200", "O4900", "O5200", "O5900", "A3100", "A4100"])
    return {
        "pledge": -balances(life.group, "O2100")[life.member.holder],
        "special": -balances(life.group, "O2200").get(f"{life.member.holder}-1", 0),
        "passbook": (found.pledge.balance, sum(book.balance for book in found.special)),
        "free": life.free(),
        "owed": [of(month) for row in rows for month in row.owed],
        "owed_satang": sum(row.owed_satang for row in rows),
        "ahead": [of(month) for row in rows for month in row.ahead],
        "cash": sum(cash_balances(life.group).values()),
        "bank": codes["O1200"],
        "profit": -sum(codes[code] for code in ("O3900", "O4200", "O4900", "O5200", "O5900")),
        "fees": -codes["A3100"] - codes["A4100"],
    }


def on_paper(life: Lifetime, on: date) -> dict[str, Any]:
    """What the paper says."""
    year, month = of(on)
    paper, before = life.paper, (year, month - 1)
    owed = paper.owed(before)
    return {
        "pledge": paper.pledge,
        "special": paper.special,
        "passbook": (paper.pledge, paper.special),
        "free": paper.special - paper.held,
        "owed": list(owed),
        "owed_satang": sum(owed.values()),
        "ahead": paper.ahead((year, month)),
        "cash": paper.cash,
        "bank": paper.bank,
        "profit": paper.fines - paper.interest_paid - paper.missing,
        "fees": paper.fees,
    }
