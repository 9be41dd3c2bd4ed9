"""What is written once; decisions are signed, and nothing closes half done."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("qms", "0001_initial"), ("traceability", "0002_ledger_and_readings")]
    operations = [
        migrations.RunSQL((SQL / "written_once.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "walls.sql").read_text(), migrations.RunSQL.noop),
    ]
