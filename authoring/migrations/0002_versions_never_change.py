"""Triggers that refuse any UPDATE of what a published version froze, from whichever program it comes."""

from django.db import migrations

from authoring.frozen_rows import add_triggers, remove_triggers


def add(apps, schema_editor):
    add_triggers(schema_editor.connection)


def remove(apps, schema_editor):
    remove_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("authoring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
