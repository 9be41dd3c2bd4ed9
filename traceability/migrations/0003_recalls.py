"""Lots that are called back, and what the public is told of them."""

from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from plant.tables import TablesAtOnce

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('traceability', '0002_every_wall'),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='RecallNoticeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.CharField(max_length=40, verbose_name='recall')),
                    ('text', models.CharField(blank=True, max_length=600, verbose_name='notice in English')),
                    ('text_zh', models.CharField(blank=True, max_length=600, verbose_name='notice in Chinese')),
                    ('since_at', models.DateTimeField(null=True, verbose_name='declared')),
                    ('until_at', models.DateTimeField(null=True, verbose_name='ended')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RecallNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=40, unique=True, verbose_name='recall')),
                    ('text', models.CharField(blank=True, max_length=600, verbose_name='notice in English')),
                    ('text_zh', models.CharField(blank=True, max_length=600, verbose_name='notice in Chinese')),
                    ('since_at', models.DateTimeField(null=True, verbose_name='declared')),
                    ('until_at', models.DateTimeField(null=True, verbose_name='ended')),
                ],
                options={
                    'verbose_name': 'recall notice',
                    'verbose_name_plural': 'recall notices',
                    'constraints': [models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='recall_notice_numbered'), models.CheckConstraint(condition=models.Q(('until_at__isnull', True), models.Q(('since_at__isnull', False), ('until_at__gte', models.F('since_at'))), _connector='OR'), name='recall_notice_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('since_at__isnull', True), models.Q(models.Q(('text', ''), _negated=True), models.Q(('text_zh', ''), _negated=True)), _connector='OR'), name='recall_notice_says_something')],
                },
            ),
            migrations.CreateModel(
                name='RecalledLot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('certainty', models.CharField(choices=[('EXACT', 'Exact'), ('POSSIBLE', 'Possible')], default='EXACT', max_length=10, verbose_name='certainty')),
                    ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='traceability.materiallot', verbose_name='lot')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='traceability.recallnotice', verbose_name='recall')),
                ],
                options={
                    'verbose_name': 'recalled lot',
                    'verbose_name_plural': 'recalled lots',
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recallnotice',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_recallnoticeevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_at", "text", "text_zh", "until_at") VALUES (NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since_at", NEW."text", NEW."text_zh", NEW."until_at"); RETURN NULL;', hash='ca881d8f8cb19065f11fd30867c7486d30fde0db', operation='INSERT', pgid='pgtrigger_insert_insert_2ea17', table='traceability_recallnotice', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recallnotice',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_recallnoticeevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_at", "text", "text_zh", "until_at") VALUES (NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since_at", NEW."text", NEW."text_zh", NEW."until_at"); RETURN NULL;', hash='385f64eefe8e913b048ccae5d1dca2c21f9a200f', operation='UPDATE', pgid='pgtrigger_update_update_af2e0', table='traceability_recallnotice', when='AFTER')),
            ),
            migrations.AddField(
                model_name='recallnoticeevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='recallnoticeevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.recallnotice'),
            ),
            migrations.AddConstraint(
                model_name='recalledlot',
                constraint=models.UniqueConstraint(fields=('notice', 'lot'), name='recalled_lot_once'),
            ),
        ]),
        migrations.RunSQL((SQL / "recalls.sql").read_text(), migrations.RunSQL.noop),
    ]
