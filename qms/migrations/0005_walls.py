"""Decisions are signed, and nothing closes half done."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "walls.sql"


class Migration(migrations.Migration):
    dependencies = [("qms", "0004_escalations"), ("traceability", "0002_ledger_and_readings")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
