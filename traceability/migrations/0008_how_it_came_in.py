"""Consumption and stays say how they came in: by a machine, another system, a scan, by hand."""

from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('traceability', '0007_archive'),
    ]

    operations = [
        migrations.AddField(
            model_name='materialactual',
            name='way',
            field=models.CharField(blank=True, choices=[('AUTO', 'Automatic'), ('API', 'Other system'), ('SCAN', 'By scan'), ('HAND', 'By hand')], max_length=4, verbose_name='how it came in'),
        ),
        migrations.AddField(
            model_name='visit',
            name='way',
            field=models.CharField(blank=True, choices=[('AUTO', 'Automatic'), ('API', 'Other system'), ('SCAN', 'By scan'), ('HAND', 'By hand')], max_length=4, verbose_name='how it came in'),
        ),
        migrations.RunSQL((SQL / "came_in.sql").read_text(), migrations.RunSQL.noop),
    ]
