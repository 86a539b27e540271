from django.db import migrations, models


class Migration(migrations.Migration):
    """Events become links of a chain; those of before wait under another name until they are chained."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="event", name="event_target"),
        migrations.RenameModel(old_name="Event", new_name="LooseEvent"),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("chain", models.BigIntegerField(verbose_name="หน่วยงาน")),
                ("seq", models.BigIntegerField(verbose_name="ลำดับ")),
                ("previous", models.CharField(max_length=64)),
                ("at", models.DateTimeField(verbose_name="เมื่อ")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="รหัสผู้กระทำ")),
                ("actor_name", models.CharField(blank=True, max_length=300, verbose_name="ผู้กระทำ")),
                ("act", models.CharField(max_length=60, verbose_name="การกระทำ")),
                ("target", models.CharField(blank=True, max_length=60, verbose_name="สิ่งที่ถูกกระทำ")),
                ("target_id", models.BigIntegerField(null=True)),
                ("details_json", models.TextField(default="{}", verbose_name="รายละเอียด")),
            ],
            options={
                "verbose_name": "เหตุการณ์",
                "indexes": [models.Index(fields=["target", "target_id"], name="event_about")],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "seq"), name="event_seq_once"),
                    models.UniqueConstraint(fields=("chain", "previous"), name="event_follows_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("chain", models.BigIntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"verbose_name": "ปลายสายเหตุการณ์"},
        ),
    ]
