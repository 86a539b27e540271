from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def number_parts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the part from the period that the report was about."""
    for report in apps.get_model("reports", "Report").objects.exclude(period=None).select_related("period"):
        report.part = report.period.number
        report.save(update_fields=["part"])


def find_periods(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Find the period again by its number."""
    period = apps.get_model("measures", "Period").objects
    for report in apps.get_model("reports", "Report").objects.filter(part__gt=0):
        report.period = period.filter(plan=report.plan, number=report.part).first()
        report.save(update_fields=["period"])


class Migration(migrations.Migration):

    dependencies = [("reports", "0002_part_of_the_year")]

    operations = [migrations.RunPython(number_parts, find_periods)]
