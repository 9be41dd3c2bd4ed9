"""Places of work, partners' people, enrolled tablets and second factors."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0004_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('code_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                ('code_until', models.DateTimeField(null=True, verbose_name='code works until')),
                ('key_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('invited_at', models.DateTimeField(verbose_name='invited')),
                ('enrolled_at', models.DateTimeField(null=True, verbose_name='enrolled')),
                ('last_seen_at', models.DateTimeField(null=True, verbose_name='last seen')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked')),
            ],
            options={
                'verbose_name': 'tablet',
                'verbose_name_plural': 'tablets',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'place of work',
                'verbose_name_plural': 'places of work',
            },
        ),
        migrations.CreateModel(
            name='PersonPlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='second_factor', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('salt', models.BinaryField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('last_step', models.BigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'second factor',
                'verbose_name_plural': 'second factors',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        migrations.AddField(
            model_name='person',
            name='partner',
            field=models.ForeignKey(blank=True, help_text="A supplier's or customer's person sees only that partner's own lots and orders.", null=True, on_delete=django.db.models.deletion.PROTECT, to='plant.partner', verbose_name='works for'),
        ),
        migrations.AddField(
            model_name='person',
            name='signed_out_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='signed out everywhere at'),
        ),
        migrations.AddField(
            model_name='personevent',
            name='partner',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text="A supplier's or customer's person sees only that partner's own lots and orders.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.partner', verbose_name='works for'),
        ),
        migrations.AlterField(
            model_name='personrole',
            name='role',
            field=models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], max_length=20, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='personroleevent',
            name='role',
            field=models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], max_length=20, verbose_name='role'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_personevent" ("badge", "id", "is_active", "kind", "language", "name", "number", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin_failures", "site_id", "theme") VALUES (NEW."badge", NEW."id", NEW."is_active", NEW."kind", NEW."language", NEW."name", NEW."number", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pin_failures", NEW."site_id", NEW."theme"); RETURN NULL;', hash='e021f4ff28993d9cfa783f1d1af1b13cf4eadbcd', operation='INSERT', pgid='pgtrigger_insert_insert_0e705', table='plant_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."badge" IS DISTINCT FROM (NEW."badge") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."pin_failures" IS DISTINCT FROM (NEW."pin_failures") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."theme" IS DISTINCT FROM (NEW."theme"))', func='INSERT INTO "plant_personevent" ("badge", "id", "is_active", "kind", "language", "name", "number", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin_failures", "site_id", "theme") VALUES (NEW."badge", NEW."id", NEW."is_active", NEW."kind", NEW."language", NEW."name", NEW."number", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pin_failures", NEW."site_id", NEW."theme"); RETURN NULL;', hash='ade4f359ba304f40828ffb6c5c907076938a613c', operation='UPDATE', pgid='pgtrigger_update_update_ea4e9', table='plant_person', when='AFTER')),
        ),
        migrations.AddField(
            model_name='device',
            name='invited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by'),
        ),
        migrations.AddField(
            model_name='device',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site, line or station'),
        ),
        migrations.AddField(
            model_name='personplace',
            name='equipment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site or line'),
        ),
        migrations.AddField(
            model_name='personplace',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='personplaceevent',
            name='equipment',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='site or line'),
        ),
        migrations.AddField(
            model_name='personplaceevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='personplaceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='personplaceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plant.personplace'),
        ),
        migrations.AddField(
            model_name='recoverycode',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enrolled_at__isnull', True), ('key_hash__isnull', True)), models.Q(('enrolled_at__isnull', False), ('key_hash__isnull', False)), _connector='OR'), name='device_key_once_enrolled'),
        ),
        migrations.AddConstraint(
            model_name='personplace',
            constraint=models.UniqueConstraint(fields=('person', 'equipment'), name='person_place_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_personplaceevent" ("equipment_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."equipment_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c82e46c330a3fe39f29948c01eca3fbbd6097a30', operation='INSERT', pgid='pgtrigger_insert_insert_1beb0', table='plant_personplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plant_personplaceevent" ("equipment_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."equipment_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='5a37dd08c9c23c361f2e1dcc95affe38be1339a9', operation='UPDATE', pgid='pgtrigger_update_update_91b03', table='plant_personplace', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='recoverycode',
            constraint=models.UniqueConstraint(fields=('person', 'code_hash'), name='recovery_code_once'),
        ),
    ]
