"""What is written once, scans as single statements, and the ledger's own count of what left an operation."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("mes", "0001_initial"), ("qms", "0002_walls"), ("traceability", "0002_ledger_and_readings"),
    ]
    operations = [
        migrations.RunSQL((SQL / "written_once.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "scan_component.sql").read_text(), "DROP FUNCTION zz_scan_component(text, bigint, text, numeric, bigint, timestamptz)"),
        migrations.RunSQL((SQL / "take_scan.sql").read_text(), "DROP FUNCTION zz_take_scan"),
    ]
