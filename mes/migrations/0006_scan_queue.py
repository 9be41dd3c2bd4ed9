"""The order of a tablet's scans, and a scan taken in as one statement (mes/sql/take_scan.sql)."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("mes", "0005_scan_component"),
        ("plant", "0002_record_book"),
        ("traceability", "0004_acts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScanQueue",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("device", models.CharField(max_length=80)),
                ("last_seq", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "queue of scans",
                "verbose_name_plural": "queues of scans",
                "constraints": [models.CheckConstraint(condition=Q(last_seq__gte=0), name="scan_queue_counts_up")],
            },
        ),
        migrations.RunSQL((SQL / "scan_component.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "take_scan.sql").read_text(), "DROP FUNCTION zz_take_scan"),
    ]
