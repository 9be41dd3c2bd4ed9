"""What the database itself keeps true: limits, points and concluded studies are kept."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = (
    "written_once", "studies",
)


class Migration(migrations.Migration):
    dependencies = [("spc", "0001_initial")]
    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in FILES]
