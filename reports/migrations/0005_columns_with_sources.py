from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FIVE = ("measure", "steps", "units", "due", "results")


def name_sources(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Five headings become five columns that say what stands in them."""
    for report in apps.get_model("reports", "Report").objects.all():
        report.columns = [
            {"source": source, "heading": heading} for source, heading in zip(FIVE, report.columns)
        ]
        report.save(update_fields=["columns"])


def keep_headings(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Back to headings; a report with other columns gets empty ones."""
    for report in apps.get_model("reports", "Report").objects.all():
        headings = {column["source"]: column["heading"] for column in report.columns}
        report.columns = [headings.get(source, "") for source in FIVE]
        report.save(update_fields=["columns"])


class Migration(migrations.Migration):

    dependencies = [("reports", "0004_report_once_a_part")]

    operations = [migrations.RunPython(name_sources, keep_headings)]
