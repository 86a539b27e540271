from django.db import migrations, models


class Migration(migrations.Migration):
    """A report says by its number which half year or quarter it is about, since a plan may have no such period."""

    dependencies = [
        ("measures", "0003_fields_of_other_towns"),
        ("reports", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="part",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="งวด"),
        ),
    ]
