"""Reports of what quality decided, and the ledger's own count of how pieces left an operation (mes/sql/outcomes.sql)."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).resolve().parent.parent / "sql" / "outcomes.sql"
NUMBERS = Q(scrap__gte=0, rework__gte=0, good__lt=10**12, scrap__lt=10**12, rework__lt=10**12)


class Migration(migrations.Migration):
    dependencies = [
        ("mes", "0007_wall_screen"),
        ("qms", "0003_written_once"),
        ("traceability", "0004_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="jobresponse", name="nonconformance", field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="jobresponse", name="job_response_counts"),
        migrations.RemoveConstraint(model_name="jobresponse", name="job_response_bad_has_reason"),
        migrations.AddConstraint(
            model_name="jobresponse",
            constraint=models.CheckConstraint(
                name="job_response_counts",
                condition=NUMBERS & (Q(good__gte=0) | (~Q(nonconformance="") & Q(good__gt=-(10**12)))),
            ),
        ),
        migrations.AddConstraint(
            model_name="jobresponse",
            constraint=models.CheckConstraint(
                name="job_response_bad_has_reason",
                condition=Q(scrap=0, rework=0) | Q(reason__isnull=False) | ~Q(nonconformance=""),
            ),
        ),
        migrations.RunSQL(SQL.read_text(), "DROP VIEW zz_outcome"),
    ]
