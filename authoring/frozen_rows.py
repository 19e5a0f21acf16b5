"""Triggers with which the database itself refuses to change what a published version froze.

Made by a migration and looked after on every migrate: SQLite loses a table's triggers when a later migration
rebuilds the table.
"""

from __future__ import annotations

from typing import Any

MESSAGE = "A published version never changes"
COLUMNS = {
    "authoring_scenarioversion": "uuid scenario_id number digest content_digest title document texts media maximum",
    "authoring_courseversion": "uuid course_id number digest content_digest title send modules summary",
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION authoring_version_is_frozen() RETURNS trigger AS $$ "
    f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END; $$ LANGUAGE plpgsql"
)


def add_triggers(connection: Any) -> None:
    """Make the triggers, or make them anew."""
    remove_triggers(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table, names in COLUMNS.items():
            columns = ", ".join(names.split())
            begin = f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table}"
            if connection.vendor == "sqlite":
                cursor.execute(f"{begin} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END")
            elif connection.vendor == "postgresql":
                cursor.execute(f"{begin} FOR EACH ROW EXECUTE FUNCTION authoring_version_is_frozen()")


def remove_triggers(connection: Any) -> None:
    """Take the triggers away, where they are."""
    with connection.cursor() as cursor:
        for table in COLUMNS:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen")
            elif connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
