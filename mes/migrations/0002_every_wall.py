"""What the database itself keeps true: a scan is one statement; ways, queues, sums and machines hold their rules."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = (
    "written_once", "scan_component", "take_scan", "planned_sums", "calendars", "queue_ranks", "outcomes",
    "pinned", "andon", "maintenance", "tools", "ways", "gauges",
)


class Migration(migrations.Migration):
    dependencies = [("mes", "0001_initial")]
    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in FILES]
