"""What the database itself keeps true: the journal's chain, and what is written once."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = (
    "journal",
)


class Migration(migrations.Migration):
    dependencies = [("plant", "0001_initial")]
    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in FILES]
