from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reports", "0005_columns_with_sources")]

    operations = [migrations.AddField("revision", "twins", models.JSONField(blank=True, default=dict))]
