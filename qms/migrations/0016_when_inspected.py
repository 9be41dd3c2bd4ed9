"""Inspections may be due by what happens, before shipping or on demand, and are called by their kind."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('qms', '0015_verdicts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='controlplanline',
            name='plan_line_operator_check_is_due',
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='inspection_kind',
            field=models.CharField(blank=True, choices=[('IQC', 'Incoming inspection'), ('IPQC', 'In-process inspection'), ('FQC', 'Final inspection'), ('OQC', 'Outgoing inspection'), ('PQC', 'Patrol inspection'), ('FIRST', 'First article inspection'), ('LAB', 'Laboratory test'), ('RE', 'Re-inspection'), ('STOCK', 'Stock re-check')], help_text='Empty: by where it happens, for example incoming inspection at the receipt.', max_length=5, verbose_name='kind of inspection'),
        ),
        migrations.AlterField(
            model_name='controlplanline',
            name='trigger',
            field=models.CharField(blank=True, choices=[('', '—'), ('FIRST_PIECE', 'First piece of the work order'), ('PIECES', 'Every so many pieces'), ('MINUTES', 'Every so many minutes of work'), ('TOOL', 'After a tool change'), ('JOB', 'After a change of the work order'), ('SHIFT', 'After a change of shift'), ('DOWNTIME', 'After the machine stood for so many minutes'), ('SHIPMENT', 'Before it is shipped'), ('DEMAND', 'Only when somebody asks for it')], default='', max_length=12, verbose_name='when it is due'),
        ),
        migrations.AddConstraint(
            model_name='controlplanline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'OPERATOR'), ('trigger__in', ('FIRST_PIECE', 'PIECES', 'MINUTES', 'TOOL', 'JOB', 'SHIFT', 'DOWNTIME'))), models.Q(('method', 'SPC'), ('trigger', '')), ('method', 'INSPECTION'), _connector='OR'), name='plan_line_operator_check_is_due'),
        ),
    ]
