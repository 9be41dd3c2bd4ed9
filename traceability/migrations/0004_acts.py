"""Consumption and output as one statement each (traceability/sql/acts.sql)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "acts.sql"


class Migration(migrations.Migration):
    dependencies = [("traceability", "0003_visit_here_now")]
    operations = [migrations.RunSQL(SQL.read_text(), "DROP FUNCTION zz_consume; DROP FUNCTION zz_produce")]
