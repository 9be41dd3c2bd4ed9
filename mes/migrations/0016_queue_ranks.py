"""The order in which a station works is kept with its operations."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ("mes", "0015_calendars_and_stops"),
    ]

    operations = [
        migrations.AddField(
            model_name="jobsegment",
            name="rank",
            field=models.BigIntegerField(null=True, verbose_name="place in the station's queue"),
        ),
        migrations.RunSQL((SQL / "queue_ranks.sql").read_text(), migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="jobsegment",
            constraint=models.UniqueConstraint(fields=("station", "rank"), name="job_segment_rank_once"),
        ),
        migrations.AddConstraint(
            model_name="jobsegment",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank__isnull", True), ("station__isnull", False), _connector="OR"),
                name="job_segment_rank_at_station",
            ),
        ),
    ]
