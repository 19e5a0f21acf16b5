"""Triggers that refuse any UPDATE of what a published version froze, from whichever program it comes."""

from django.db import migrations

TABLES = {
    "authoring_scenarioversion": ["uuid", "scenario_id", "number", "digest", "content_digest", "title", "document", "texts", "media", "maximum", "proof"],
    "authoring_courseversion": ["uuid", "course_id", "number", "digest", "content_digest", "title", "send", "modules", "summary"],
}
MESSAGE = "A published version never changes"


def add(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION authoring_version_is_frozen() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END; $$ LANGUAGE plpgsql"
        )
    for table, columns in TABLES.items():
        if vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        elif vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION authoring_version_is_frozen()"
            )


def remove(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen")
        elif vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS authoring_version_is_frozen()")


class Migration(migrations.Migration):
    dependencies = [("authoring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
