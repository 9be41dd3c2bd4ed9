from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "emptied.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('integrations', '0011_file_imports'),
        ('plant', '0004_key_networks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            name='keep_days',
            field=models.PositiveIntegerField(default=365, help_text='So long the content of finished messages stays; what became of them stays for ever. 0: for ever.', verbose_name='keeps contents (days)'),
        ),
        migrations.AddField(
            model_name='connectionevent',
            name='keep_days',
            field=models.PositiveIntegerField(default=365, help_text='So long the content of finished messages stays; what became of them stays for ever. 0: for ever.', verbose_name='keeps contents (days)'),
        ),
        migrations.AddField(
            model_name='exchange',
            name='emptied_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='content emptied'),
        ),
        migrations.AddIndex(
            model_name='exchange',
            index=models.Index(condition=models.Q(('emptied_at__isnull', True), ('status__in', ['DONE', 'IGNORED', 'DROPPED'])), fields=['connection', 'done_at'], name='exchange_to_empty'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='connection',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "integrations_connectionevent" ("acts_as_id", "allowed_from", "auth", "code", "daily_at", "enabled", "endpoint", "every", "id", "keep_days", "kind", "name", "other_system", "other_version", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receives", "rhythm", "sealed_at", "sends", "sent_nouns", "settings", "sign_in", "site_id", "timeout") VALUES (NEW."acts_as_id", NEW."allowed_from", NEW."auth", NEW."code", NEW."daily_at", NEW."enabled", NEW."endpoint", NEW."every", NEW."id", NEW."keep_days", NEW."kind", NEW."name", NEW."other_system", NEW."other_version", NEW."per_minute", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receives", NEW."rhythm", NEW."sealed_at", NEW."sends", NEW."sent_nouns", NEW."settings", NEW."sign_in", NEW."site_id", NEW."timeout"); RETURN NULL;', hash='31446f442481e7fa8a0351c0ba0dbb44157f040d', operation='INSERT', pgid='pgtrigger_insert_insert_f4081', table='integrations_connection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='connection',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."acts_as_id" IS DISTINCT FROM (NEW."acts_as_id") OR OLD."allowed_from" IS DISTINCT FROM (NEW."allowed_from") OR OLD."auth" IS DISTINCT FROM (NEW."auth") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."daily_at" IS DISTINCT FROM (NEW."daily_at") OR OLD."enabled" IS DISTINCT FROM (NEW."enabled") OR OLD."endpoint" IS DISTINCT FROM (NEW."endpoint") OR OLD."every" IS DISTINCT FROM (NEW."every") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."keep_days" IS DISTINCT FROM (NEW."keep_days") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."other_system" IS DISTINCT FROM (NEW."other_system") OR OLD."other_version" IS DISTINCT FROM (NEW."other_version") OR OLD."per_minute" IS DISTINCT FROM (NEW."per_minute") OR OLD."receives" IS DISTINCT FROM (NEW."receives") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."sealed_at" IS DISTINCT FROM (NEW."sealed_at") OR OLD."sends" IS DISTINCT FROM (NEW."sends") OR OLD."sent_nouns" IS DISTINCT FROM (NEW."sent_nouns") OR OLD."settings" IS DISTINCT FROM (NEW."settings") OR OLD."sign_in" IS DISTINCT FROM (NEW."sign_in") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."timeout" IS DISTINCT FROM (NEW."timeout"))', func='INSERT INTO "integrations_connectionevent" ("acts_as_id", "allowed_from", "auth", "code", "daily_at", "enabled", "endpoint", "every", "id", "keep_days", "kind", "name", "other_system", "other_version", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receives", "rhythm", "sealed_at", "sends", "sent_nouns", "settings", "sign_in", "site_id", "timeout") VALUES (NEW."acts_as_id", NEW."allowed_from", NEW."auth", NEW."code", NEW."daily_at", NEW."enabled", NEW."endpoint", NEW."every", NEW."id", NEW."keep_days", NEW."kind", NEW."name", NEW."other_system", NEW."other_version", NEW."per_minute", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receives", NEW."rhythm", NEW."sealed_at", NEW."sends", NEW."sent_nouns", NEW."settings", NEW."sign_in", NEW."site_id", NEW."timeout"); RETURN NULL;', hash='aaf87d5812038380f51aa237461eb7fd869384d7', operation='UPDATE', pgid='pgtrigger_update_update_2868f', table='integrations_connection', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='connection',
            constraint=models.CheckConstraint(condition=models.Q(('keep_days__lte', 36500)), name='connection_keep_days_range'),
        ),
        migrations.AddConstraint(
            model_name='exchange',
            constraint=models.CheckConstraint(condition=models.Q(('emptied_at__isnull', True), ('status__in', ['DONE', 'IGNORED', 'DROPPED']), _connector='OR'), name='exchange_emptied_is_finished'),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
