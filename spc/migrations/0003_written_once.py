"""Facts that are written once."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "written_once.sql"


class Migration(migrations.Migration):
    dependencies = [("spc", "0002_initial"), ("plant", "0002_record_book")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
