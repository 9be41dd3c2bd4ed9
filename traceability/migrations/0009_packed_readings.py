"""Reading blocks alone, so that the newest few readings cost no more than before."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("traceability", "0008_reading_blocks")]
    operations = [migrations.RunSQL((SQL / "packed.sql").read_text(), migrations.RunSQL.noop)]
