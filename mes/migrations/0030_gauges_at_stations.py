"""What is measured at stations names its gauge."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('mes', '0029_checks_of_control_plans'),
        ('plant', '0011_read_and_understood'),
        ('qms', '0015_verdicts'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkvalue',
            name='gauge',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gauge'),
        ),
        migrations.AddField(
            model_name='dataitem',
            name='gauge_type',
            field=models.ForeignKey(blank=True, help_text='Of numbers: every value names the gauge; one whose calibration does not hold is refused.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gaugetype', verbose_name='measured with'),
        ),
        migrations.AddField(
            model_name='datavalue',
            name='gauge',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gauge'),
        ),
        migrations.AddConstraint(
            model_name='dataitem',
            constraint=models.CheckConstraint(condition=models.Q(('gauge_type__isnull', True), ('kind', 'NUMBER'), _connector='OR'), name='data_item_number_has_gauge'),
        ),
        migrations.RunSQL((SQL / "gauges.sql").read_text(), migrations.RunSQL.noop),
    ]
