"""Places of the stores, deliveries, counts, calls and picking rules; a held lot may be set aside."""

from pathlib import Path

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
        ('traceability', '0009_packed_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='lotbalance',
            name='bucket',
            field=models.CharField(choices=[('RECEIVED', 'Received'), ('MADE', 'Made'), ('STOCK', 'In stock'), ('ISSUED', 'At the station'), ('WIP', 'In process'), ('REWORK', 'In rework'), ('SCRAP', 'Scrapped'), ('RETURNED', 'Returned to supplier'), ('SHIPPED', 'Shipped'), ('CONSUMED', 'Consumed'), ('FOUND', 'Found in a count'), ('LOST', 'Missing in a count')], max_length=10, verbose_name='where'),
        ),
        migrations.AlterField(
            model_name='move',
            name='from_bucket',
            field=models.CharField(choices=[('RECEIVED', 'Received'), ('MADE', 'Made'), ('STOCK', 'In stock'), ('ISSUED', 'At the station'), ('WIP', 'In process'), ('REWORK', 'In rework'), ('SCRAP', 'Scrapped'), ('RETURNED', 'Returned to supplier'), ('SHIPPED', 'Shipped'), ('CONSUMED', 'Consumed'), ('FOUND', 'Found in a count'), ('LOST', 'Missing in a count')], max_length=10),
        ),
        migrations.AlterField(
            model_name='move',
            name='to_bucket',
            field=models.CharField(choices=[('RECEIVED', 'Received'), ('MADE', 'Made'), ('STOCK', 'In stock'), ('ISSUED', 'At the station'), ('WIP', 'In process'), ('REWORK', 'In rework'), ('SCRAP', 'Scrapped'), ('RETURNED', 'Returned to supplier'), ('SHIPPED', 'Shipped'), ('CONSUMED', 'Consumed'), ('FOUND', 'Found in a count'), ('LOST', 'Missing in a count')], max_length=10),
        ),
        migrations.CreateModel(
            name='GoodsReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('delivery_note', models.CharField(max_length=80, verbose_name='delivery note')),
                ('at', models.DateTimeField(verbose_name='received')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='received by')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
                ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='supplier')),
            ],
            options={
                'verbose_name': 'goods receipt',
                'verbose_name_plural': 'goods receipts',
            },
        ),
        migrations.CreateModel(
            name='GoodsReceiptLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, verbose_name='quantity')),
                ('lot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt_line', to='traceability.materiallot')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='traceability.goodsreceipt')),
            ],
            options={
                'verbose_name': 'line of a goods receipt',
                'verbose_name_plural': 'lines of goods receipts',
            },
        ),
        migrations.CreateModel(
            name='MaterialCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, verbose_name='quantity')),
                ('brought', models.DecimalField(decimal_places=6, default=0, max_digits=18, verbose_name='brought')),
                ('status', models.CharField(choices=[('OPEN', 'Open'), ('DONE', 'Brought'), ('CANCELLED', 'Cancelled')], default='OPEN', max_length=10, verbose_name='status')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='material')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='station')),
            ],
            options={
                'verbose_name': 'material call',
                'verbose_name_plural': 'material calls',
            },
        ),
        migrations.CreateModel(
            name='PickRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.CharField(choices=[('FEFO', 'What expires first (FEFO)'), ('FIFO', 'What came first (FIFO)')], default='FEFO', max_length=4, verbose_name='taken first')),
                ('other_lot', models.CharField(choices=[('FREE', 'Allowed'), ('REASON', 'With a reason'), ('REFUSED', 'Refused')], default='FREE', max_length=8, verbose_name='another lot')),
                ('material', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pick_rule', to='plant.materialdefinition', verbose_name='material')),
            ],
            options={
                'verbose_name': 'picking rule',
                'verbose_name_plural': 'picking rules',
            },
        ),
        migrations.CreateModel(
            name='PickRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order', models.CharField(choices=[('FEFO', 'What expires first (FEFO)'), ('FIFO', 'What came first (FIFO)')], default='FEFO', max_length=4, verbose_name='taken first')),
                ('other_lot', models.CharField(choices=[('FREE', 'Allowed'), ('REASON', 'With a reason'), ('REFUSED', 'Refused')], default='FREE', max_length=8, verbose_name='another lot')),
                ('material', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.materialdefinition', verbose_name='material')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.pickrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StockCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('status', models.CharField(choices=[('COUNTING', 'Being counted'), ('REVIEW', 'To approve'), ('CLOSED', 'Closed'), ('CANCELLED', 'Cancelled')], default='COUNTING', max_length=10, verbose_name='status')),
                ('first_move', models.BigIntegerField(default=0)),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('counted_at', models.DateTimeField(null=True, verbose_name='counted')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='approved')),
                ('why', models.TextField(blank=True, verbose_name='reason')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('counted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='counted by')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='place')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
            ],
            options={
                'verbose_name': 'stock count',
                'verbose_name_plural': 'stock counts',
            },
        ),
        migrations.CreateModel(
            name='CountLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='scanned')),
                ('counted', models.DecimalField(decimal_places=6, max_digits=18, verbose_name='counted')),
                ('expected', models.DecimalField(decimal_places=6, default=0, max_digits=18, verbose_name='in the books')),
                ('last_move', models.BigIntegerField(default=0)),
                ('state', models.CharField(choices=[('COUNTED', 'Counted'), ('STALE', 'Moved meanwhile'), ('SETTLED', 'Settled')], default='COUNTED', max_length=8, verbose_name='state')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.materiallot')),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='traceability.stockcount')),
            ],
            options={
                'verbose_name': 'line of a stock count',
                'verbose_name_plural': 'lines of stock counts',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StoragePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('STORE', 'Store'), ('DOCK', 'Receiving dock'), ('BLOCKED', 'Blocked stock')], default='STORE', max_length=8, verbose_name='kind')),
                ('equipment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='storage', to='plant.equipment', verbose_name='place')),
                ('material', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='kept for material')),
            ],
            options={
                'verbose_name': 'storage place',
                'verbose_name_plural': 'storage places',
            },
        ),
        migrations.CreateModel(
            name='StoragePlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('STORE', 'Store'), ('DOCK', 'Receiving dock'), ('BLOCKED', 'Blocked stock')], default='STORE', max_length=8, verbose_name='kind')),
                ('equipment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='place')),
                ('material', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.materialdefinition', verbose_name='kept for material')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.storageplace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='goodsreceipt',
            index=models.Index(fields=['-at'], name='goods_receipt_newest'),
        ),
        migrations.AddConstraint(
            model_name='goodsreceipt',
            constraint=models.CheckConstraint(condition=models.Q(('delivery_note', ''), _negated=True), name='goods_receipt_has_note'),
        ),
        migrations.AddConstraint(
            model_name='goodsreceiptline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='goods_receipt_line_positive'),
        ),
        migrations.AddIndex(
            model_name='materialcall',
            index=models.Index(fields=['-asked_at'], name='material_call_newest'),
        ),
        migrations.AddConstraint(
            model_name='materialcall',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'OPEN')), fields=('station', 'material'), name='material_call_one_open'),
        ),
        migrations.AddConstraint(
            model_name='materialcall',
            constraint=models.CheckConstraint(condition=models.Q(('brought__gte', 0), ('quantity__gt', 0), ('quantity__lt', 1000000000000)), name='material_call_numbers'),
        ),
        migrations.AddConstraint(
            model_name='materialcall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('status', 'OPEN')), models.Q(models.Q(('status', 'OPEN'), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='material_call_ended'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pickrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_pickruleevent" ("id", "material_id", "order", "other_lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."material_id", NEW."order", NEW."other_lot", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='0c4d96712c716c4392a862981e7e0744eec43261', operation='INSERT', pgid='pgtrigger_insert_insert_dd488', table='traceability_pickrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pickrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_pickruleevent" ("id", "material_id", "order", "other_lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."material_id", NEW."order", NEW."other_lot", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='46ef5f83a92d5ea2d972765fe96ce9994c6e2ea6', operation='UPDATE', pgid='pgtrigger_update_update_55a93', table='traceability_pickrule', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='stockcount',
            index=models.Index(fields=['-asked_at'], name='stock_count_newest'),
        ),
        migrations.AddConstraint(
            model_name='stockcount',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['COUNTING', 'REVIEW'])), fields=('place',), name='stock_count_one_open'),
        ),
        migrations.AddConstraint(
            model_name='stockcount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), ('status', 'CLOSED'), models.Q(('why', ''), _negated=True)), models.Q(models.Q(('status', 'CLOSED'), _negated=True), ('settled_at__isnull', True), ('settled_by__isnull', True)), _connector='OR'), name='stock_count_closed_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='stockcount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted_at__isnull', True), ('counted_by__isnull', True), models.Q(('status__in', ['REVIEW', 'CLOSED']), _negated=True)), models.Q(('counted_at__isnull', False), ('counted_by__isnull', False)), _connector='OR'), name='stock_count_reviewed_once_counted'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(fields=('count', 'code'), name='count_line_once'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.CheckConstraint(condition=models.Q(('counted__gte', 0), ('counted__lt', 1000000000000), ('expected__gte', 0), ('expected__lt', 1000000000000)), name='count_line_numbers'),
        ),
        migrations.AddConstraint(
            model_name='storageplace',
            constraint=models.CheckConstraint(condition=models.Q(('material__isnull', True), ('kind', 'STORE'), _connector='OR'), name='storage_place_kept_only_in_store'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storageplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_storageplaceevent" ("equipment_id", "id", "kind", "material_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."equipment_id", NEW."id", NEW."kind", NEW."material_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='ec6927a2413b2d3df5eacf4646294e573728c4f1', operation='INSERT', pgid='pgtrigger_insert_insert_b1c22', table='traceability_storageplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storageplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_storageplaceevent" ("equipment_id", "id", "kind", "material_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."equipment_id", NEW."id", NEW."kind", NEW."material_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='69f5ded11a153b6f4487861ba8aa2baff47ee91d', operation='UPDATE', pgid='pgtrigger_update_update_9e16a', table='traceability_storageplace', when='AFTER')),
        ),
        migrations.RunSQL((SQL / "stock.sql").read_text(), migrations.RunSQL.noop),
    ]
