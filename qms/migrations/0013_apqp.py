"""APQP projects, their gates, and what is delivered for each."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import plant.models.naming
from django.conf import settings
from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0010_skill_levels'),
        ('qms', '0012_planning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApqpPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='phase')),
                ('due_at', models.DateTimeField(verbose_name='gate planned')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('PASSED', 'Passed')], default='OPEN', max_length=6, verbose_name='status')),
                ('passed_at', models.DateTimeField(null=True, verbose_name='passed')),
                ('passed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed by')),
            ],
            options={
                'verbose_name': 'APQP phase',
                'verbose_name_plural': 'APQP phases',
                'ordering': ['project', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ApqpDeliverable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=160, verbose_name='Chinese name')),
                ('element', models.PositiveSmallIntegerField(default=0, verbose_name='PPAP requirement')),
                ('is_required', models.BooleanField(default=True, verbose_name='the gate waits for it')),
                ('proof', models.CharField(blank=True, max_length=2, verbose_name='proved by reports')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('IN_PROGRESS', 'In progress'), ('DONE', 'Done'), ('WAIVED', 'Not applicable')], default='OPEN', max_length=11, verbose_name='status')),
                ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('escalations', models.PositiveSmallIntegerField(default=0, verbose_name='escalations')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliverables', to='qms.apqpphase', verbose_name='phase')),
            ],
            options={
                'verbose_name': 'deliverable',
                'verbose_name_plural': 'deliverables',
                'ordering': ['phase', 'position', 'pk'],
            },
            bases=(plant.models.naming.TwoNames, models.Model),
        ),
        migrations.CreateModel(
            name='ApqpProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('level', models.PositiveSmallIntegerField(default=3, verbose_name='PPAP submission level')),
                ('status', models.CharField(choices=[('RUNNING', 'Running'), ('CLOSED', 'Closed'), ('CANCELLED', 'Cancelled')], default='RUNNING', max_length=9, verbose_name='status')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('due_at', models.DateTimeField(verbose_name='start of production')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='customer')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='material')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='project leader')),
            ],
            options={
                'verbose_name': 'APQP project',
                'verbose_name_plural': 'APQP projects',
            },
        ),
        migrations.AddField(
            model_name='apqpphase',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='qms.apqpproject', verbose_name='project'),
        ),
        migrations.CreateModel(
            name='ApqpProjectEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('level', models.PositiveSmallIntegerField(default=3, verbose_name='PPAP submission level')),
                ('status', models.CharField(choices=[('RUNNING', 'Running'), ('CLOSED', 'Closed'), ('CANCELLED', 'Cancelled')], default='RUNNING', max_length=9, verbose_name='status')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('due_at', models.DateTimeField(verbose_name='start of production')),
                ('customer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.partner', verbose_name='customer')),
                ('material', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.materialdefinition', verbose_name='material')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='project leader')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='qms.apqpproject')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ValidationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DV', 'Design verification (DV)'), ('PV', 'Product validation (PV)')], max_length=2, verbose_name='kind')),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('title', models.CharField(max_length=160, verbose_name='test')),
                ('requirement', models.TextField(verbose_name='requirement')),
                ('samples', models.PositiveIntegerField(default=1, verbose_name='samples')),
                ('result', models.CharField(choices=[('PASS', 'Pass'), ('FAIL', 'Fail')], max_length=4, verbose_name='result')),
                ('finding', models.TextField(verbose_name='finding')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='qms.apqpdeliverable', verbose_name='deliverable')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='qms.validationreport', verbose_name='replaces')),
            ],
            options={
                'verbose_name': 'validation report',
                'verbose_name_plural': 'validation reports',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='apqpdeliverable',
            index=models.Index(fields=['status', 'due_at'], name='apqp_deliverable_due'),
        ),
        migrations.AddConstraint(
            model_name='apqpdeliverable',
            constraint=models.UniqueConstraint(fields=('phase', 'name'), name='apqp_deliverable_once'),
        ),
        migrations.AddConstraint(
            model_name='apqpdeliverable',
            constraint=models.CheckConstraint(condition=models.Q(('element__range', (0, 18))), name='apqp_deliverable_element'),
        ),
        migrations.AddConstraint(
            model_name='apqpdeliverable',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('status__in', ['OPEN', 'IN_PROGRESS'])), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('status__in', ['DONE', 'WAIVED']), models.Q(('evidence', ''), _negated=True)), _connector='OR'), name='apqp_deliverable_ended_with_evidence'),
        ),
        migrations.AddConstraint(
            model_name='apqpproject',
            constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='apqp_level'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apqpproject',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "qms_apqpprojectevent" ("customer_id", "due_at", "id", "level", "material_id", "name", "number", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."customer_id", NEW."due_at", NEW."id", NEW."level", NEW."material_id", NEW."name", NEW."number", NEW."opened_at", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status"); RETURN NULL;', hash='83defb6d9a363f529a96b46bd40983d15967a3a5', operation='INSERT', pgid='pgtrigger_insert_insert_93056', table='qms_apqpproject', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apqpproject',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "qms_apqpprojectevent" ("customer_id", "due_at", "id", "level", "material_id", "name", "number", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."customer_id", NEW."due_at", NEW."id", NEW."level", NEW."material_id", NEW."name", NEW."number", NEW."opened_at", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status"); RETURN NULL;', hash='e52f2e42370a2bea749ab2f527d7a22710a77e1d', operation='UPDATE', pgid='pgtrigger_update_update_14324', table='qms_apqpproject', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='apqpphase',
            constraint=models.UniqueConstraint(fields=('project', 'number'), name='apqp_phase_once'),
        ),
        migrations.AddConstraint(
            model_name='apqpphase',
            constraint=models.CheckConstraint(condition=models.Q(('number__range', (1, 5))), name='apqp_phase_number'),
        ),
        migrations.AddConstraint(
            model_name='apqpphase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed_at__isnull', True), ('passed_by__isnull', True), ('status', 'OPEN')), models.Q(('passed_at__isnull', False), ('passed_by__isnull', False), ('status', 'PASSED')), _connector='OR'), name='apqp_phase_passed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='validationreport',
            constraint=models.UniqueConstraint(fields=('deliverable', 'number'), name='validation_report_once'),
        ),
        migrations.AddConstraint(
            model_name='validationreport',
            constraint=models.CheckConstraint(condition=models.Q(('samples__gte', 1), models.Q(('requirement', ''), _negated=True), models.Q(('finding', ''), _negated=True)), name='validation_report_says_something'),
        ),
        migrations.AddConstraint(
            model_name='validationreport',
            constraint=models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='validation_report_replaces_another'),
        ),
        migrations.RunSQL((SQL / "apqp.sql").read_text(), migrations.RunSQL.noop),
    ]
