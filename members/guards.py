"""Guards in the database for what no constraint can say: frozen columns, rows only added, terms that do not overlap.

Installed after every migration, because SQLite loses a table's triggers when it rebuilds the table.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = {
    "members_user": ("code",),
    "members_savingsgroup": ("uuid", "code"),
    "members_member": ("group_id", "number"),
    "members_office": ("group_id", "user_id", "role", "starts_on"),
    "members_passbookaccess": ("user_id", "member_id"),
    "members_activationslip": ("group_id", "user_id", "code_hash", "operation", "use_operation", "issued_by_id"),
    "members_cosignature": ("group_id", "content_hash", "asked_by_id"),
    "members_resolution": ("group_id", "number"),
}
ADDED_ONLY = ("members_accessrecord", "members_groupsetting")
OVERLAP = """EXISTS (SELECT 1 FROM members_office o WHERE o.group_id = NEW.group_id AND o.id <> {own}
 AND (o.ends_on IS NULL OR (o.ends_on > NEW.starts_on AND o.ends_on > o.starts_on))
 AND (NEW.ends_on IS NULL OR (o.starts_on < NEW.ends_on AND NEW.ends_on > NEW.starts_on))
 AND ((o.role = NEW.role AND (o.user_id = NEW.user_id OR NEW.role IN ('chair', 'secretary', 'treasurer')))
  OR (o.user_id = NEW.user_id AND ('audit' IN (o.role, NEW.role) AND o.role <> NEW.role))
  OR (o.user_id = NEW.user_id AND o.role IN ('treasurer', 'loan') AND NEW.role IN ('treasurer', 'loan')
   AND o.role <> NEW.role)))"""


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, replacing what stood there."""
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite() -> Iterator[str]:
    for table, columns in FROZEN.items():
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
        yield from _sqlite_trigger(f"people_frozen_{table}", f"UPDATE ON {table}", changed, "people:frozen")
    for table in ADDED_ONLY:
        yield from _sqlite_trigger(f"people_added_only_{table}", f"UPDATE ON {table}", "1", "people:added_only")
    overlap = OVERLAP.format(own="coalesce(NEW.id, -1)")
    for act in ("INSERT", "UPDATE"):
        yield from _sqlite_trigger(f"people_terms_{act.lower()}", f"{act} ON members_office", overlap, "people:terms")


def _sqlite_trigger(name: str, act: str, condition: str, words: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} BEFORE {act} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _postgresql() -> Iterator[str]:
    yield """CREATE OR REPLACE FUNCTION people_refuse() RETURNS trigger LANGUAGE plpgsql
 SET search_path = public, pg_temp AS $$ BEGIN
 RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    for table, columns in FROZEN.items():
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
        yield from _postgresql_trigger(f"people_frozen_{table}", f"UPDATE ON {table}", f"WHEN ({changed})", "frozen")
    for table in ADDED_ONLY:
        yield from _postgresql_trigger(f"people_added_only_{table}", f"UPDATE ON {table}", "", "added_only")
    yield f"""CREATE OR REPLACE FUNCTION people_terms() RETURNS trigger LANGUAGE plpgsql
 SET search_path = public, pg_temp AS $$ BEGIN IF {OVERLAP.format(own="NEW.id")} THEN
 RAISE EXCEPTION 'people:terms' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"""
    yield "DROP TRIGGER IF EXISTS people_terms ON members_office"
    yield """CREATE TRIGGER people_terms BEFORE INSERT OR UPDATE ON members_office
 FOR EACH ROW EXECUTE FUNCTION people_terms()"""


def _postgresql_trigger(name: str, act: str, when: str, words: str) -> Iterator[str]:
    table = act.rpartition(" ")[2]
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"CREATE TRIGGER {name} BEFORE {act} FOR EACH ROW {when} EXECUTE FUNCTION people_refuse('people:{words}')"
