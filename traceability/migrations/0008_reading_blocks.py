"""Old readings in blocks, one way to read rows and blocks, roll-ups by the hour, and readings written once."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("traceability", "0007_supplier_lot")]
    operations = [
        migrations.RunSQL((SQL / "blocks.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "packing.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "retention.sql").read_text(), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ReadingBlock",
            fields=[
                ("pk", models.CompositePrimaryKey(
                    "stream_id", "from_at", blank=True, editable=False, primary_key=True, serialize=False)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("good", models.IntegerField()),
            ],
            options={"db_table": "traceability_readingblock", "managed": False},
        ),
        migrations.CreateModel(
            name="ReadingHour",
            fields=[
                ("pk", models.CompositePrimaryKey(
                    "stream_id", "hour", blank=True, editable=False, primary_key=True, serialize=False)),
                ("hour", models.DateTimeField()),
                ("count", models.BigIntegerField()),
                ("good", models.BigIntegerField()),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("mean", models.FloatField(null=True)),
                ("squares", models.FloatField(null=True)),
                ("first", models.FloatField(null=True)),
                ("last", models.FloatField(null=True)),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "traceability_readinghour", "managed": False},
        ),
    ]
