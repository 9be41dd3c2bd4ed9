"""Dossiers are archived as sealed files."""

from pathlib import Path

import django.contrib.postgres.fields
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
        ('plant', '0004_key_networks'),
        ('traceability', '0006_recalls_follow'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchiveMark',
            fields=[
                ('days', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('last_move', models.BigIntegerField(default=0)),
                ('last_entry', models.BigIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'mark of the archive',
                'verbose_name_plural': 'marks of the archive',
            },
        ),
        migrations.CreateModel(
            name='ArchiveRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('after_days', models.PositiveSmallIntegerField(default=7, help_text='Days in which nothing happened to the lot any more.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3650)], verbose_name='archived after quiet days')),
                ('keep_years', models.PositiveSmallIntegerField(blank=True, help_text='Empty: for ever.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='years to keep')),
                ('material', models.ForeignKey(blank=True, help_text='Empty: for every product without a rule of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='material')),
            ],
            options={
                'verbose_name': 'rule of the archive',
                'verbose_name_plural': 'rules of the archive',
                'ordering': ['material', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ArchiveRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('after_days', models.PositiveSmallIntegerField(default=7, help_text='Days in which nothing happened to the lot any more.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3650)], verbose_name='archived after quiet days')),
                ('keep_years', models.PositiveSmallIntegerField(blank=True, help_text='Empty: for ever.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='years to keep')),
                ('material', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: for every product without a rule of its own.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.materialdefinition', verbose_name='material')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.archiverule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DossierFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(verbose_name='revision')),
                ('key', models.CharField(blank=True, max_length=64)),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('size', models.BigIntegerField(verbose_name='size')),
                ('sites', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('seq', models.BigIntegerField()),
                ('move', models.BigIntegerField()),
                ('at', models.DateTimeField(verbose_name='archived')),
                ('dropped_at', models.DateTimeField(null=True, verbose_name='dropped')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='archived by')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='traceability.materiallot', verbose_name='lot')),
            ],
            options={
                'verbose_name': 'archived dossier',
                'verbose_name_plural': 'archived dossiers',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='archiverule',
            constraint=models.UniqueConstraint(fields=('material',), name='archive_rule_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='archiverule',
            constraint=models.CheckConstraint(condition=models.Q(('after_days__gte', 1), ('after_days__lte', 3650)), name='archive_rule_days'),
        ),
        migrations.AddConstraint(
            model_name='archiverule',
            constraint=models.CheckConstraint(condition=models.Q(('keep_years__isnull', True), models.Q(('keep_years__gte', 1), ('keep_years__lte', 100)), _connector='OR'), name='archive_rule_years'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='archiverule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_archiveruleevent" ("after_days", "id", "keep_years", "material_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."after_days", NEW."id", NEW."keep_years", NEW."material_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='9507d979405e748d780bc27d5dc61f721794cbe2', operation='INSERT', pgid='pgtrigger_insert_insert_3eb73', table='traceability_archiverule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='archiverule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_archiveruleevent" ("after_days", "id", "keep_years", "material_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."after_days", NEW."id", NEW."keep_years", NEW."material_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='f15d4105c0aefd1039505285b3d830a81dd1eb6a', operation='UPDATE', pgid='pgtrigger_update_update_ca005', table='traceability_archiverule', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='dossierfile',
            index=models.Index(fields=['-at', '-id'], name='dossier_newest'),
        ),
        migrations.AddConstraint(
            model_name='dossierfile',
            constraint=models.UniqueConstraint(fields=('lot', 'revision'), name='dossier_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='dossierfile',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='dossier_key_once'),
        ),
        migrations.AddConstraint(
            model_name='dossierfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sha256', ''), _negated=True), ('revision__gte', 1), ('size__gt', 0)), name='dossier_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='dossierfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('key', ''), _negated=True), ('dropped_at__isnull', True)), models.Q(('dropped_at__isnull', False), ('key', '')), _connector='OR'), name='dossier_there_or_dropped'),
        ),
        migrations.RunSQL((SQL / "archive.sql").read_text(), migrations.RunSQL.noop),
    ]
