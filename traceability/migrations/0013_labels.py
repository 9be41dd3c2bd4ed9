"""How labels look, and every one that was printed."""

from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import traceability.models.label
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0009_loss_of_reasons'),
        ('traceability', '0012_stopped_work'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LabelTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('LOT', 'Lot'), ('SERIAL', 'Serial'), ('CARTON', 'Carton'), ('PALLET', 'Pallet'), ('MATERIAL', 'Material'), ('STATION', 'Station'), ('EQUIPMENT', 'Equipment')], max_length=10, verbose_name='label of')),
                ('width', models.PositiveSmallIntegerField(default=60, help_text='In millimetres.', verbose_name='width')),
                ('height', models.PositiveSmallIntegerField(default=40, help_text='In millimetres.', verbose_name='height')),
                ('symbology', models.CharField(choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square')], default='QR', max_length=14, verbose_name='bar code')),
                ('beside', models.CharField(blank=True, choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square')], help_text='Left away where it does not fit.', max_length=14, verbose_name='second symbol')),
                ('lines', models.TextField(blank=True, help_text='One a line, the first one large; {number}, {name}, {expires} … stand for what the label is of. Empty: the usual ones.', max_length=400, validators=[traceability.models.label.check_lines], verbose_name='lines')),
                ('language', models.CharField(blank=True, choices=[('zh-hans', 'Simplified Chinese'), ('en', 'English')], help_text='Empty: of whoever prints it.', max_length=8, verbose_name='language')),
                ('pieces', models.PositiveSmallIntegerField(default=1, verbose_name='labels each')),
                ('needs_check', models.BooleanField(default=False, help_text='A carton or pallet goes on only when its label was scanned where it sticks.', verbose_name='scanned back')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('customer', models.ForeignKey(blank=True, help_text='Empty: every customer.', limit_choices_to={'kind': 'CUSTOMER'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='customer')),
                ('material', models.ForeignKey(blank=True, help_text='Empty: every material.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='material')),
            ],
            options={
                'verbose_name': 'label template',
                'verbose_name_plural': 'label templates',
                'ordering': ['kind', 'customer__code', 'material__code'],
            },
        ),
        migrations.CreateModel(
            name='LabelPrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('LOT', 'Lot'), ('SERIAL', 'Serial'), ('CARTON', 'Carton'), ('PALLET', 'Pallet'), ('MATERIAL', 'Material'), ('STATION', 'Station'), ('EQUIPMENT', 'Equipment')], max_length=10, verbose_name='label of')),
                ('number', models.CharField(max_length=80, verbose_name='number')),
                ('data', models.JSONField(verbose_name='what its symbols carry')),
                ('nth', models.PositiveIntegerField(verbose_name='print')),
                ('pieces', models.PositiveSmallIntegerField(default=1, verbose_name='labels')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why again')),
                ('at', models.DateTimeField(verbose_name='printed')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='scanned back')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='printed by')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='scanned back by')),
                ('lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='label_prints', to='traceability.materiallot')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='label_prints', to='traceability.handlingunit')),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.labeltemplate')),
            ],
            options={
                'verbose_name': 'printed label',
                'verbose_name_plural': 'printed labels',
            },
        ),
        migrations.CreateModel(
            name='LabelTemplateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('LOT', 'Lot'), ('SERIAL', 'Serial'), ('CARTON', 'Carton'), ('PALLET', 'Pallet'), ('MATERIAL', 'Material'), ('STATION', 'Station'), ('EQUIPMENT', 'Equipment')], max_length=10, verbose_name='label of')),
                ('width', models.PositiveSmallIntegerField(default=60, help_text='In millimetres.', verbose_name='width')),
                ('height', models.PositiveSmallIntegerField(default=40, help_text='In millimetres.', verbose_name='height')),
                ('symbology', models.CharField(choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square')], default='QR', max_length=14, verbose_name='bar code')),
                ('beside', models.CharField(blank=True, choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square')], help_text='Left away where it does not fit.', max_length=14, verbose_name='second symbol')),
                ('lines', models.TextField(blank=True, help_text='One a line, the first one large; {number}, {name}, {expires} … stand for what the label is of. Empty: the usual ones.', max_length=400, validators=[traceability.models.label.check_lines], verbose_name='lines')),
                ('language', models.CharField(blank=True, choices=[('zh-hans', 'Simplified Chinese'), ('en', 'English')], help_text='Empty: of whoever prints it.', max_length=8, verbose_name='language')),
                ('pieces', models.PositiveSmallIntegerField(default=1, verbose_name='labels each')),
                ('needs_check', models.BooleanField(default=False, help_text='A carton or pallet goes on only when its label was scanned where it sticks.', verbose_name='scanned back')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('customer', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: every customer.', limit_choices_to={'kind': 'CUSTOMER'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.partner', verbose_name='customer')),
                ('material', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: every material.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.materialdefinition', verbose_name='material')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.labeltemplate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='labeltemplate',
            constraint=models.UniqueConstraint(condition=models.Q(('active', True)), fields=('kind', 'material', 'customer'), name='label_template_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='labeltemplate',
            constraint=models.CheckConstraint(condition=models.Q(('height__gte', 10), ('height__lte', 297), ('width__gte', 20), ('width__lte', 210)), name='label_size'),
        ),
        migrations.AddConstraint(
            model_name='labeltemplate',
            constraint=models.CheckConstraint(condition=models.Q(('pieces__gte', 1), ('pieces__lte', 20)), name='label_pieces'),
        ),
        migrations.AddConstraint(
            model_name='labeltemplate',
            constraint=models.CheckConstraint(condition=models.Q(('beside', ''), models.Q(('symbology', models.F('beside')), _negated=True), _connector='OR'), name='label_two_different_symbols'),
        ),
        migrations.AddConstraint(
            model_name='labeltemplate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('STATION', 'EQUIPMENT')), _negated=True), models.Q(('customer__isnull', True), ('material__isnull', True), ('needs_check', False), models.Q(('symbology__in', ('GS1_128', 'GS1_DATAMATRIX')), _negated=True), models.Q(('beside__in', ('GS1_128', 'GS1_DATAMATRIX')), _negated=True)), _connector='OR'), name='label_places_are_plain'),
        ),
        migrations.AddConstraint(
            model_name='labeltemplate',
            constraint=models.CheckConstraint(condition=models.Q(('needs_check', False), ('kind__in', ['CARTON', 'PALLET']), _connector='OR'), name='label_check_of_units'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='labeltemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_labeltemplateevent" ("active", "beside", "customer_id", "height", "id", "kind", "language", "lines", "material_id", "needs_check", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pieces", "symbology", "width") VALUES (NEW."active", NEW."beside", NEW."customer_id", NEW."height", NEW."id", NEW."kind", NEW."language", NEW."lines", NEW."material_id", NEW."needs_check", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pieces", NEW."symbology", NEW."width"); RETURN NULL;', hash='14b6a5eb8a5da9352ed86e9fe1a8e2892547d81a', operation='INSERT', pgid='pgtrigger_insert_insert_673dc', table='traceability_labeltemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='labeltemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_labeltemplateevent" ("active", "beside", "customer_id", "height", "id", "kind", "language", "lines", "material_id", "needs_check", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pieces", "symbology", "width") VALUES (NEW."active", NEW."beside", NEW."customer_id", NEW."height", NEW."id", NEW."kind", NEW."language", NEW."lines", NEW."material_id", NEW."needs_check", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pieces", NEW."symbology", NEW."width"); RETURN NULL;', hash='d9ed73a870741778f9640825ac6fe85ca55bb238', operation='UPDATE', pgid='pgtrigger_update_update_1318e', table='traceability_labeltemplate', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='labelprint',
            constraint=models.UniqueConstraint(fields=('kind', 'number', 'nth'), name='label_print_counted_once'),
        ),
        migrations.AddConstraint(
            model_name='labelprint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nth', 1), ('reason', '')), models.Q(('nth__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='label_again_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='labelprint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['LOT', 'SERIAL']), ('lot__isnull', False), ('unit__isnull', True)), models.Q(('kind__in', ['CARTON', 'PALLET']), ('lot__isnull', True), ('unit__isnull', False)), models.Q(('kind__in', ['MATERIAL', 'STATION', 'EQUIPMENT']), ('lot__isnull', True), ('unit__isnull', True)), _connector='OR'), name='label_print_of_its_thing'),
        ),
        migrations.AddConstraint(
            model_name='labelprint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='label_check_is_whole'),
        ),
        migrations.RunSQL((SQL / "labels.sql").read_text(), migrations.RunSQL.noop),
    ]
