"""What the database itself keeps true of messages of connections: numbered without a gap, kept as they came."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "exchange.sql"


class Migration(migrations.Migration):
    dependencies = [("integrations", "0005_connections")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
