from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
SCAN = (SQL / "scan_component.sql").read_text()
UNPIN = """
DROP TRIGGER zz_pinned_new ON mes_jobsegment; DROP TRIGGER zz_pinned_changed ON mes_jobsegment;
DROP TRIGGER zz_pinned_new ON mes_jobmaterial; DROP TRIGGER zz_pinned ON mes_joborder;
DROP TRIGGER zz_changes_order ON traceability_materiallot;
DROP FUNCTION zz_pinned_parts, zz_pinned_order, zz_lot_changes_order;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('mes', '0016_queue_ranks'),
        ('traceability', '0009_packed_readings'),
    ]

    operations = [
        migrations.AddField(
            model_name='workmaster',
            name='based_on',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mes.workmaster', verbose_name='based on'),
        ),
        migrations.CreateModel(
            name='RouteStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ADDED', 'Brought to an added operation')], max_length=8)),
                ('move', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.move')),
            ],
            options={
                'verbose_name': 'step without a report',
                'verbose_name_plural': 'steps without a report',
            },
        ),
        migrations.RunSQL("SELECT zz_protect('mes_routestep')", migrations.RunSQL.noop),
        # The view counts such steps nowhere, so it comes after their table; a plant that is older has it already.
        migrations.RunSQL("DROP VIEW IF EXISTS zz_outcome", migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "outcomes.sql").read_text(), "DROP VIEW zz_outcome"),
        migrations.RunSQL(SCAN, migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "pinned.sql").read_text(), UNPIN),
    ]
