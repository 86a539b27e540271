"""Anchors are guarded as events are: the guards are set anew after this, under the names they have from now on."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget_old_names(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL's guard of before; SQLite's have the same names as now."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_event_no_update ON audit_event")


class Migration(migrations.Migration):

    dependencies = [("audit", "0005_anchors")]

    operations = [migrations.RunPython(forget_old_names, migrations.RunPython.noop)]
