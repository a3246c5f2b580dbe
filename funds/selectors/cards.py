"""What the cards of the money page say."""

from datetime import date
from typing import Any

from funds.selectors.advances import officer_advances, pool_debts
from funds.selectors.bank import bank_accounts
from funds.selectors.bank_loans import loan_states
from funds.selectors.money_in import money_in as rows_in
from funds.selectors.money_in import to_be_returned
from funds.selectors.money_out import vouchers
from members.models import SavingsGroup

LATEST = 3


def money_in(group: SavingsGroup, on: date) -> dict[str, Any]:
    """The latest money received, and what of it goes back."""
    return {"latest": list(rows_in(group)[:LATEST]), "to_return": sum(to_be_returned(group).values())}


def money_out(group: SavingsGroup, on: date) -> dict[str, Any]:
    """The latest vouchers."""
    return {"latest": list(vouchers(group, state="posted")[:LATEST])}


def advances(group: SavingsGroup, on: date) -> dict[str, Any]:
    """What is out: between the pools and with officers."""
    out = officer_advances(group, on)
    debts = [{"debt": debt, "days": debt.days(on)} for debt in pool_debts(group)]
    return {"debts": debts, "count": len(out), "satang": sum(each.satang for each in out), "oldest": out[:1]}


def loans(group: SavingsGroup, on: date) -> dict[str, Any]:
    """The group's own loans that are not paid back."""
    states = [state for state in loan_states(group, on) if state.owed > 0]
    return {"owed": sum(state.owed for state in states), "states": states}


def bank(group: SavingsGroup, on: date) -> dict[str, Any]:
    """The bank accounts that are not closed, and the day up to which the bank books of all of them agree."""
    banks = bank_accounts(group, closed=False)
    agreed = [each.agreed for each in banks]
    return {"banks": banks, "through": min((day for day in agreed if day), default=None) if all(agreed) else None}
