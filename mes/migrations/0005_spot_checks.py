"""Spot checks of trace chains: plans, draws with their walks, findings."""

from pathlib import Path

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from plant.tables import TablesAtOnce

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('mes', '0004_completeness_of_trace_data'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0003_history_context'),
        ('qms', '0007_first_articles_signed'),
        ('traceability', '0005_corrections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='SpotCheckPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                    ('lots', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='lots to draw')),
                    ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0, verbose_name='day of the week')),
                    ('time', models.TimeField(verbose_name='time of day')),
                    ('due_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days to answer')),
                    ('owner_role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], default='TEAM_LEADER', max_length=20, verbose_name='goes to')),
                    ('is_active', models.BooleanField(default=True, verbose_name='draws each week')),
                    ('begins_at', models.DateTimeField(verbose_name='draws since')),
                    ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.productfamily', verbose_name='product family')),
                    ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='line')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
                ],
                options={
                    'verbose_name': 'plan of spot checks',
                    'verbose_name_plural': 'plans of spot checks',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='SpotCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('week', models.DateField(help_text='Its Monday.', verbose_name='week')),
                    ('status', models.CharField(choices=[('OPEN', 'Findings open'), ('CLOSED', 'Closed')], default='OPEN', max_length=6, verbose_name='status')),
                    ('seed', models.CharField(max_length=64, verbose_name='seed')),
                    ('candidates', models.PositiveIntegerField(verbose_name='lots to choose from')),
                    ('fingerprint', models.CharField(max_length=64, verbose_name='fingerprint of these lots')),
                    ('from_at', models.DateTimeField(verbose_name='finished from')),
                    ('to_at', models.DateTimeField(verbose_name='finished until')),
                    ('drawn_at', models.DateTimeField(verbose_name='drawn')),
                    ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='mes.spotcheckplan', verbose_name='plan')),
                ],
                options={
                    'verbose_name': 'spot check',
                    'verbose_name_plural': 'spot checks',
                    'ordering': ['-week', 'plan', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='SpotCheckPlanEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('lots', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='lots to draw')),
                    ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0, verbose_name='day of the week')),
                    ('time', models.TimeField(verbose_name='time of day')),
                    ('due_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days to answer')),
                    ('owner_role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], default='TEAM_LEADER', max_length=20, verbose_name='goes to')),
                    ('is_active', models.BooleanField(default=True, verbose_name='draws each week')),
                    ('begins_at', models.DateTimeField(verbose_name='draws since')),
                    ('family', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.productfamily', verbose_name='product family')),
                    ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='line')),
                    ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mes.spotcheckplan')),
                    ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='site')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SpotFinding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('CONSUMPTION', 'Material of the bill not consumed'), ('REPORT', 'Operation without a report'), ('OPERATOR', 'Operation without an operator'), ('STAY', 'Operation without a stay at a machine'), ('READINGS', 'Hole in the readings'), ('VALUES', 'Value not entered'), ('INSPECTION', 'Inspection overdue'), ('ORIGIN', 'Origin unknown')], max_length=12, verbose_name='what is missing')),
                    ('operation', models.CharField(blank=True, max_length=40, verbose_name='operation')),
                    ('what', models.CharField(blank=True, max_length=200, verbose_name='what')),
                    ('place', models.CharField(blank=True, max_length=40, verbose_name='place')),
                    ('weight', models.PositiveSmallIntegerField(verbose_name='weight in the score')),
                    ('status', models.CharField(choices=[('OPEN', 'Open'), ('ANSWERED', 'Answered, to be confirmed'), ('CLOSED', 'Closed')], default='OPEN', max_length=8, verbose_name='status')),
                    ('owner_role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], max_length=20, verbose_name='goes to')),
                    ('due_at', models.DateTimeField(verbose_name='due')),
                    ('escalations', models.PositiveSmallIntegerField(default=0, verbose_name='escalations')),
                    ('cause', models.TextField(blank=True, verbose_name='why it was missing')),
                    ('answer', models.TextField(blank=True, verbose_name='what was done')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                    ('remark', models.TextField(blank=True, verbose_name='remark')),
                    ('is_mended', models.BooleanField(null=True, verbose_name='is there now')),
                    ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.materiallot', verbose_name='lot')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('spot_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='mes.spotcheck', verbose_name='spot check')),
                ],
                options={
                    'verbose_name': 'finding of a spot check',
                    'verbose_name_plural': 'findings of spot checks',
                    'ordering': ['due_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='SpotLot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='drawn as')),
                    ('met', models.PositiveIntegerField(verbose_name='lots met')),
                    ('ends', models.PositiveIntegerField(verbose_name='ends reached')),
                    ('expected', models.PositiveIntegerField(verbose_name='expected')),
                    ('lacking', models.PositiveIntegerField(verbose_name='missing')),
                    ('is_cut', models.BooleanField(default=False, verbose_name='not walked to the end')),
                    ('walk', models.JSONField(verbose_name='walk')),
                    ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.materiallot', verbose_name='lot')),
                    ('spot_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='mes.spotcheck', verbose_name='spot check')),
                ],
                options={
                    'verbose_name': 'drawn lot',
                    'verbose_name_plural': 'drawn lots',
                    'ordering': ['spot_check', 'position'],
                },
            ),
            migrations.CreateModel(
                name='SpotFindingEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(choices=[('CONSUMPTION', 'Material of the bill not consumed'), ('REPORT', 'Operation without a report'), ('OPERATOR', 'Operation without an operator'), ('STAY', 'Operation without a stay at a machine'), ('READINGS', 'Hole in the readings'), ('VALUES', 'Value not entered'), ('INSPECTION', 'Inspection overdue'), ('ORIGIN', 'Origin unknown')], max_length=12, verbose_name='what is missing')),
                    ('operation', models.CharField(blank=True, max_length=40, verbose_name='operation')),
                    ('what', models.CharField(blank=True, max_length=200, verbose_name='what')),
                    ('place', models.CharField(blank=True, max_length=40, verbose_name='place')),
                    ('weight', models.PositiveSmallIntegerField(verbose_name='weight in the score')),
                    ('status', models.CharField(choices=[('OPEN', 'Open'), ('ANSWERED', 'Answered, to be confirmed'), ('CLOSED', 'Closed')], default='OPEN', max_length=8, verbose_name='status')),
                    ('owner_role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], max_length=20, verbose_name='goes to')),
                    ('due_at', models.DateTimeField(verbose_name='due')),
                    ('escalations', models.PositiveSmallIntegerField(default=0, verbose_name='escalations')),
                    ('cause', models.TextField(blank=True, verbose_name='why it was missing')),
                    ('answer', models.TextField(blank=True, verbose_name='what was done')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                    ('remark', models.TextField(blank=True, verbose_name='remark')),
                    ('is_mended', models.BooleanField(null=True, verbose_name='is there now')),
                    ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                    ('answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                    ('closed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('lot', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='traceability.materiallot', verbose_name='lot')),
                    ('owner', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mes.spotfinding')),
                    ('spot_check', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mes.spotcheck', verbose_name='spot check')),
                    ('drawn', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mes.spotlot', verbose_name='drawn lot')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='spotfinding',
                name='drawn',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='mes.spotlot', verbose_name='drawn lot'),
            ),
            migrations.AddConstraint(
                model_name='spotcheckplan',
                constraint=models.CheckConstraint(condition=models.Q(('lots__gte', 1), ('lots__lte', 50)), name='spot_plan_lots'),
            ),
            migrations.AddConstraint(
                model_name='spotcheckplan',
                constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='spot_plan_weekday'),
            ),
            migrations.AddConstraint(
                model_name='spotcheckplan',
                constraint=models.CheckConstraint(condition=models.Q(('due_days__gte', 1), ('due_days__lte', 60)), name='spot_plan_due'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='spotcheckplan',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mes_spotcheckplanevent" ("begins_at", "due_days", "family_id", "id", "is_active", "line_id", "lots", "name", "owner_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "time", "weekday") VALUES (NEW."begins_at", NEW."due_days", NEW."family_id", NEW."id", NEW."is_active", NEW."line_id", NEW."lots", NEW."name", NEW."owner_id", NEW."owner_role", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."time", NEW."weekday"); RETURN NULL;', hash='92a895c5727731fbed9a0e0af446dacf5d3a43ff', operation='INSERT', pgid='pgtrigger_insert_insert_38a2f', table='mes_spotcheckplan', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='spotcheckplan',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mes_spotcheckplanevent" ("begins_at", "due_days", "family_id", "id", "is_active", "line_id", "lots", "name", "owner_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "time", "weekday") VALUES (NEW."begins_at", NEW."due_days", NEW."family_id", NEW."id", NEW."is_active", NEW."line_id", NEW."lots", NEW."name", NEW."owner_id", NEW."owner_role", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."time", NEW."weekday"); RETURN NULL;', hash='e10b5f71de85d9521c829e8f80c2ae42c1ee3831', operation='UPDATE', pgid='pgtrigger_update_update_9c115', table='mes_spotcheckplan', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='spotcheck',
                constraint=models.UniqueConstraint(fields=('plan', 'week'), name='spot_check_once_a_week'),
            ),
            migrations.AddConstraint(
                model_name='spotcheck',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('seed', ''), _negated=True), models.Q(('fingerprint', ''), _negated=True)), name='spot_check_has_seed'),
            ),
            migrations.AddConstraint(
                model_name='spotcheck',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'CLOSED')), models.Q(('closed_at__isnull', True), ('status', 'OPEN')), _connector='OR'), name='spot_check_closed_has_time'),
            ),
            migrations.AddConstraint(
                model_name='spotlot',
                constraint=models.UniqueConstraint(fields=('spot_check', 'lot'), name='spot_lot_once'),
            ),
            migrations.AddConstraint(
                model_name='spotlot',
                constraint=models.UniqueConstraint(fields=('spot_check', 'position'), name='spot_lot_position_once'),
            ),
            migrations.AddConstraint(
                model_name='spotlot',
                constraint=models.CheckConstraint(condition=models.Q(('lacking__lte', models.F('expected'))), name='spot_lot_within'),
            ),
            migrations.AddIndex(
                model_name='spotfinding',
                index=models.Index(fields=['status', 'due_at'], name='spot_finding_due'),
            ),
            migrations.AddConstraint(
                model_name='spotfinding',
                constraint=models.UniqueConstraint(condition=models.Q(('status', 'CLOSED'), _negated=True), fields=('lot', 'kind', 'operation', 'what'), name='spot_finding_open_once'),
            ),
            migrations.AddConstraint(
                model_name='spotfinding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('status', 'OPEN')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('status', 'OPEN'), _negated=True), models.Q(('answer', ''), _negated=True), models.Q(('cause', ''), _negated=True)), _connector='OR'), name='spot_finding_answer_is_whole'),
            ),
            migrations.AddConstraint(
                model_name='spotfinding',
                constraint=models.CheckConstraint(condition=models.Q(('closed_by__isnull', True), models.Q(('closed_by', models.F('answered_by')), _negated=True), _connector='OR'), name='spot_finding_closed_by_another'),
            ),
            migrations.AddConstraint(
                model_name='spotfinding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('is_mended__isnull', False), ('status', 'CLOSED')), models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('is_mended__isnull', True), models.Q(('status', 'CLOSED'), _negated=True)), _connector='OR'), name='spot_finding_close_is_whole'),
            ),
            migrations.AddConstraint(
                model_name='spotfinding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_mended', False), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='spot_finding_left_as_is_has_remark'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='spotfinding',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mes_spotfindingevent" ("answer", "answered_at", "answered_by_id", "cause", "closed_at", "closed_by_id", "drawn_id", "due_at", "escalations", "id", "is_mended", "kind", "lot_id", "operation", "owner_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "remark", "spot_check_id", "status", "weight", "what") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."cause", NEW."closed_at", NEW."closed_by_id", NEW."drawn_id", NEW."due_at", NEW."escalations", NEW."id", NEW."is_mended", NEW."kind", NEW."lot_id", NEW."operation", NEW."owner_id", NEW."owner_role", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."remark", NEW."spot_check_id", NEW."status", NEW."weight", NEW."what"); RETURN NULL;', hash='7e1c4903c5c570adb40d9cbdc8421de8505d3f8c', operation='INSERT', pgid='pgtrigger_insert_insert_3133f', table='mes_spotfinding', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='spotfinding',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mes_spotfindingevent" ("answer", "answered_at", "answered_by_id", "cause", "closed_at", "closed_by_id", "drawn_id", "due_at", "escalations", "id", "is_mended", "kind", "lot_id", "operation", "owner_id", "owner_role", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "remark", "spot_check_id", "status", "weight", "what") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."cause", NEW."closed_at", NEW."closed_by_id", NEW."drawn_id", NEW."due_at", NEW."escalations", NEW."id", NEW."is_mended", NEW."kind", NEW."lot_id", NEW."operation", NEW."owner_id", NEW."owner_role", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."remark", NEW."spot_check_id", NEW."status", NEW."weight", NEW."what"); RETURN NULL;', hash='ee796c80b3f4e9b6308b05c4e08ad1936f48707c', operation='UPDATE', pgid='pgtrigger_update_update_99566', table='mes_spotfinding', when='AFTER')),
            ),
        ]),
        migrations.RunSQL((SQL / "spot_checks.sql").read_text(), migrations.RunSQL.noop),
    ]
