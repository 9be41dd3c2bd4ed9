"""What is written once."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("spc", "0001_initial"), ("plant", "0002_record_book")]
    operations = [
        migrations.RunSQL((SQL / "written_once.sql").read_text(), migrations.RunSQL.noop),
    ]
