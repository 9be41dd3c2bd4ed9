"""Verdicts otherwise than the results, signed; what the results said is kept."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
KEEP = "UPDATE qms_inspection SET computed = verdict WHERE status = 'DECIDED'"


class Migration(migrations.Migration):

    dependencies = [
        ('plant', '0010_skill_levels'),
        ('qms', '0014_drawings'),
        ('traceability', '0016_label_of_gauges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='inspection',
            name='inspection_decided_has_verdict',
        ),
        migrations.AddField(
            model_name='inspection',
            name='computed',
            field=models.CharField(blank=True, choices=[('PASS', 'Pass'), ('COND', 'Accepted with restrictions'), ('FAIL', 'Fail')], max_length=5, verbose_name='verdict by the results'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='restrictions',
            field=models.TextField(blank=True, verbose_name='restrictions'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='signature',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.signature'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='verdict_reason',
            field=models.TextField(blank=True, verbose_name='why otherwise than the results'),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='verdict',
            field=models.CharField(blank=True, choices=[('PASS', 'Pass'), ('COND', 'Accepted with restrictions'), ('FAIL', 'Fail')], max_length=5, verbose_name='verdict'),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('inspector__isnull', False), ('status', 'DECIDED'), models.Q(('verdict', ''), _negated=True), ('computed__in', ['PASS', 'FAIL'])), models.Q(models.Q(('status', 'DECIDED'), _negated=True), ('computed', ''), ('decided_at__isnull', True), ('verdict', '')), _connector='OR'), name='inspection_decided_has_verdict'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signature__isnull', True), ('verdict', models.F('computed'))), models.Q(('signature__isnull', False), models.Q(('verdict_reason', ''), _negated=True)), _connector='OR'), name='inspection_otherwise_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'COND'), models.Q(('restrictions', ''), _negated=True)), models.Q(models.Q(('verdict', 'COND'), _negated=True), ('restrictions', '')), _connector='OR'), name='inspection_restricted_says_how'),
        ),
        migrations.RunSQL((SQL / "verdicts.sql").read_text(), migrations.RunSQL.noop),
    ]
