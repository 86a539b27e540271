from django.db import migrations, models


class Migration(migrations.Migration):
    """A report says by its number which half year or quarter it is about, since a plan may have no such period."""

    dependencies = [
        ("measures", "0003_fields_of_other_towns"),
        ("reports", "0001_initial"),
    ]

    # The constraints on the period go before its rows change, so that on the way back they come after them.
    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_once_a_period"),
        migrations.RemoveConstraint(model_name="report", name="report_once_a_year"),
        migrations.RemoveConstraint(model_name="report", name="report_period_unless_annual"),
        migrations.AddField(
            model_name="report",
            name="part",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="งวด"),
        ),
    ]
