"""Letters of recalls by e-mail, and where customers are written to."""

from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from plant.tables import TablesAtOnce


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0003_history_context'),
        ('qms', '0007_first_articles_signed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='CustomerContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('contact', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                    ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                    ('partner', models.OneToOneField(limit_choices_to={'kind': 'CUSTOMER'}, on_delete=django.db.models.deletion.PROTECT, related_name='customer_contact', to='plant.partner', verbose_name='customer')),
                ],
                options={
                    'verbose_name': 'contact of a customer',
                    'verbose_name_plural': 'contacts of customers',
                },
            ),
            migrations.CreateModel(
                name='CustomerContactEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('contact', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                    ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                    ('partner', models.ForeignKey(db_constraint=False, limit_choices_to={'kind': 'CUSTOMER'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.partner', verbose_name='customer')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='qms.customercontact')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RecallLetter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('to', models.EmailField(max_length=254, verbose_name='to')),
                    ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=10, verbose_name='language')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('text', models.TextField(verbose_name='text')),
                    ('lots', models.JSONField(verbose_name='lots')),
                    ('made_at', models.DateTimeField(verbose_name='laid ready')),
                    ('status', models.CharField(choices=[('WAITING', 'Waiting'), ('SENT', 'Sent'), ('DEAD', 'Given up'), ('ANSWERED', 'Answered')], default='WAITING', max_length=8, verbose_name='status')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                    ('next_at', models.DateTimeField(verbose_name='next attempt')),
                    ('lease', models.UUIDField(null=True)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='delivered')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                    ('last_error', models.CharField(blank=True, max_length=300, verbose_name='last error')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='customer')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                    ('recall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='qms.recall', verbose_name='recall')),
                ],
                options={
                    'verbose_name': 'letter of a recall',
                    'verbose_name_plural': 'letters of recalls',
                    'ordering': ['-made_at', 'pk'],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='customercontact',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "qms_customercontactevent" ("contact", "email", "id", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."contact", NEW."email", NEW."id", NEW."language", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='cd28503e2f441e82e2cf99e707c6a150e15a3351', operation='INSERT', pgid='pgtrigger_insert_insert_4bb1f', table='qms_customercontact', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='customercontact',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "qms_customercontactevent" ("contact", "email", "id", "language", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."contact", NEW."email", NEW."id", NEW."language", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='b3780a9946b34083183c4cfbce7a17291704e64a', operation='UPDATE', pgid='pgtrigger_update_update_b0a37', table='qms_customercontact', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='recallletter',
                index=models.Index(condition=models.Q(('status', 'WAITING')), fields=['next_at'], name='recall_letter_waiting'),
            ),
            migrations.AddConstraint(
                model_name='recallletter',
                constraint=models.UniqueConstraint(condition=models.Q(('status', 'WAITING')), fields=('recall', 'customer'), name='recall_letter_waits_once'),
            ),
            migrations.AddConstraint(
                model_name='recallletter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('sent_at__isnull', True), ('status__in', ['WAITING', 'DEAD'])), models.Q(('answered_at__isnull', True), ('sent_at__isnull', False), ('status', 'SENT')), models.Q(('answered_at__gte', models.F('sent_at')), ('sent_at__isnull', False), ('status', 'ANSWERED')), _connector='OR'), name='recall_letter_state'),
            ),
            migrations.AddConstraint(
                model_name='recallletter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease__isnull', True), ('lease_until__isnull', True)), models.Q(('lease__isnull', False), ('lease_until__isnull', False), ('status', 'WAITING')), _connector='OR'), name='recall_letter_lease'),
            ),
            migrations.AddConstraint(
                model_name='recallletter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('lots', []), _negated=True)), name='recall_letter_says_something'),
            ),
        ]),
        migrations.RunSQL((SQL / "recall_letters.sql").read_text(), migrations.RunSQL.noop),
    ]
