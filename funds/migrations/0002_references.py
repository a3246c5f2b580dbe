"""On PostgreSQL the journal's triggers are its references.

Ordinary foreign keys are 60-70 % of a 200-row batch there; the triggers of funds/sql/postgresql check the same once a statement.
That is free of races only because books, accounts and entries are never deleted or re-keyed, which the triggers see to as well.
SQLite keeps Django's deferred foreign keys: there they catch the posting without an entry.
"""

from django.db import migrations

TABLES = ("funds_entry", "funds_posting")


def drop_foreign_keys(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in TABLES:
            for name, found in connection.introspection.get_constraints(cursor, table).items():
                if found["foreign_key"]:
                    schema_editor.execute(schema_editor.sql_delete_fk % {"table": table, "name": name})


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]
    operations = [migrations.RunPython(drop_foreign_keys, migrations.RunPython.noop)]
