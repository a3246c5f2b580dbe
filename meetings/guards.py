"""Guards in the database: a closed meeting stays closed, and nothing of it changes, vanishes or is slipped in.

Installed after every migration, taken off before one on SQLite, which rebuilds tables (`meetings.apps`). PostgreSQL
looks once a statement through transition tables, so that the close of hundreds of rows pays for one look; SQLite has
row triggers only. Lines may be added to a meeting from paper: it is closed from the moment it is written.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

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


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, replacing what stood there."""
    drop_guards(connection)
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: before a migration on SQLite, and in the tests' own configuration."""
    with connection.cursor() as cursor:
        for table in (MEETING, *LINES):
            for act in (*_TRANSITIONS, "TRUNCATE"):
                where = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, act)}{where}")


def is_guardable(connection: BaseDatabaseWrapper) -> bool:
    """Whether the tables exist already."""
    return {MEETING, *LINES} <= set(connection.introspection.table_names())


def _name(table: str, act: str) -> str:
    return f"closed_{table.removeprefix('meetings_')}_{act.lower()}"


def _sqlite() -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for act in ("UPDATE", "DELETE"):
        yield f"CREATE TRIGGER {_name(MEETING, act)} BEFORE {act} ON {MEETING} WHEN OLD.status = 'closed' {refuse}"
    places = {"INSERT": "NEW.meeting_id", "UPDATE": "OLD.meeting_id, NEW.meeting_id", "DELETE": "OLD.meeting_id"}
    for table in LINES:
        for act, ids in places.items():
            paper = _TRANSITIONS[act][2]
            closed = _CLOSED.format(ids=ids, paper=paper)
            yield f"CREATE TRIGGER {_name(table, act)} BEFORE {act} ON {table} WHEN EXISTS ({closed}) {refuse}"


def _postgresql() -> Iterator[str]:
    yield _function("meetings_refuse", f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';")
    for act in ("UPDATE", "DELETE"):
        yield f"""CREATE TRIGGER {_name(MEETING, act)} BEFORE {act} ON {MEETING} FOR EACH ROW
 WHEN (OLD.status = 'closed') EXECUTE FUNCTION meetings_refuse()"""
    for act, (_tables, ids, paper) in _TRANSITIONS.items():
        closed = _CLOSED.format(ids=ids, paper=paper)
        refuse = f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';"
        yield _function(f"meetings_closed_{act.lower()}", f"IF EXISTS ({closed}) THEN {refuse} END IF; RETURN NULL;")
    for table in LINES:
        for act, (tables, _ids, _paper) in _TRANSITIONS.items():
            yield f"""CREATE TRIGGER {_name(table, act)} AFTER {act} ON {table} {tables}
 FOR EACH STATEMENT EXECUTE FUNCTION meetings_closed_{act.lower()}()"""
    for table in (MEETING, *LINES):
        yield f"""CREATE TRIGGER {_name(table, "TRUNCATE")} BEFORE TRUNCATE ON {table}
 FOR EACH STATEMENT EXECUTE FUNCTION meetings_refuse()"""


def _function(name: str, body: str) -> str:
    return f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
 SET search_path = public, pg_temp AS $$ BEGIN {body} END $$"""
