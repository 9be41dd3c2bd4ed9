"""Row history asks for its context without a subtransaction a row."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("plant", "0002_every_wall"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [migrations.RunSQL((SQL / "history_context.sql").read_text(), migrations.RunSQL.noop)]
