from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("reports", "0003_part_from_period")]

    operations = [
        migrations.RemoveField(model_name="report", name="period"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=["plan", "kind", "part"], name="report_once_a_part"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=Q(kind="annual", part=0)
                | Q(kind="half", part__in=[1, 2])
                | Q(kind="quarter", part__in=[1, 2, 3, 4]),
                name="report_part_fits_kind",
            ),
        ),
    ]
