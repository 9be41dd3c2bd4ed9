"""Reports say how they came in, and a scan says so for whatever it books."""

from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('mes', '0009_due_revisions'),
        ('traceability', '0008_how_it_came_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='jobresponse',
            name='way',
            field=models.CharField(blank=True, choices=[('AUTO', 'Automatic'), ('API', 'Other system'), ('SCAN', 'By scan'), ('HAND', 'By hand')], max_length=4, verbose_name='how it came in'),
        ),
        *(migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in ("came_in", "take_scan")),
    ]
