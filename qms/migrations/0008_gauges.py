"""Gauges with their calibrations and loans, measurements that name one, and reviews of what a wrong one measured."""

from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import plant.models.naming
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
WHERE = """
UPDATE qms_calibration c SET equipment_id = s.equipment_id FROM qms_sensor s WHERE s.id = c.sensor_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0010_skill_levels'),
        ('qms', '0007_sampling'),
        ('traceability', '0016_label_of_gauges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalibrationPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nominal', models.FloatField(verbose_name='reference')),
                ('found', models.FloatField(verbose_name='as found')),
                ('left', models.FloatField(null=True, verbose_name='as left')),
                ('allowed', models.FloatField(verbose_name='allowed deviation')),
            ],
            options={
                'verbose_name': 'calibration point',
                'verbose_name_plural': 'calibration points',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Gauge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('serial_number', models.CharField(blank=True, max_length=80, verbose_name='serial number')),
                ('interval_days', models.PositiveIntegerField(default=365, verbose_name='calibrated every so many days')),
                ('warn_days', models.PositiveIntegerField(default=14, verbose_name='warns so many days before')),
                ('owner_role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], default='MAINTENANCE', max_length=20, verbose_name='goes to')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='calibration due')),
                ('failed_at', models.DateTimeField(editable=False, null=True, verbose_name='failed its calibration')),
                ('stage', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('maker', models.CharField(blank=True, max_length=80, verbose_name='maker')),
                ('lowest', models.FloatField(blank=True, null=True, verbose_name='measures from')),
                ('highest', models.FloatField(blank=True, null=True, verbose_name='measures to')),
                ('resolution', models.FloatField(blank=True, null=True, verbose_name='resolution')),
                ('every_uses', models.PositiveIntegerField(blank=True, help_text='Besides the days; empty: only the days count.', null=True, verbose_name='calibrated every so many measurements')),
                ('uses', models.PositiveIntegerField(default=0, editable=False, verbose_name='measurements since the last calibration')),
                ('status', models.CharField(choices=[('IN_USE', 'In use'), ('ON_HOLD', 'On hold'), ('WITHDRAWN', 'Withdrawn')], default='IN_USE', editable=False, max_length=9, verbose_name='state')),
                ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='not used since')),
            ],
            options={
                'verbose_name': 'gauge',
                'verbose_name_plural': 'gauges',
                'ordering': ['code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GaugeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=60, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('serial_number', models.CharField(blank=True, max_length=80, verbose_name='serial number')),
                ('interval_days', models.PositiveIntegerField(default=365, verbose_name='calibrated every so many days')),
                ('warn_days', models.PositiveIntegerField(default=14, verbose_name='warns so many days before')),
                ('owner_role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], default='MAINTENANCE', max_length=20, verbose_name='goes to')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='calibration due')),
                ('failed_at', models.DateTimeField(editable=False, null=True, verbose_name='failed its calibration')),
                ('maker', models.CharField(blank=True, max_length=80, verbose_name='maker')),
                ('lowest', models.FloatField(blank=True, null=True, verbose_name='measures from')),
                ('highest', models.FloatField(blank=True, null=True, verbose_name='measures to')),
                ('resolution', models.FloatField(blank=True, null=True, verbose_name='resolution')),
                ('every_uses', models.PositiveIntegerField(blank=True, help_text='Besides the days; empty: only the days count.', null=True, verbose_name='calibrated every so many measurements')),
                ('status', models.CharField(choices=[('IN_USE', 'In use'), ('ON_HOLD', 'On hold'), ('WITHDRAWN', 'Withdrawn')], default='IN_USE', editable=False, max_length=9, verbose_name='state')),
                ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='not used since')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GaugeLoan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lent_at', models.DateTimeField(verbose_name='since')),
                ('back_by', models.DateTimeField(null=True, verbose_name='back by')),
                ('returned_at', models.DateTimeField(null=True, verbose_name='returned')),
            ],
            options={
                'verbose_name': 'loan of a gauge',
                'verbose_name_plural': 'loans of gauges',
                'ordering': ['-lent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='GaugeType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=120, verbose_name='Chinese name')),
            ],
            options={
                'verbose_name': 'gauge type',
                'verbose_name_plural': 'gauge types',
                'ordering': ['code'],
            },
            bases=(plant.models.naming.TwoNames, models.Model),
        ),
        migrations.CreateModel(
            name='ImpactItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='measured in')),
                ('key', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200, verbose_name='what was measured')),
                ('measurements', models.PositiveIntegerField(verbose_name='measurements')),
                ('first_at', models.DateTimeField(verbose_name='first')),
                ('last_at', models.DateTimeField(verbose_name='last')),
                ('decision', models.CharField(blank=True, choices=[('ACCEPT', 'Accept as measured'), ('REINSPECT', 'Inspect again'), ('HOLD', 'Hold and report as nonconforming')], max_length=9, verbose_name='decision')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                ('at', models.DateTimeField(null=True, verbose_name='decided')),
            ],
            options={
                'verbose_name': 'measurement under review',
                'verbose_name_plural': 'measurements under review',
                'ordering': ['first_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ImpactReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('CLOSED', 'Closed')], default='OPEN', max_length=6, verbose_name='state')),
                ('since', models.DateTimeField(null=True, verbose_name='last good calibration')),
                ('until', models.DateTimeField(null=True, verbose_name='found out')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'impact review',
                'verbose_name_plural': 'impact reviews',
                'ordering': ['-opened_at'],
            },
        ),
        migrations.CreateModel(
            name='ImpactReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('CLOSED', 'Closed')], default='OPEN', max_length=6, verbose_name='state')),
                ('since', models.DateTimeField(null=True, verbose_name='last good calibration')),
                ('until', models.DateTimeField(null=True, verbose_name='found out')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AlterModelOptions(
            name='calibration',
            options={'ordering': ['sensor', 'gauge', 'at'], 'verbose_name': 'calibration', 'verbose_name_plural': 'calibrations'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='characteristic',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='characteristic',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='calibration',
            name='calibration_passed_until',
        ),
        migrations.AddField(
            model_name='calibration',
            name='equipment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='equipment'),
        ),
        migrations.AlterField(
            model_name='calibration',
            name='result',
            field=models.CharField(choices=[('PASSED', 'Passed'), ('ADJUSTED', 'Passed after it was adjusted'), ('FAILED', 'Failed')], max_length=8, verbose_name='result'),
        ),
        migrations.AlterField(
            model_name='calibration',
            name='sensor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calibrations', to='qms.sensor', verbose_name='sensor'),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='kind',
            field=models.CharField(choices=[('IQC', 'Incoming inspection'), ('IPQC', 'In-process inspection'), ('FQC', 'Final inspection'), ('OQC', 'Outgoing inspection'), ('PQC', 'Patrol inspection'), ('FIRST', 'First article inspection'), ('LAB', 'Laboratory test'), ('RE', 'Re-inspection'), ('STOCK', 'Stock re-check')], max_length=5, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='nonconformance',
            name='source_kind',
            field=models.CharField(choices=[('VIOLATION', 'Control chart'), ('DEVIATION', 'Golden parameter'), ('INSPECTION', 'Inspection'), ('CALIBRATION', 'Calibration of a gauge'), ('PERSON', 'Reported by a person'), ('API', 'Other system')], max_length=12, verbose_name='found by'),
        ),
        migrations.AlterField(
            model_name='nonconformanceevent',
            name='source_kind',
            field=models.CharField(choices=[('VIOLATION', 'Control chart'), ('DEVIATION', 'Golden parameter'), ('INSPECTION', 'Inspection'), ('CALIBRATION', 'Calibration of a gauge'), ('PERSON', 'Reported by a person'), ('API', 'Other system')], max_length=12, verbose_name='found by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='characteristic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "qms_characteristicevent" ("code", "gauge_type_id", "id", "importance", "is_counted", "lower", "material_id", "name", "name_zh", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target", "upper") VALUES (NEW."code", NEW."gauge_type_id", NEW."id", NEW."importance", NEW."is_counted", NEW."lower", NEW."material_id", NEW."name", NEW."name_zh", NEW."parameter_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."target", NEW."upper"); RETURN NULL;', hash='74dcba99995c371d9ce24ea640faf88724926c5b', operation='INSERT', pgid='pgtrigger_insert_insert_52f51', table='qms_characteristic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='characteristic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "qms_characteristicevent" ("code", "gauge_type_id", "id", "importance", "is_counted", "lower", "material_id", "name", "name_zh", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target", "upper") VALUES (NEW."code", NEW."gauge_type_id", NEW."id", NEW."importance", NEW."is_counted", NEW."lower", NEW."material_id", NEW."name", NEW."name_zh", NEW."parameter_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."target", NEW."upper"); RETURN NULL;', hash='a0d598fbfc36d79fdf03584613c66dca5c24b299', operation='UPDATE', pgid='pgtrigger_update_update_1d9e4', table='qms_characteristic', when='AFTER')),
        ),
        migrations.AddField(
            model_name='calibrationpoint',
            name='calibration',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='qms.calibration'),
        ),
        migrations.AddField(
            model_name='gauge',
            name='equipment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='equipment'),
        ),
        migrations.AddField(
            model_name='gauge',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='calibration',
            name='gauge',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calibrations', to='qms.gauge', verbose_name='gauge'),
        ),
        migrations.AddField(
            model_name='inspectioncount',
            name='gauge',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gauge'),
        ),
        migrations.AddField(
            model_name='inspectionresult',
            name='gauge',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gauge'),
        ),
        migrations.AddIndex(
            model_name='inspectioncount',
            index=models.Index(condition=models.Q(('gauge__isnull', False)), fields=['gauge', 'at'], name='count_of_gauge'),
        ),
        migrations.AddIndex(
            model_name='inspectionresult',
            index=models.Index(condition=models.Q(('gauge__isnull', False)), fields=['gauge', 'at'], name='result_of_gauge'),
        ),
        migrations.AddConstraint(
            model_name='calibration',
            constraint=models.UniqueConstraint(fields=('gauge', 'at'), name='calibration_of_gauge_once'),
        ),
        migrations.AddConstraint(
            model_name='calibration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gauge__isnull', True), ('sensor__isnull', False)), models.Q(('gauge__isnull', False), ('sensor__isnull', True)), _connector='OR'), name='calibration_of_one'),
        ),
        migrations.AddConstraint(
            model_name='calibration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_due_at__gt', models.F('at')), ('result__in', ['PASSED', 'ADJUSTED'])), models.Q(('next_due_at__isnull', True), ('result', 'FAILED')), _connector='OR'), name='calibration_passed_until'),
        ),
        migrations.AddField(
            model_name='gaugeevent',
            name='equipment',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='equipment'),
        ),
        migrations.AddField(
            model_name='gaugeevent',
            name='owner',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='gaugeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='gaugeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='qms.gauge'),
        ),
        migrations.AddField(
            model_name='gaugeloan',
            name='gauge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='qms.gauge', verbose_name='gauge'),
        ),
        migrations.AddField(
            model_name='gaugeloan',
            name='lent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lent by'),
        ),
        migrations.AddField(
            model_name='gaugeloan',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lent to'),
        ),
        migrations.AddField(
            model_name='gaugeloan',
            name='returned_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by'),
        ),
        migrations.AddField(
            model_name='gaugeloan',
            name='station',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='stands at'),
        ),
        migrations.AddField(
            model_name='gaugetype',
            name='skill',
            field=models.ForeignKey(blank=True, help_text='Whoever measures with it must hold this skill at that moment.', null=True, on_delete=django.db.models.deletion.PROTECT, to='plant.qualification', verbose_name='skill'),
        ),
        migrations.AddField(
            model_name='gaugetype',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='plant.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='gaugeevent',
            name='type',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.gaugetype', verbose_name='type'),
        ),
        migrations.AddField(
            model_name='gauge',
            name='type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gauges', to='qms.gaugetype', verbose_name='type'),
        ),
        migrations.AddField(
            model_name='characteristic',
            name='gauge_type',
            field=models.ForeignKey(blank=True, help_text='Every measurement names the gauge; one whose calibration does not hold is refused.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gaugetype', verbose_name='measured with'),
        ),
        migrations.AddField(
            model_name='characteristicevent',
            name='gauge_type',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Every measurement names the gauge; one whose calibration does not hold is refused.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.gaugetype', verbose_name='measured with'),
        ),
        migrations.AddField(
            model_name='inspectionitem',
            name='gauge_type',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gaugetype'),
        ),
        migrations.AddField(
            model_name='impactitem',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='impactitem',
            name='inspection',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.inspection', verbose_name='inspected again in'),
        ),
        migrations.AddField(
            model_name='impactitem',
            name='item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.inspectionitem'),
        ),
        migrations.AddField(
            model_name='impactitem',
            name='lot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.materiallot', verbose_name='lot'),
        ),
        migrations.AddField(
            model_name='impactitem',
            name='nonconformance',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.nonconformance', verbose_name='nonconformance'),
        ),
        migrations.AddField(
            model_name='impactreview',
            name='calibrated_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='calibration recorded by'),
        ),
        migrations.AddField(
            model_name='impactreview',
            name='calibration',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='qms.calibration', verbose_name='calibration'),
        ),
        migrations.AddField(
            model_name='impactreview',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by'),
        ),
        migrations.AddField(
            model_name='impactreview',
            name='gauge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='qms.gauge', verbose_name='gauge'),
        ),
        migrations.AddField(
            model_name='impactitem',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='qms.impactreview'),
        ),
        migrations.AddField(
            model_name='impactreviewevent',
            name='calibrated_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='calibration recorded by'),
        ),
        migrations.AddField(
            model_name='impactreviewevent',
            name='calibration',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.calibration', verbose_name='calibration'),
        ),
        migrations.AddField(
            model_name='impactreviewevent',
            name='closed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by'),
        ),
        migrations.AddField(
            model_name='impactreviewevent',
            name='gauge',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.gauge', verbose_name='gauge'),
        ),
        migrations.AddField(
            model_name='impactreviewevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='impactreviewevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='qms.impactreview'),
        ),
        migrations.AddConstraint(
            model_name='calibrationpoint',
            constraint=models.UniqueConstraint(fields=('calibration', 'nominal'), name='calibration_point_once'),
        ),
        migrations.AddConstraint(
            model_name='calibrationpoint',
            constraint=models.CheckConstraint(condition=models.Q(('found__gt', -1e+300), ('found__lt', 1e+300), ('nominal__gt', -1e+300), ('nominal__lt', 1e+300), ('allowed__gte', 0), ('allowed__lt', 1e+300)), name='calibration_point_numbers'),
        ),
        migrations.AddConstraint(
            model_name='gaugeloan',
            constraint=models.UniqueConstraint(condition=models.Q(('returned_at__isnull', True)), fields=('gauge',), name='gauge_lent_once'),
        ),
        migrations.AddConstraint(
            model_name='gaugeloan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('station__isnull', True)), models.Q(('person__isnull', True), ('station__isnull', False)), _connector='OR'), name='gauge_lent_to_one'),
        ),
        migrations.AddConstraint(
            model_name='gaugeloan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('returned_at__gte', models.F('lent_at')), ('returned_by__isnull', False)), _connector='OR'), name='gauge_returned_whole'),
        ),
        migrations.AddConstraint(
            model_name='gauge',
            constraint=models.CheckConstraint(condition=models.Q(('interval_days__gte', 1), ('interval_days__lte', 36500), ('warn_days__lt', models.F('interval_days'))), name='gauge_warns_within_its_interval'),
        ),
        migrations.AddConstraint(
            model_name='gauge',
            constraint=models.CheckConstraint(condition=models.Q(('lowest__isnull', True), ('highest__isnull', True), ('lowest__lt', models.F('highest')), _connector='OR'), name='gauge_range'),
        ),
        migrations.AddConstraint(
            model_name='gauge',
            constraint=models.CheckConstraint(condition=models.Q(('resolution__isnull', True), models.Q(('resolution__gt', 0), ('resolution__lt', 1e+300)), _connector='OR'), name='gauge_resolution'),
        ),
        migrations.AddConstraint(
            model_name='gauge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'IN_USE'), ('stopped_at__isnull', True)), models.Q(models.Q(('status', 'IN_USE'), _negated=True), ('stopped_at__isnull', False)), _connector='OR'), name='gauge_stopped_since'),
        ),
        migrations.AddConstraint(
            model_name='gauge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'WITHDRAWN'), _negated=True), ('active', False), _connector='OR'), name='gauge_withdrawn_is_not_active'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gauge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "qms_gaugeevent" ("active", "code", "due_at", "equipment_id", "every_uses", "failed_at", "highest", "id", "interval_days", "lowest", "maker", "name", "owner_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution", "serial_number", "status", "stopped_at", "type_id", "warn_days") VALUES (NEW."active", NEW."code", NEW."due_at", NEW."equipment_id", NEW."every_uses", NEW."failed_at", NEW."highest", NEW."id", NEW."interval_days", NEW."lowest", NEW."maker", NEW."name", NEW."owner_id", NEW."owner_role", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."resolution", NEW."serial_number", NEW."status", NEW."stopped_at", NEW."type_id", NEW."warn_days"); RETURN NULL;', hash='0abe77210c09a6a20ee6589fc97f4fa1c078d3f3', operation='INSERT', pgid='pgtrigger_insert_insert_c8255', table='qms_gauge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gauge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."active" IS DISTINCT FROM (NEW."active") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."equipment_id" IS DISTINCT FROM (NEW."equipment_id") OR OLD."every_uses" IS DISTINCT FROM (NEW."every_uses") OR OLD."failed_at" IS DISTINCT FROM (NEW."failed_at") OR OLD."highest" IS DISTINCT FROM (NEW."highest") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interval_days" IS DISTINCT FROM (NEW."interval_days") OR OLD."lowest" IS DISTINCT FROM (NEW."lowest") OR OLD."maker" IS DISTINCT FROM (NEW."maker") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."owner_role" IS DISTINCT FROM (NEW."owner_role") OR OLD."resolution" IS DISTINCT FROM (NEW."resolution") OR OLD."serial_number" IS DISTINCT FROM (NEW."serial_number") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."stopped_at" IS DISTINCT FROM (NEW."stopped_at") OR OLD."type_id" IS DISTINCT FROM (NEW."type_id") OR OLD."warn_days" IS DISTINCT FROM (NEW."warn_days"))', func='INSERT INTO "qms_gaugeevent" ("active", "code", "due_at", "equipment_id", "every_uses", "failed_at", "highest", "id", "interval_days", "lowest", "maker", "name", "owner_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution", "serial_number", "status", "stopped_at", "type_id", "warn_days") VALUES (NEW."active", NEW."code", NEW."due_at", NEW."equipment_id", NEW."every_uses", NEW."failed_at", NEW."highest", NEW."id", NEW."interval_days", NEW."lowest", NEW."maker", NEW."name", NEW."owner_id", NEW."owner_role", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."resolution", NEW."serial_number", NEW."status", NEW."stopped_at", NEW."type_id", NEW."warn_days"); RETURN NULL;', hash='c5168be5612d6fc5a649b2a6a4f7205c13d3ff36', operation='UPDATE', pgid='pgtrigger_update_update_7be0a', table='qms_gauge', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='impactreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('status', 'CLOSED'), models.Q(('closed_by', models.F('calibrated_by')), _negated=True)), models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('status', 'OPEN')), _connector='OR'), name='impact_closed_by_another'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='impactreview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "qms_impactreviewevent" ("calibrated_by_id", "calibration_id", "closed_at", "closed_by_id", "gauge_id", "id", "number", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "status", "until") VALUES (NEW."calibrated_by_id", NEW."calibration_id", NEW."closed_at", NEW."closed_by_id", NEW."gauge_id", NEW."id", NEW."number", NEW."opened_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."status", NEW."until"); RETURN NULL;', hash='d9f7919352b7305b41e29c2f739e33d86adb84bd', operation='INSERT', pgid='pgtrigger_insert_insert_3f011', table='qms_impactreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='impactreview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "qms_impactreviewevent" ("calibrated_by_id", "calibration_id", "closed_at", "closed_by_id", "gauge_id", "id", "number", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "status", "until") VALUES (NEW."calibrated_by_id", NEW."calibration_id", NEW."closed_at", NEW."closed_by_id", NEW."gauge_id", NEW."id", NEW."number", NEW."opened_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."status", NEW."until"); RETURN NULL;', hash='3dd12220c496fb335a6443d829d0a699f14142c9', operation='UPDATE', pgid='pgtrigger_update_update_297c2', table='qms_impactreview', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='impactitem',
            constraint=models.UniqueConstraint(fields=('review', 'source', 'key'), name='impact_item_once'),
        ),
        migrations.AddConstraint(
            model_name='impactitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', True), ('by__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), models.Q(('reason', ''), _negated=True), ('at__isnull', False), ('by__isnull', False)), _connector='OR'), name='impact_item_decided'),
        ),
        migrations.AddConstraint(
            model_name='impactitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'REINSPECT'), _negated=True), ('inspection__isnull', False), _connector='OR'), name='impact_item_carried_out'),
        ),
        migrations.AddConstraint(
            model_name='impactitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'HOLD'), _negated=True), ('nonconformance__isnull', False), _connector='OR'), name='impact_item_held'),
        ),
        migrations.RunSQL(WHERE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='calibration',
            name='equipment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='equipment'),
        ),
        migrations.RunSQL((SQL / "gauges.sql").read_text(), migrations.RunSQL.noop),
    ]
