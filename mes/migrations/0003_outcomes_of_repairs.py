"""How pieces left an operation: repaired ones count as rework, those of another grade as scrap."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("mes", "0002_every_wall"), ("qms", "0003_repaired_where_it_lies")]
    operations = [
        migrations.RunSQL("DROP VIEW IF EXISTS zz_outcome", migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "outcomes.sql").read_text(), migrations.RunSQL.noop),
    ]
