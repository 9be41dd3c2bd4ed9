"""A verdict changes what a customer's page tells."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("qms", "0003_repaired_where_it_lies"), ("traceability", "0004_customers_pages")]
    operations = [migrations.RunSQL((SQL / "public.sql").read_text(), migrations.RunSQL.noop)]
