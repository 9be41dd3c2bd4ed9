"""What the database itself keeps true: what quality has decided is kept, and follows from what it rests on."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = (
    "written_once", "walls", "sampling", "gauges", "documents", "suppliers", "supplier_requests", "complaints",
    "fmea", "apqp", "verdicts", "eight_d", "decisions", "audits",
)


class Migration(migrations.Migration):
    dependencies = [("qms", "0001_initial")]
    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in FILES]
