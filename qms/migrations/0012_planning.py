"""FMEA, and control plans that are reviewed, linked to it line by line, and carried to the floor."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.db.models.deletion
import plant.models.naming
import uuid
from pathlib import Path
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('plant', '0010_skill_levels'),
        ('qms', '0011_complaints'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Fmea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
                ('effective', django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True, verbose_name='effective')),
                ('status', models.CharField(choices=[('DRAFT', 'Draft'), ('REVIEW', 'In review'), ('EFFECTIVE', 'Effective'), ('OBSOLETE', 'Obsolete')], default='DRAFT', max_length=10, verbose_name='status')),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='handed in')),
                ('kind', models.CharField(choices=[('DFMEA', 'Design FMEA'), ('PFMEA', 'Process FMEA')], max_length=5, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('routing', models.CharField(blank=True, help_text='The code of the work master whose operations are looked at; only of a process FMEA.', max_length=40, verbose_name='routing')),
                ('scope', models.TextField(blank=True, verbose_name='scope and assumptions')),
                ('team', models.TextField(blank=True, verbose_name='team')),
            ],
            options={
                'verbose_name': 'FMEA',
                'verbose_name_plural': 'FMEAs',
            },
        ),
        migrations.CreateModel(
            name='FmeaAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('PREVENTION', 'Prevention action'), ('DETECTION', 'Detection action')], default='PREVENTION', max_length=10, verbose_name='kind')),
                ('text', models.TextField(verbose_name='what is to be done')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('IN_PROGRESS', 'In progress'), ('DONE', 'Done'), ('CANCELLED', 'Not carried out')], default='OPEN', max_length=11, verbose_name='status')),
                ('severity_before', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='severity before')),
                ('occurrence_before', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='occurrence before')),
                ('detection_before', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='detection before')),
                ('severity_after', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='severity after')),
                ('occurrence_after', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='occurrence after')),
                ('detection_after', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='detection after')),
                ('taken', models.TextField(blank=True, verbose_name='what was done')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('escalations', models.PositiveSmallIntegerField(default=0, verbose_name='escalations')),
            ],
            options={
                'verbose_name': 'FMEA action',
                'verbose_name_plural': 'FMEA actions',
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FmeaLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('position', models.FloatField(default=0, verbose_name='order')),
                ('element', models.CharField(blank=True, max_length=120, verbose_name='structure element')),
                ('function', models.TextField(blank=True, verbose_name='function and requirement')),
                ('effect', models.TextField(blank=True, verbose_name='effect of the failure')),
                ('severity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='severity')),
                ('mode', models.TextField(blank=True, verbose_name='failure mode')),
                ('cause', models.TextField(blank=True, verbose_name='failure cause')),
                ('prevention', models.TextField(blank=True, verbose_name='prevention control')),
                ('occurrence', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='occurrence')),
                ('detection_control', models.TextField(blank=True, verbose_name='detection control')),
                ('detection', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='detection')),
                ('special', models.CharField(blank=True, choices=[('', 'none'), ('CC', 'Critical (CC)'), ('SC', 'Significant (SC)')], default='', max_length=2, verbose_name='special characteristic')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
            ],
            options={
                'verbose_name': 'failure chain',
                'verbose_name_plural': 'failure chains',
                'ordering': ['fmea', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProductFamily',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=120, verbose_name='Chinese name')),
            ],
            options={
                'verbose_name': 'product family',
                'verbose_name_plural': 'product families',
                'ordering': ['code'],
            },
            bases=(plant.models.naming.TwoNames, models.Model),
        ),
        migrations.CreateModel(
            name='RevisionOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_kind', models.CharField(max_length=40, verbose_name='called for by')),
                ('source_id', models.CharField(max_length=80, verbose_name='its number')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'reason of a revision',
                'verbose_name_plural': 'reasons of revisions',
            },
        ),
        migrations.RemoveConstraint(
            model_name='controlplan',
            name='control_plan_effective_has_range',
        ),
        migrations.AddField(
            model_name='controlplan',
            name='approved_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='controlplan',
            name='routing',
            field=models.CharField(blank=True, help_text='The code of the work master whose operations it watches; empty: whatever makes the material.', max_length=40, verbose_name='routing'),
        ),
        migrations.AddField(
            model_name='controlplan',
            name='stage',
            field=models.CharField(choices=[('PROTOTYPE', 'Prototype'), ('PRELAUNCH', 'Pre-launch'), ('PRODUCTION', 'Production')], default='PRODUCTION', max_length=10, verbose_name='stage'),
        ),
        migrations.AddField(
            model_name='controlplan',
            name='submitted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='handed in'),
        ),
        migrations.AddField(
            model_name='controlplan',
            name='submitted_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by'),
        ),
        migrations.AddField(
            model_name='controlplan',
            name='written_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='changed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='every',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='so many pieces or minutes'),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='gauge_type',
            field=models.ForeignKey(blank=True, help_text='Where another one is asked for than by the characteristic itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.gaugetype', verbose_name='type of gauge'),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='key',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='position',
            field=models.FloatField(default=0, editable=False, verbose_name='order'),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='trigger',
            field=models.CharField(blank=True, choices=[('', '—'), ('FIRST_PIECE', 'First piece of the work order'), ('PIECES', 'Every so many pieces'), ('MINUTES', 'Every so many minutes of work'), ('TOOL', 'After a tool change'), ('JOB', 'After a change of the work order'), ('SHIFT', 'After a change of shift'), ('DOWNTIME', 'After the machine stood for so many minutes')], default='', max_length=12, verbose_name='when it is due'),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='inspectionitem',
            name='plan_line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='qms.controlplanline'),
        ),
        migrations.AlterField(
            model_name='controlplan',
            name='status',
            field=models.CharField(choices=[('DRAFT', 'Draft'), ('REVIEW', 'In review'), ('EFFECTIVE', 'Effective'), ('OBSOLETE', 'Obsolete')], default='DRAFT', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='controlplanline',
            name='method',
            field=models.CharField(choices=[('SPC', 'Control chart'), ('INSPECTION', 'Inspection'), ('OPERATOR', 'Operator check')], max_length=12, verbose_name='method'),
        ),
        migrations.AddConstraint(
            model_name='controlplan',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW']), ('effective__isnull', False), _connector='OR'), name='control_plan_effective_has_range'),
        ),
        migrations.AddConstraint(
            model_name='controlplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'REVIEW'), _negated=True), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='control_plan_review_was_handed_in'),
        ),
        migrations.AddConstraint(
            model_name='controlplan',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(models.Q(('approved_by', models.F('written_by')), _negated=True), models.Q(('approved_by', models.F('submitted_by')), _negated=True)), _connector='OR'), name='control_plan_approved_by_another'),
        ),
        migrations.AddField(
            model_name='fmea',
            name='approved_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='fmea',
            name='material',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='material'),
        ),
        migrations.AddField(
            model_name='fmea',
            name='submitted_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by'),
        ),
        migrations.AddField(
            model_name='fmea',
            name='written_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='fmeaaction',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by'),
        ),
        migrations.AddField(
            model_name='fmeaaction',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='fmealine',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='fmealine',
            name='characteristic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qms.characteristic', verbose_name='characteristic'),
        ),
        migrations.AddField(
            model_name='fmealine',
            name='copied_from',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='qms.fmealine', verbose_name='copied from'),
        ),
        migrations.AddField(
            model_name='fmealine',
            name='fmea',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='qms.fmea', verbose_name='FMEA'),
        ),
        migrations.AddField(
            model_name='fmeaaction',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='qms.fmealine', verbose_name='failure chain'),
        ),
        migrations.AddField(
            model_name='controlplanline',
            name='fmea_line',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_lines', to='qms.fmealine', verbose_name='failure chain'),
        ),
        migrations.AddConstraint(
            model_name='controlplanline',
            constraint=models.UniqueConstraint(fields=('plan', 'key'), name='plan_line_key_once'),
        ),
        migrations.AddConstraint(
            model_name='controlplanline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'OPERATOR'), models.Q(('trigger', ''), _negated=True)), models.Q(models.Q(('method', 'OPERATOR'), _negated=True), ('trigger', '')), _connector='OR'), name='plan_line_operator_check_is_due'),
        ),
        migrations.AddConstraint(
            model_name='controlplanline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('every__gte', 1), ('trigger__in', ('PIECES', 'MINUTES', 'DOWNTIME'))), models.Q(models.Q(('trigger__in', ('PIECES', 'MINUTES', 'DOWNTIME')), _negated=True), ('every__isnull', True)), _connector='OR'), name='plan_line_trigger_counts'),
        ),
        migrations.AddField(
            model_name='productfamily',
            name='materials',
            field=models.ManyToManyField(related_name='families', to='plant.materialdefinition', verbose_name='materials'),
        ),
        migrations.AddField(
            model_name='fmea',
            name='family',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fmeas', to='qms.productfamily', verbose_name='product family'),
        ),
        migrations.AddField(
            model_name='revisionopening',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='revisionopening',
            name='fmea',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='qms.fmea', verbose_name='FMEA'),
        ),
        migrations.AddField(
            model_name='revisionopening',
            name='plan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='qms.controlplan', verbose_name='control plan'),
        ),
        migrations.AddIndex(
            model_name='fmealine',
            index=models.Index(fields=['key'], name='fmea_line_key'),
        ),
        migrations.AddConstraint(
            model_name='fmealine',
            constraint=models.UniqueConstraint(fields=('fmea', 'key'), name='fmea_line_once'),
        ),
        migrations.AddConstraint(
            model_name='fmealine',
            constraint=models.CheckConstraint(condition=models.Q(('severity__isnull', True), ('severity__range', (1, 10)), _connector='OR'), name='fmea_line_severity_rated'),
        ),
        migrations.AddConstraint(
            model_name='fmealine',
            constraint=models.CheckConstraint(condition=models.Q(('occurrence__isnull', True), ('occurrence__range', (1, 10)), _connector='OR'), name='fmea_line_occurrence_rated'),
        ),
        migrations.AddConstraint(
            model_name='fmealine',
            constraint=models.CheckConstraint(condition=models.Q(('detection__isnull', True), ('detection__range', (1, 10)), _connector='OR'), name='fmea_line_detection_rated'),
        ),
        migrations.AddConstraint(
            model_name='fmeaaction',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='fmea_action_says_what'),
        ),
        migrations.AddConstraint(
            model_name='fmeaaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('status__in', ['OPEN', 'IN_PROGRESS'])), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('status__in', ['DONE', 'CANCELLED']), models.Q(('taken', ''), _negated=True)), _connector='OR'), name='fmea_action_ended_with_word'),
        ),
        migrations.AddConstraint(
            model_name='fmeaaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('detection_after__range', (1, 10)), ('occurrence_after__range', (1, 10)), ('severity_after__range', (1, 10)), ('status', 'DONE')), models.Q(models.Q(('status', 'DONE'), _negated=True), ('detection_after__isnull', True), ('occurrence_after__isnull', True), ('severity_after__isnull', True)), _connector='OR'), name='fmea_action_done_is_rated'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=models.UniqueConstraint(fields=('code', 'revision'), name='fmea_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('effective__isnull', False)), expressions=[('code', '='), ('effective', '&&')], name='fmea_one_effective'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW']), ('effective__isnull', False), _connector='OR'), name='fmea_effective_has_range'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'REVIEW'), _negated=True), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='fmea_review_was_handed_in'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(models.Q(('approved_by', models.F('written_by')), _negated=True), models.Q(('approved_by', models.F('submitted_by')), _negated=True)), _connector='OR'), name='fmea_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW'])), fields=('code',), name='fmea_one_unfinished'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('family__isnull', True), ('material__isnull', False)), models.Q(('family__isnull', False), ('material__isnull', True)), _connector='OR'), name='fmea_of_product_or_family'),
        ),
        migrations.AddConstraint(
            model_name='fmea',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'PFMEA'), ('routing', ''), _connector='OR'), name='fmea_design_has_no_routing'),
        ),
        migrations.AddIndex(
            model_name='revisionopening',
            index=models.Index(fields=['source_kind', 'source_id'], name='opening_source'),
        ),
        migrations.AddConstraint(
            model_name='revisionopening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fmea__isnull', False), ('plan__isnull', True)), models.Q(('fmea__isnull', True), ('plan__isnull', False)), _connector='OR'), name='opening_of_one_document'),
        ),
        migrations.AddConstraint(
            model_name='revisionopening',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='opening_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='revisionopening',
            constraint=models.UniqueConstraint(fields=('fmea', 'source_kind', 'source_id'), name='opening_of_fmea_once'),
        ),
        migrations.AddConstraint(
            model_name='revisionopening',
            constraint=models.UniqueConstraint(fields=('plan', 'source_kind', 'source_id'), name='opening_of_plan_once'),
        ),
        migrations.RunSQL((SQL / "fmea.sql").read_text(), migrations.RunSQL.noop),
    ]
