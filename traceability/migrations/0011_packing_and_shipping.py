"""Cartons and pallets, shipments and returns, and what the database itself refuses of them."""

from pathlib import Path

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0008_feedback'),
        ('traceability', '0010_stock'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandlingUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=18, unique=True, verbose_name='SSCC')),
                ('kind', models.CharField(choices=[('CARTON', 'Carton'), ('PALLET', 'Pallet')], max_length=8, verbose_name='kind')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('CLOSED', 'Closed'), ('SHIPPED', 'Shipped'), ('DISSOLVED', 'Dissolved')], default='OPEN', max_length=10, verbose_name='status')),
                ('place', models.CharField(blank=True, max_length=40, verbose_name='place')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                ('pallet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cartons', to='traceability.handlingunit', verbose_name='pallet')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
            ],
            options={
                'verbose_name': 'carton or pallet',
                'verbose_name_plural': 'cartons and pallets',
            },
        ),
        migrations.CreateModel(
            name='HandlingUnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=18, verbose_name='SSCC')),
                ('kind', models.CharField(choices=[('CARTON', 'Carton'), ('PALLET', 'Pallet')], max_length=8, verbose_name='kind')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('CLOSED', 'Closed'), ('SHIPPED', 'Shipped'), ('DISSOLVED', 'Dissolved')], default='OPEN', max_length=10, verbose_name='status')),
                ('place', models.CharField(blank=True, max_length=40, verbose_name='place')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                ('pallet', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='traceability.handlingunit', verbose_name='pallet')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.handlingunit')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='site')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PackedLot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, verbose_name='quantity')),
                ('at', models.DateTimeField(verbose_name='packed')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='taken out')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='packed by')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken out by')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packings', to='traceability.materiallot', verbose_name='lot')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contents', to='traceability.handlingunit', verbose_name='carton')),
            ],
            options={
                'verbose_name': 'packed lot',
                'verbose_name_plural': 'packed lots',
            },
        ),
        migrations.CreateModel(
            name='PackingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('CARTON', 'Carton'), ('PALLET', 'Pallet')], default='CARTON', max_length=8, verbose_name='kind')),
                ('capacity', models.DecimalField(decimal_places=6, help_text='For a carton in the unit of the material, for a pallet in cartons.', max_digits=18, verbose_name='capacity')),
                ('mixing', models.CharField(choices=[('ONE_LOT', 'One lot only'), ('ONE_REVISION', 'Several lots of one revision'), ('ONE_MATERIAL', 'Several lots of one material'), ('ANYTHING', 'Several materials')], default='ONE_LOT', max_length=12, verbose_name='may lie together')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packing_rules', to='plant.materialdefinition', verbose_name='material')),
            ],
            options={
                'verbose_name': 'packing rule',
                'verbose_name_plural': 'packing rules',
                'ordering': ['material', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='PackingRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('CARTON', 'Carton'), ('PALLET', 'Pallet')], default='CARTON', max_length=8, verbose_name='kind')),
                ('capacity', models.DecimalField(decimal_places=6, help_text='For a carton in the unit of the material, for a pallet in cartons.', max_digits=18, verbose_name='capacity')),
                ('mixing', models.CharField(choices=[('ONE_LOT', 'One lot only'), ('ONE_REVISION', 'Several lots of one revision'), ('ONE_MATERIAL', 'Several lots of one material'), ('ANYTHING', 'Several materials')], default='ONE_LOT', max_length=12, verbose_name='may lie together')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('material', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.materialdefinition', verbose_name='material')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.packingrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Shipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('SHIPPED', 'Shipped'), ('CANCELLED', 'Cancelled')], default='OPEN', max_length=10, verbose_name='status')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('vehicle', models.CharField(blank=True, max_length=60, verbose_name='vehicle')),
                ('shipped_at', models.DateTimeField(null=True, verbose_name='shipped')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='customer')),
                ('shipped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='shipped by')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
            ],
            options={
                'verbose_name': 'shipment',
                'verbose_name_plural': 'shipments',
            },
        ),
        migrations.CreateModel(
            name='ShipmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('SHIPPED', 'Shipped'), ('CANCELLED', 'Cancelled')], default='OPEN', max_length=10, verbose_name='status')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('vehicle', models.CharField(blank=True, max_length=60, verbose_name='vehicle')),
                ('shipped_at', models.DateTimeField(null=True, verbose_name='shipped')),
                ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.partner', verbose_name='customer')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.shipment')),
                ('shipped_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='shipped by')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='site')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ShipmentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='line')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, verbose_name='quantity')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='plant.materialdefinition', verbose_name='material')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='traceability.shipment')),
            ],
            options={
                'verbose_name': 'line of a shipment',
                'verbose_name_plural': 'lines of a shipment',
                'ordering': ['shipment', 'position'],
            },
        ),
        migrations.CreateModel(
            name='ShipmentPick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, verbose_name='quantity')),
                ('at', models.DateTimeField(verbose_name='picked')),
                ('removed_at', models.DateTimeField(null=True)),
                ('remove_reason', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='traceability.shipmentline')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='traceability.materiallot')),
                ('move', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pick', to='traceability.move')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='traceability.handlingunit')),
            ],
            options={
                'verbose_name': 'picked lot',
                'verbose_name_plural': 'picked lots',
            },
        ),
        migrations.CreateModel(
            name='ShipmentReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, verbose_name='quantity')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='came back')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('move', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.move')),
                ('pick', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='traceability.shipmentpick')),
            ],
            options={
                'verbose_name': 'return',
                'verbose_name_plural': 'returns',
            },
        ),
        migrations.CreateModel(
            name='SsccSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^\\d{4,12}\\Z', 'A company prefix has 4 to 12 digits.')], verbose_name='company prefix')),
                ('given', models.BigIntegerField(default=0, editable=False, verbose_name='numbers given')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('site', models.ForeignKey(blank=True, help_text='Empty: every site without a prefix of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
            ],
            options={
                'verbose_name': 'series of carton numbers',
                'verbose_name_plural': 'series of carton numbers',
                'ordering': ['prefix'],
            },
        ),
        migrations.AddIndex(
            model_name='handlingunit',
            index=models.Index(fields=['status', '-opened_at'], name='unit_newest'),
        ),
        migrations.AddConstraint(
            model_name='handlingunit',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9]{18}$')), name='unit_number_is_sscc'),
        ),
        migrations.AddConstraint(
            model_name='handlingunit',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'CARTON'), ('pallet__isnull', True), _connector='OR'), name='unit_only_cartons_on_pallets'),
        ),
        migrations.AddConstraint(
            model_name='handlingunit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['CLOSED', 'SHIPPED']), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='unit_closed_has_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handlingunit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_handlingunitevent" ("closed_at", "id", "kind", "number", "opened_at", "opened_by_id", "pallet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "site_id", "status") VALUES (NEW."closed_at", NEW."id", NEW."kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."pallet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."site_id", NEW."status"); RETURN NULL;', hash='aacf7514d092c57d4adce13e838260129bc79db8', operation='INSERT', pgid='pgtrigger_insert_insert_21d49', table='traceability_handlingunit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handlingunit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_handlingunitevent" ("closed_at", "id", "kind", "number", "opened_at", "opened_by_id", "pallet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "site_id", "status") VALUES (NEW."closed_at", NEW."id", NEW."kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."pallet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."site_id", NEW."status"); RETURN NULL;', hash='8a2c3cbc475a41ec0c504d189fc72285e612c99d', operation='UPDATE', pgid='pgtrigger_update_update_68ba2', table='traceability_handlingunit', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='packedlot',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['unit'], name='packed_now'),
        ),
        migrations.AddConstraint(
            model_name='packedlot',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('lot',), name='packed_in_one_carton'),
        ),
        migrations.AddConstraint(
            model_name='packedlot',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lt', 1000000000000)), name='packed_positive'),
        ),
        migrations.AddConstraint(
            model_name='packedlot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='packed_end_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='packingrule',
            constraint=models.UniqueConstraint(fields=('material', 'kind'), name='packing_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='packingrule',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gt', 0), ('capacity__lt', 1000000000000)), name='packing_capacity_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packingrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_packingruleevent" ("active", "capacity", "id", "kind", "material_id", "mixing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."active", NEW."capacity", NEW."id", NEW."kind", NEW."material_id", NEW."mixing", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='9f6ebcf910bff00279b72941a6d08406dc3e25ea', operation='INSERT', pgid='pgtrigger_insert_insert_0165b', table='traceability_packingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packingrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_packingruleevent" ("active", "capacity", "id", "kind", "material_id", "mixing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."active", NEW."capacity", NEW."id", NEW."kind", NEW."material_id", NEW."mixing", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='9262ee7bbc4df2af3f02157992a36f7a5d5da575', operation='UPDATE', pgid='pgtrigger_update_update_5e646', table='traceability_packingrule', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['status', 'due_at'], name='shipment_due'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='shipment_number_not_blank'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shipped_at__isnull', False), ('shipped_by__isnull', False), ('status', 'SHIPPED'), models.Q(('vehicle', ''), _negated=True)), models.Q(models.Q(('status', 'SHIPPED'), _negated=True), ('shipped_at__isnull', True), ('shipped_by__isnull', True)), _connector='OR'), name='shipment_left_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_shipmentevent" ("address", "created_at", "customer_id", "due_at", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shipped_at", "shipped_by_id", "site_id", "status", "vehicle") VALUES (NEW."address", NEW."created_at", NEW."customer_id", NEW."due_at", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shipped_at", NEW."shipped_by_id", NEW."site_id", NEW."status", NEW."vehicle"); RETURN NULL;', hash='c8d0253f00f20d4427f7bfb394ebe0e455c99837', operation='INSERT', pgid='pgtrigger_insert_insert_ce8b8', table='traceability_shipment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_shipmentevent" ("address", "created_at", "customer_id", "due_at", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shipped_at", "shipped_by_id", "site_id", "status", "vehicle") VALUES (NEW."address", NEW."created_at", NEW."customer_id", NEW."due_at", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shipped_at", NEW."shipped_by_id", NEW."site_id", NEW."status", NEW."vehicle"); RETURN NULL;', hash='16696d06d5d13b3325a0df7bd5cc87a7621569fb', operation='UPDATE', pgid='pgtrigger_update_update_71b02', table='traceability_shipment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='shipmentline',
            constraint=models.UniqueConstraint(fields=('shipment', 'position'), name='shipment_line_once'),
        ),
        migrations.AddConstraint(
            model_name='shipmentline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lt', 1000000000000)), name='shipment_line_positive'),
        ),
        migrations.AddConstraint(
            model_name='shipmentpick',
            constraint=models.UniqueConstraint(condition=models.Q(('move__isnull', True), ('removed_at__isnull', True)), fields=('lot',), name='picked_for_one_shipment'),
        ),
        migrations.AddConstraint(
            model_name='shipmentpick',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lt', 1000000000000)), name='pick_positive'),
        ),
        migrations.AddConstraint(
            model_name='shipmentpick',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('remove_reason', ''), ('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('move__isnull', True), ('removed_at__isnull', False), ('removed_by__isnull', False), models.Q(('remove_reason', ''), _negated=True)), _connector='OR'), name='pick_removal_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='shipmentreturn',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lt', 1000000000000)), name='return_positive'),
        ),
        migrations.AddConstraint(
            model_name='shipmentreturn',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='return_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='ssccseries',
            constraint=models.CheckConstraint(condition=models.Q(('prefix__regex', '^[0-9]{4,12}$')), name='sscc_prefix_digits'),
        ),
        migrations.AddConstraint(
            model_name='ssccseries',
            constraint=models.CheckConstraint(condition=models.Q(('given__gte', 0)), name='sscc_given_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='ssccseries',
            constraint=models.UniqueConstraint(condition=models.Q(('active', True)), fields=('site',), name='sscc_one_series_a_site', nulls_distinct=False),
        ),
        migrations.RunSQL((SQL / "shipping.sql").read_text(), migrations.RunSQL.noop),
    ]
