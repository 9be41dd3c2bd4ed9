"""Ledger, readings, and consumption and output as one statement each."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("traceability", "0001_initial"), ("plant", "0002_record_book")]
    operations = [
        migrations.RunSQL((SQL / "ledger.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "readings.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "acts.sql").read_text(), "DROP FUNCTION zz_consume; DROP FUNCTION zz_produce"),
    ]
