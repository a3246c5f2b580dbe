"""Guards in the database: a closed meeting stays closed, and nothing of it changes, vanishes or is slipped in.

PostgreSQL looks once a statement through transition tables, so that the close of hundreds of rows pays for one look;
SQLite has row triggers only. Lines may be added to a meeting from paper: it is closed from the moment it is written.
"""

from collections.abc import Iterator

from members.triggers import PREFIX, Guards, postgresql_guard, refusal, refused, sqlite_trigger

MEETING = "meetings_meeting"
LINES = (
    "meetings_sheetrow",
    "meetings_paymentline",
    "meetings_cashcount",
    "meetings_restreceived",
    "meetings_meeting_enterers",
)
WORDS = "meeting:closed"
_CLOSED = "SELECT 1 FROM meetings_meeting m WHERE m.id IN ({ids}) AND m.status = 'closed' {paper}"
_OLD, _NEW = "REFERENCING OLD TABLE AS gone", "REFERENCING NEW TABLE AS come"
_TRANSITIONS = {
    "INSERT": (_NEW, "SELECT meeting_id FROM come", "AND NOT m.from_paper"),
    "UPDATE": (f"{_OLD} NEW TABLE AS come", "SELECT meeting_id FROM gone UNION SELECT meeting_id FROM come", ""),
    "DELETE": (_OLD, "SELECT meeting_id FROM gone", ""),
}


def _name(table: str, act: str) -> str:
    return f"closed_{table.removeprefix('meetings_')}_{act.lower()}"


def _lines(vendor: str) -> Iterator[str]:
    """The lines of a closed meeting."""
    for act in _TRANSITIONS:
        yield from _sqlite(act) if vendor == "sqlite" else _postgresql(act)


def _sqlite(act: str) -> Iterator[str]:
    ids = {"INSERT": "NEW.meeting_id", "UPDATE": "OLD.meeting_id, NEW.meeting_id", "DELETE": "OLD.meeting_id"}[act]
    closed = _CLOSED.format(ids=ids, paper=_TRANSITIONS[act][2])
    for table in LINES:
        yield sqlite_trigger(_name(table, act), act, table, f"EXISTS ({closed})", WORDS)


def _postgresql(act: str) -> Iterator[str]:
    tables, ids, paper = _TRANSITIONS[act]
    closed = _CLOSED.format(ids=ids, paper=paper)
    body = f"IF EXISTS ({closed}) THEN {refusal(WORDS)} END IF; RETURN NULL;"
    triggers = [
        f"{PREFIX}{_name(table, act)} AFTER {act} ON public.{table} {tables} FOR EACH STATEMENT" for table in LINES
    ]
    yield postgresql_guard(f"closed_lines_{act.lower()}", body, *triggers)


def _never_emptied(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        triggers = [
            f"{PREFIX}{_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT"
            for table in (MEETING, *LINES)
        ]
        yield postgresql_guard("closed_emptied", refusal(WORDS), *triggers)


GUARDS = Guards(
    "meetings",
    refused("closed_meeting", MEETING, ["DELETE", "UPDATE"], "OLD.status = 'closed'", WORDS),
    _lines,
    _never_emptied,
)
install_guards, drop_guards = GUARDS.install, GUARDS.drop
