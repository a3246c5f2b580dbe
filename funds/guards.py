"""The guards of the books: triggers that refuse a forged write whatever program makes it.

Those of the journal are `funds/sql/<engine>/*.sql`; what follows from the chart and from the kinds is filled in here,
so that each has one definition. `members.triggers` installs them. Nothing is posted while one is missing or differs
from its text.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from funds import chain, chart, kinds
from funds.bank_guards import BANK_GUARDS
from funds.errors import GuardsMissing
from funds.money_guards import ACTIVITY_GUARDS, MONEY_GUARDS
from members.triggers import Guards, frozen, never_deleted, refused, set_once

SQL = Path(__file__).parent / "sql"
NO_DATE = "0001-01-01"
_PLAIN = {
    "sqlite": "CASE WHEN NEW.kind GLOB 'paper_*' THEN substr(NEW.kind, 7) ELSE NEW.kind END",
    "postgresql": "CASE WHEN left(e.kind, 6) = 'paper_' THEN substr(e.kind, 7) ELSE e.kind END",
}
_UNIT = "rtrim(a.code, '0123456789')"
OTHER_GROUPS_ACCOUNT = (
    "NOT EXISTS (SELECT 1 FROM funds_account a WHERE a.id = NEW.account_id AND a.group_id = NEW.group_id)"
)


def _listed(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _places(vendor: str) -> dict[str, str]:
    lines = kinds.Lines
    return {
        "plain": f"({_PLAIN[vendor]})",
        "type": f"substr(a.code, length({_UNIT}) + 1, 1)",
        "profit_account": f"(CASE {_UNIT} WHEN 'O' THEN 'O3900' WHEN 'A' THEN 'A3100' ELSE {_UNIT} || '3100' END)",
        "no_hash": f"'{chain.NO_HASH}'",
        "no_date": f"'{NO_DATE}'",
        "kinds": _listed(kinds.BY_NAME),
        "two_people_kinds": _listed(kinds.names_where(two_people=True)),
        "locking_kinds": _listed(kinds.names_where(locks=True)),
        "declaring_kinds": _listed(kinds.names_where(declares=True)),
        "decision_kinds": _listed(kinds.names_where(lines=lines.NONE, declares=False)),
        "lineless_kinds": _listed(kinds.names_where(lines=lines.NONE)),
        "optional_kinds": _listed(kinds.names_where(lines=lines.OPTIONAL)),
        "reversible_kinds": _listed(kinds.names_where(reversible=True)),
        "between_pools_kinds": _listed(kinds.names_where(between_pools=True)),
        "cash": _listed(chart.CASH),
        "cash_count": str(len(chart.CASH)),
        "cash_keys": "[" + _listed(chart.CASH)[1:-1] + "]",
        "money": _listed(chart.MONEY),
        "operating_money": _listed(code for code in chart.MONEY if chart.unit_of(code) == chart.OPERATING),
        "administrative_money": _listed(code for code in chart.MONEY if chart.unit_of(code) == chart.ADMINISTRATIVE),
        "between_pools": _listed(chart.BETWEEN_POOLS),
        "pool_accounts": _listed(chart.BY_CODE),
        "unit_accounts": _listed(head.code[1:] for head in chart.UNIT_HEADS),
    }


@cache
def guard_sql(vendor: str) -> dict[str, str]:
    """The text of every guard of an engine by file name, with its places filled in."""
    texts = {}
    for path in sorted((SQL / vendor).glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        for name, value in _places(vendor).items():
            text = text.replace("{" + name + "}", value)
        texts[path.stem] = text[text.index("CREATE ") :].strip()
    return texts


def _journal(vendor: str) -> Iterable[str]:
    return guard_sql(vendor).values()


HELD = ("group_id", "account_id", "satang", "reason", "placed_by", "placed_at")
GUARDS = Guards(
    "funds",
    _journal,
    frozen("funds_hold", *HELD),
    never_deleted("funds_hold"),
    refused("funds_hold_released_once", "funds_hold", ["UPDATE"], "OLD.released_at IS NOT NULL", "satcha:released"),
    refused("funds_hold_of_its_group", "funds_hold", ["INSERT"], OTHER_GROUPS_ACCOUNT, "satcha:account_of_other_group"),
    frozen("funds_reversalrequest", "group_id", "entry_id", "operation", "reason", "resolution_id", "requested_by_id"),
    set_once("funds_reversalrequest", "reversal_id", "approved_by_id", "cancelled_by_id"),
    never_deleted("funds_reversalrequest", ("operation",)),
    *BANK_GUARDS,
    *MONEY_GUARDS,
    *ACTIVITY_GUARDS,
)
expected_guards, missing_guards = GUARDS.expected, GUARDS.missing
install_guards, drop_guards = GUARDS.install, GUARDS.drop


def require_guards(connection: BaseDatabaseWrapper) -> None:
    """Refuse to go on while a guard of the books is missing; raises GuardsMissing."""
    if missing := missing_guards(connection):
        raise GuardsMissing(names=", ".join(missing))
