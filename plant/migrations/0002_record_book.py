"""The parts of the record book that only the database can hold."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("plant", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / "journal.sql").read_text(), migrations.RunSQL.noop),
    ]
