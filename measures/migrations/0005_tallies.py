"""A table to count tries in, shared by all processes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0004_letters_and_absences")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(default=0)),
                ("value", models.TextField(blank=True)),
                ("until", models.FloatField(db_index=True)),
            ],
            options={"verbose_name": "ตัวนับ"},
        ),
    ]
