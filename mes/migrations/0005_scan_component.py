"""The everyday scan as one function in the database (mes/sql/scan_component.sql)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "scan_component.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("mes", "0004_written_once"),
        ("traceability", "0002_ledger_and_readings"),
    ]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP FUNCTION zz_scan_component(text, bigint, text, numeric, bigint, timestamptz)",
        ),
    ]
