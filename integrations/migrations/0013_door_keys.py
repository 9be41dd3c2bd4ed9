import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('integrations', '0012_kept_days'),
        ('plant', '0004_key_networks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DoorKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField(editable=False)),
                ('key_id', models.CharField(max_length=16, unique=True, verbose_name='key id')),
                ('sealed', models.TextField(editable=False)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('ends_at', models.DateTimeField(null=True, verbose_name='counts until')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('used_at', models.DateTimeField(null=True, verbose_name='last used')),
            ],
            options={
                'verbose_name': 'key for pushing',
                'verbose_name_plural': 'keys for pushing',
                'ordering': ['-made_at'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='connection',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='connection',
            name='update_update',
        ),
        migrations.AddField(
            model_name='connection',
            name='door',
            field=models.CharField(blank=True, choices=[('', 'Nobody pushes'), ('API_KEY', 'API key in a header'), ('BASIC', 'User and password'), ('HMAC', 'HMAC signature')], default='', help_text='How another system signs in that pushes messages onto this connection, with a key of its own.', max_length=8, verbose_name='lets push by'),
        ),
        migrations.AddField(
            model_name='connectionevent',
            name='door',
            field=models.CharField(blank=True, choices=[('', 'Nobody pushes'), ('API_KEY', 'API key in a header'), ('BASIC', 'User and password'), ('HMAC', 'HMAC signature')], default='', help_text='How another system signs in that pushes messages onto this connection, with a key of its own.', max_length=8, verbose_name='lets push by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='connection',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "integrations_connectionevent" ("acts_as_id", "allowed_from", "auth", "code", "daily_at", "door", "enabled", "endpoint", "every", "id", "keep_days", "kind", "name", "other_system", "other_version", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receives", "rhythm", "sealed_at", "sends", "sent_nouns", "settings", "sign_in", "site_id", "timeout") VALUES (NEW."acts_as_id", NEW."allowed_from", NEW."auth", NEW."code", NEW."daily_at", NEW."door", NEW."enabled", NEW."endpoint", NEW."every", NEW."id", NEW."keep_days", NEW."kind", NEW."name", NEW."other_system", NEW."other_version", NEW."per_minute", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receives", NEW."rhythm", NEW."sealed_at", NEW."sends", NEW."sent_nouns", NEW."settings", NEW."sign_in", NEW."site_id", NEW."timeout"); RETURN NULL;', hash='6b80b4802f35c3c24168334510f425a5b171c099', operation='INSERT', pgid='pgtrigger_insert_insert_f4081', table='integrations_connection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='connection',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."acts_as_id" IS DISTINCT FROM (NEW."acts_as_id") OR OLD."allowed_from" IS DISTINCT FROM (NEW."allowed_from") OR OLD."auth" IS DISTINCT FROM (NEW."auth") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."daily_at" IS DISTINCT FROM (NEW."daily_at") OR OLD."door" IS DISTINCT FROM (NEW."door") OR OLD."enabled" IS DISTINCT FROM (NEW."enabled") OR OLD."endpoint" IS DISTINCT FROM (NEW."endpoint") OR OLD."every" IS DISTINCT FROM (NEW."every") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."keep_days" IS DISTINCT FROM (NEW."keep_days") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."other_system" IS DISTINCT FROM (NEW."other_system") OR OLD."other_version" IS DISTINCT FROM (NEW."other_version") OR OLD."per_minute" IS DISTINCT FROM (NEW."per_minute") OR OLD."receives" IS DISTINCT FROM (NEW."receives") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."sealed_at" IS DISTINCT FROM (NEW."sealed_at") OR OLD."sends" IS DISTINCT FROM (NEW."sends") OR OLD."sent_nouns" IS DISTINCT FROM (NEW."sent_nouns") OR OLD."settings" IS DISTINCT FROM (NEW."settings") OR OLD."sign_in" IS DISTINCT FROM (NEW."sign_in") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."timeout" IS DISTINCT FROM (NEW."timeout"))', func='INSERT INTO "integrations_connectionevent" ("acts_as_id", "allowed_from", "auth", "code", "daily_at", "door", "enabled", "endpoint", "every", "id", "keep_days", "kind", "name", "other_system", "other_version", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receives", "rhythm", "sealed_at", "sends", "sent_nouns", "settings", "sign_in", "site_id", "timeout") VALUES (NEW."acts_as_id", NEW."allowed_from", NEW."auth", NEW."code", NEW."daily_at", NEW."door", NEW."enabled", NEW."endpoint", NEW."every", NEW."id", NEW."keep_days", NEW."kind", NEW."name", NEW."other_system", NEW."other_version", NEW."per_minute", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receives", NEW."rhythm", NEW."sealed_at", NEW."sends", NEW."sent_nouns", NEW."settings", NEW."sign_in", NEW."site_id", NEW."timeout"); RETURN NULL;', hash='cbf0b0ebdbf532a60c672deb3f0e0987771b0c10', operation='UPDATE', pgid='pgtrigger_update_update_2868f', table='integrations_connection', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='connection',
            constraint=models.CheckConstraint(condition=models.Q(('door', ''), ('receives', True), _connector='OR'), name='connection_door_takes_in'),
        ),
        migrations.AddField(
            model_name='doorkey',
            name='connection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='door_keys', to='integrations.connection', verbose_name='connection'),
        ),
        migrations.AddField(
            model_name='doorkey',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddConstraint(
            model_name='doorkey',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('connection', 'slot'), name='door_key_two_live'),
        ),
        migrations.AddConstraint(
            model_name='doorkey',
            constraint=models.CheckConstraint(condition=models.Q(('slot__in', [1, 2])), name='door_key_slot_range'),
        ),
        migrations.AddConstraint(
            model_name='doorkey',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('made_at')), _connector='OR'), name='door_key_ends_after_it_began'),
        ),
    ]
