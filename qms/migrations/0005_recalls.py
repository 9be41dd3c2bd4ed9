"""Recalls and drills: their tasks, and what customers were told and said."""

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
        ('plant', '0002_every_wall'),
        ('qms', '0004_verdicts_on_customers_pages'),
        ('traceability', '0003_recalls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='Recall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                    ('kind', models.CharField(choices=[('RECALL', 'Recall'), ('DRILL', 'Drill')], default='RECALL', max_length=6, verbose_name='kind')),
                    ('status', models.CharField(choices=[('DRAFT', 'Draft'), ('OPEN', 'Under way'), ('CLOSED', 'Closed'), ('CANCELLED', 'Cancelled')], default='DRAFT', max_length=9, verbose_name='status')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('reason', models.TextField(verbose_name='why')),
                    ('severity', models.CharField(choices=[('MINOR', 'Minor'), ('MAJOR', 'Major'), ('CRITICAL', 'Critical')], default='MAJOR', max_length=10, verbose_name='severity')),
                    ('asked', models.JSONField(default=dict, verbose_name='where it starts')),
                    ('goal_minutes', models.PositiveIntegerField(default=240, verbose_name='goal in minutes')),
                    ('opened_at', models.DateTimeField(verbose_name='opened')),
                    ('scoped_at', models.DateTimeField(null=True, verbose_name='scope found')),
                    ('figures', models.JSONField(default=dict, verbose_name='figures of the scope')),
                    ('declared_at', models.DateTimeField(null=True, verbose_name='declared')),
                    ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                    ('conclusion', models.TextField(blank=True, verbose_name='conclusion')),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                    ('complaint', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='qms.complaint', verbose_name='complaint')),
                    ('declared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='declared by')),
                    ('nonconformance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='qms.nonconformance', verbose_name='nonconformance')),
                    ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recall', to='traceability.recallnotice', verbose_name='notice')),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                    ('scoped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='scope found by')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
                ],
                options={
                    'verbose_name': 'recall',
                    'verbose_name_plural': 'recalls',
                    'ordering': ['-opened_at'],
                },
            ),
            migrations.CreateModel(
                name='RecallAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('destroyed', models.DecimalField(decimal_places=6, default=0, max_digits=18, verbose_name='destroyed there')),
                    ('used', models.DecimalField(decimal_places=6, default=0, max_digits=18, verbose_name='used up')),
                    ('remark', models.CharField(max_length=400, verbose_name='what the customer says')),
                    ('at', models.DateTimeField(verbose_name='answered')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='customer')),
                    ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='material')),
                    ('recall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='qms.recall', verbose_name='recall')),
                ],
                options={
                    'verbose_name': 'answer of a customer',
                    'verbose_name_plural': 'answers of customers',
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='RecallEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.CharField(max_length=40, verbose_name='number')),
                    ('kind', models.CharField(choices=[('RECALL', 'Recall'), ('DRILL', 'Drill')], default='RECALL', max_length=6, verbose_name='kind')),
                    ('status', models.CharField(choices=[('DRAFT', 'Draft'), ('OPEN', 'Under way'), ('CLOSED', 'Closed'), ('CANCELLED', 'Cancelled')], default='DRAFT', max_length=9, verbose_name='status')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('reason', models.TextField(verbose_name='why')),
                    ('severity', models.CharField(choices=[('MINOR', 'Minor'), ('MAJOR', 'Major'), ('CRITICAL', 'Critical')], default='MAJOR', max_length=10, verbose_name='severity')),
                    ('asked', models.JSONField(default=dict, verbose_name='where it starts')),
                    ('goal_minutes', models.PositiveIntegerField(default=240, verbose_name='goal in minutes')),
                    ('opened_at', models.DateTimeField(verbose_name='opened')),
                    ('scoped_at', models.DateTimeField(null=True, verbose_name='scope found')),
                    ('figures', models.JSONField(default=dict, verbose_name='figures of the scope')),
                    ('declared_at', models.DateTimeField(null=True, verbose_name='declared')),
                    ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                    ('conclusion', models.TextField(blank=True, verbose_name='conclusion')),
                    ('closed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                    ('complaint', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.complaint', verbose_name='complaint')),
                    ('declared_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='declared by')),
                    ('nonconformance', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.nonconformance', verbose_name='nonconformance')),
                    ('notice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='traceability.recallnotice', verbose_name='notice')),
                    ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='qms.recall')),
                    ('scoped_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='scope found by')),
                    ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='site')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RecallMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('way', models.CharField(choices=[('LETTER', 'Letter'), ('MAIL', 'E-mail'), ('PHONE', 'Telephone'), ('VISIT', 'Visit')], default='LETTER', max_length=6, verbose_name='how')),
                    ('contact', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                    ('at', models.DateTimeField(verbose_name='told')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='customer')),
                    ('recall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='qms.recall', verbose_name='recall')),
                ],
                options={
                    'verbose_name': 'message to a customer',
                    'verbose_name_plural': 'messages to customers',
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='RecallTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='what is to be done')),
                    ('due_at', models.DateTimeField(verbose_name='due')),
                    ('made_at', models.DateTimeField(verbose_name='given')),
                    ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                    ('outcome', models.CharField(blank=True, max_length=400, verbose_name='what came of it')),
                    ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('recall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='qms.recall', verbose_name='recall')),
                ],
                options={
                    'verbose_name': 'task of a recall',
                    'verbose_name_plural': 'tasks of recalls',
                    'ordering': ['due_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='RecallTaskEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('title', models.CharField(max_length=200, verbose_name='what is to be done')),
                    ('due_at', models.DateTimeField(verbose_name='due')),
                    ('made_at', models.DateTimeField(verbose_name='given')),
                    ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                    ('outcome', models.CharField(blank=True, max_length=400, verbose_name='what came of it')),
                    ('done_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                    ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                    ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='qms.recalltask')),
                    ('recall', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='qms.recall', verbose_name='recall')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddIndex(
                model_name='recall',
                index=models.Index(fields=['status', '-opened_at'], name='recall_alive'),
            ),
            migrations.AddConstraint(
                model_name='recall',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='recall_says_why'),
            ),
            migrations.AddConstraint(
                model_name='recall',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('scoped_at__isnull', True), ('scoped_by__isnull', True)), models.Q(('scoped_at__gte', models.F('opened_at')), ('scoped_by__isnull', False)), _connector='OR'), name='recall_scope_is_whole'),
            ),
            migrations.AddConstraint(
                model_name='recall',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('declared_at__isnull', True), ('declared_by__isnull', True), ('status__in', ['DRAFT', 'CANCELLED'])), models.Q(('declared_at__isnull', False), ('declared_by__isnull', False), ('scoped_at__isnull', False), ('status__in', ['OPEN', 'CLOSED'])), _connector='OR'), name='recall_declared_with_its_scope'),
            ),
            migrations.AddConstraint(
                model_name='recall',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'DRILL'), ('nonconformance__isnull', True)), models.Q(('kind', 'RECALL'), ('nonconformance__isnull', False)), models.Q(('kind', 'RECALL'), ('status__in', ['DRAFT', 'CANCELLED'])), _connector='OR'), name='recall_holds_but_drills_do_not'),
            ),
            migrations.AddConstraint(
                model_name='recall',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('status', 'CLOSED'), models.Q(('conclusion', ''), _negated=True), models.Q(('closed_by', models.F('opened_by')), _negated=True), models.Q(('closed_by', models.F('declared_by')), _negated=True)), models.Q(models.Q(('status', 'CLOSED'), _negated=True), ('closed_at__isnull', True), ('closed_by__isnull', True), ('conclusion', '')), _connector='OR'), name='recall_closed_by_another'),
            ),
            migrations.AddConstraint(
                model_name='recall',
                constraint=models.CheckConstraint(condition=models.Q(('goal_minutes__gte', 1)), name='recall_goal_positive'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recall',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "qms_recallevent" ("asked", "closed_at", "closed_by_id", "complaint_id", "conclusion", "declared_at", "declared_by_id", "figures", "goal_minutes", "id", "kind", "nonconformance_id", "notice_id", "number", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scoped_at", "scoped_by_id", "severity", "site_id", "status", "title") VALUES (NEW."asked", NEW."closed_at", NEW."closed_by_id", NEW."complaint_id", NEW."conclusion", NEW."declared_at", NEW."declared_by_id", NEW."figures", NEW."goal_minutes", NEW."id", NEW."kind", NEW."nonconformance_id", NEW."notice_id", NEW."number", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."scoped_at", NEW."scoped_by_id", NEW."severity", NEW."site_id", NEW."status", NEW."title"); RETURN NULL;', hash='d9ec4f8853f97c8db292d22adf9cf51408b63a5f', operation='INSERT', pgid='pgtrigger_insert_insert_a3200', table='qms_recall', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recall',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "qms_recallevent" ("asked", "closed_at", "closed_by_id", "complaint_id", "conclusion", "declared_at", "declared_by_id", "figures", "goal_minutes", "id", "kind", "nonconformance_id", "notice_id", "number", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "scoped_at", "scoped_by_id", "severity", "site_id", "status", "title") VALUES (NEW."asked", NEW."closed_at", NEW."closed_by_id", NEW."complaint_id", NEW."conclusion", NEW."declared_at", NEW."declared_by_id", NEW."figures", NEW."goal_minutes", NEW."id", NEW."kind", NEW."nonconformance_id", NEW."notice_id", NEW."number", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."scoped_at", NEW."scoped_by_id", NEW."severity", NEW."site_id", NEW."status", NEW."title"); RETURN NULL;', hash='723f561f9c57e8881ac4a8807ddfea7b8df175e8', operation='UPDATE', pgid='pgtrigger_update_update_dc1ea', table='qms_recall', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='recallanswer',
                constraint=models.CheckConstraint(condition=models.Q(('destroyed__gte', 0), ('destroyed__lt', 1000000000000), ('used__gte', 0), ('used__lt', 1000000000000)), name='recall_answer_numbers'),
            ),
            migrations.AddConstraint(
                model_name='recallanswer',
                constraint=models.CheckConstraint(condition=models.Q(('remark', ''), _negated=True), name='recall_answer_says_something'),
            ),
            migrations.AddIndex(
                model_name='recalltask',
                index=models.Index(condition=models.Q(('done_at', None)), fields=['owner', 'due_at'], name='recall_task_open'),
            ),
            migrations.AddConstraint(
                model_name='recalltask',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('outcome', '')), models.Q(('done_at__isnull', False), ('done_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='recall_task_done_is_whole'),
            ),
            migrations.AddConstraint(
                model_name='recalltask',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='recall_task_says_what'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recalltask',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "qms_recalltaskevent" ("done_at", "done_by_id", "due_at", "id", "made_at", "made_by_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recall_id", "title") VALUES (NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recall_id", NEW."title"); RETURN NULL;', hash='b5acaf2292707448510db97f511b838d6270ba95', operation='INSERT', pgid='pgtrigger_insert_insert_a06c7', table='qms_recalltask', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recalltask',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "qms_recalltaskevent" ("done_at", "done_by_id", "due_at", "id", "made_at", "made_by_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recall_id", "title") VALUES (NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recall_id", NEW."title"); RETURN NULL;', hash='cf25afa64084b8e3dedb00c6a44cfad8606dd877', operation='UPDATE', pgid='pgtrigger_update_update_5c668', table='qms_recalltask', when='AFTER')),
            ),
        ]),
        migrations.RunSQL((SQL / "recalls.sql").read_text(), migrations.RunSQL.noop),
    ]
