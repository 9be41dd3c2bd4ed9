"""The gate as triggers, and the readings as a partitioned table."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("traceability", "0001_initial"), ("plant", "0002_record_book")]
    operations = [
        migrations.RunSQL((SQL / name).read_text(), migrations.RunSQL.noop) for name in ("ledger.sql", "readings.sql")
    ]
