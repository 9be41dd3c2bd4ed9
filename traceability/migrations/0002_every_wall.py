"""What the database itself keeps true: ledger, readings, stock, packing and labels; consumption and output as one statement each."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = (
    "ledger", "readings", "acts", "blocks", "packing", "retention", "packed", "stock", "shipping", "labels",
    "consume",
)


class Migration(migrations.Migration):
    dependencies = [("traceability", "0001_initial")]
    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in FILES]
