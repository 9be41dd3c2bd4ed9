"""Every table of plant."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import plant.models.location_number
import plant.models.material
import plant.models.naming
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from plant.tables import TablesAtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        BtreeGistExtension(),
        TablesAtOnce([
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('number', models.CharField(max_length=40, unique=True, verbose_name='staff number')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('kind', models.CharField(choices=[('HUMAN', 'Person'), ('SYSTEM', 'System'), ('INTEGRATION', 'Integration')], default='HUMAN', max_length=12, verbose_name='kind')),
                    ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='plant.equipment', verbose_name='site')),
                    ('partner', models.ForeignKey(blank=True, help_text="A supplier's or customer's person sees only that partner's own lots and orders.", null=True, on_delete=django.db.models.deletion.PROTECT, to='plant.partner', verbose_name='works for')),
                    ('badge', models.CharField(blank=True, max_length=80, null=True, unique=True, verbose_name='badge code')),
                    ('pin', models.CharField(blank=True, max_length=200, verbose_name='PIN hash')),
                    ('pin_failures', models.PositiveSmallIntegerField(default=0, verbose_name='wrong PINs')),
                    ('language', models.CharField(default='zh-hans', max_length=10, verbose_name='language')),
                    ('theme', models.CharField(default='auto', max_length=10, verbose_name='theme')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('signed_out_at', models.DateTimeField(editable=False, null=True, verbose_name='signed out everywhere at')),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'people',
                    'ordering': ['number'],
                },
            ),
            migrations.CreateModel(
                name='PersonEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('number', models.CharField(max_length=40, verbose_name='staff number')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('kind', models.CharField(choices=[('HUMAN', 'Person'), ('SYSTEM', 'System'), ('INTEGRATION', 'Integration')], default='HUMAN', max_length=12, verbose_name='kind')),
                    ('site', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='site')),
                    ('partner', models.ForeignKey(blank=True, db_constraint=False, help_text="A supplier's or customer's person sees only that partner's own lots and orders.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.partner', verbose_name='works for')),
                    ('badge', models.CharField(blank=True, max_length=80, null=True, verbose_name='badge code')),
                    ('pin_failures', models.PositiveSmallIntegerField(default=0, verbose_name='wrong PINs')),
                    ('language', models.CharField(default='zh-hans', max_length=10, verbose_name='language')),
                    ('theme', models.CharField(default='auto', max_length=10, verbose_name='theme')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PersonRole',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], max_length=20, verbose_name='role')),
                ],
                options={
                    'verbose_name': 'role',
                    'verbose_name_plural': 'roles',
                    'constraints': [models.UniqueConstraint(fields=('person', 'role'), name='person_role_once')],
                },
            ),
            migrations.CreateModel(
                name='PersonRoleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plant.personrole')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('role', models.CharField(choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], max_length=20, verbose_name='role')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PersonPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('equipment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site or line')),
                ],
                options={
                    'verbose_name': 'place of work',
                    'verbose_name_plural': 'places of work',
                    'constraints': [models.UniqueConstraint(fields=('person', 'equipment'), name='person_place_once')],
                },
            ),
            migrations.CreateModel(
                name='PersonPlaceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plant.personplace')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('equipment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='site or line')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Qualification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'skill',
                    'verbose_name_plural': 'skills',
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='PersonQualification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('qualification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='plant.qualification', verbose_name='skill')),
                    ('valid_from', models.DateTimeField(verbose_name='valid from')),
                    ('valid_to', models.DateTimeField(blank=True, null=True, verbose_name='valid to')),
                    ('level', models.PositiveSmallIntegerField(choices=[(1, 'Learns, works beside somebody'), (2, 'Works alone'), (3, 'Expert'), (4, 'Trains others')], default=2, verbose_name='level')),
                    ('trainer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='trained by')),
                    ('evidence', models.CharField(blank=True, help_text='Certificate or training record, by its number.', max_length=200, verbose_name='evidence')),
                ],
                options={
                    'verbose_name': 'qualification',
                    'verbose_name_plural': 'qualifications',
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='qualification_ends_after_start'), models.CheckConstraint(condition=models.Q(('trainer__isnull', True), models.Q(('trainer', models.F('person')), _negated=True), _connector='OR'), name='qualification_trained_by_another')],
                },
            ),
            migrations.CreateModel(
                name='PersonQualificationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plant.personqualification')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('qualification', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.qualification', verbose_name='skill')),
                    ('valid_from', models.DateTimeField(verbose_name='valid from')),
                    ('valid_to', models.DateTimeField(blank=True, null=True, verbose_name='valid to')),
                    ('level', models.PositiveSmallIntegerField(choices=[(1, 'Learns, works beside somebody'), (2, 'Works alone'), (3, 'Expert'), (4, 'Trains others')], default=2, verbose_name='level')),
                    ('trainer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='trained by')),
                    ('evidence', models.CharField(blank=True, help_text='Certificate or training record, by its number.', max_length=200, verbose_name='evidence')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Deputy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL, verbose_name='who is away')),
                    ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                    ('begins_at', models.DateTimeField(verbose_name='from')),
                    ('ends_at', models.DateTimeField(verbose_name='until')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ],
                options={
                    'verbose_name': 'deputy',
                    'verbose_name_plural': 'deputies',
                    'ordering': ['-begins_at', '-pk'],
                    'indexes': [models.Index(fields=['deputy', 'ends_at'], name='deputy_of_now')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('person', models.F('deputy')), _negated=True), name='deputy_is_another'), models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('begins_at'))), name='deputy_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Preference',
                fields=[
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('choices', models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name='Favourite',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('url', models.CharField(max_length=500)),
                    ('title', models.CharField(max_length=120)),
                    ('place', models.CharField(blank=True, max_length=80)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'ordering': ['at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('person', 'url'), name='favourite_once')],
                },
            ),
            migrations.CreateModel(
                name='Visited',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('url', models.CharField(max_length=500)),
                    ('title', models.CharField(max_length=120)),
                    ('place', models.CharField(blank=True, max_length=80)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('person', 'url'), name='visited_once')],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(choices=[('MENTION', 'Mention'), ('ESCALATION', 'Escalation'), ('SIGNATURE', 'Signature asked for'), ('NEWS', 'Notice')], max_length=12)),
                    ('title', models.CharField(max_length=200)),
                    ('url', models.CharField(max_length=500)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person', '-at'], name='notice_unread')],
                },
            ),
            migrations.CreateModel(
                name='InboxMark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('key', models.CharField(max_length=64)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('snoozed_until', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='inbox_mark_once')],
                },
            ),
            migrations.CreateModel(
                name='Device',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site, line or station')),
                    ('code_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                    ('code_until', models.DateTimeField(null=True, verbose_name='code works until')),
                    ('key_hash', models.CharField(max_length=64, null=True, unique=True)),
                    ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                    ('invited_at', models.DateTimeField(verbose_name='invited')),
                    ('enrolled_at', models.DateTimeField(null=True, verbose_name='enrolled')),
                    ('last_seen_at', models.DateTimeField(null=True, verbose_name='last seen')),
                    ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked')),
                ],
                options={
                    'verbose_name': 'tablet',
                    'verbose_name_plural': 'tablets',
                    'ordering': ['name', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('enrolled_at__isnull', True), ('key_hash__isnull', True)), models.Q(('enrolled_at__isnull', False), ('key_hash__isnull', False)), _connector='OR'), name='device_key_once_enrolled')],
                },
            ),
            migrations.CreateModel(
                name='Equipment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('level', models.CharField(choices=[('SITE', 'Site'), ('AREA', 'Area'), ('WORK_CENTER', 'Line'), ('WORK_UNIT', 'Station')], max_length=16, verbose_name='level')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='plant.equipment', verbose_name='part of')),
                    ('state', models.CharField(choices=[('UNKNOWN', 'Unknown'), ('OFF', 'Off'), ('IDLE', 'Idle'), ('RUNNING', 'Running'), ('ALARM', 'Alarm'), ('MAINTENANCE', 'Maintenance')], default='UNKNOWN', max_length=16, verbose_name='state')),
                    ('state_at', models.DateTimeField(blank=True, null=True, verbose_name='state since')),
                    ('stores_material', models.BooleanField(default=False, verbose_name='stores material')),
                    ('gln', models.CharField(blank=True, max_length=13, validators=[plant.models.location_number.check_gln], verbose_name='GLN')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'equipment',
                    'verbose_name_plural': 'equipment',
                    'ordering': ['code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', 'SITE'), ('parent__isnull', True)), models.Q(models.Q(('level', 'SITE'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='equipment_site_is_root'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='equipment_not_its_own_part'), models.UniqueConstraint(condition=models.Q(('gln', ''), _negated=True), fields=('gln',), name='equipment_gln_once')],
                },
            ),
            migrations.CreateModel(
                name='EquipmentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plant.equipment')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('code', models.CharField(max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('level', models.CharField(choices=[('SITE', 'Site'), ('AREA', 'Area'), ('WORK_CENTER', 'Line'), ('WORK_UNIT', 'Station')], max_length=16, verbose_name='level')),
                    ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='part of')),
                    ('state', models.CharField(choices=[('UNKNOWN', 'Unknown'), ('OFF', 'Off'), ('IDLE', 'Idle'), ('RUNNING', 'Running'), ('ALARM', 'Alarm'), ('MAINTENANCE', 'Maintenance')], default='UNKNOWN', max_length=16, verbose_name='state')),
                    ('state_at', models.DateTimeField(blank=True, null=True, verbose_name='state since')),
                    ('stores_material', models.BooleanField(default=False, verbose_name='stores material')),
                    ('gln', models.CharField(blank=True, max_length=13, validators=[plant.models.location_number.check_gln], verbose_name='GLN')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Feedback',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('BROKEN', 'Does not work'), ('MISSING', 'Is missing'), ('QUESTION', 'Question')], max_length=10, verbose_name='kind')),
                    ('text', models.TextField(verbose_name='what was told')),
                    ('page', models.CharField(blank=True, max_length=500, verbose_name='page')),
                    ('language', models.CharField(max_length=10, verbose_name='language')),
                    ('version', models.CharField(max_length=40, verbose_name='version')),
                    ('roles', models.JSONField(blank=True, default=list, verbose_name='roles')),
                    ('status', models.CharField(choices=[('NEW', 'New'), ('SEEN', 'Seen'), ('DONE', 'Done'), ('DECLINED', 'Declined')], default='NEW', max_length=10, verbose_name='status')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('answer', models.TextField(blank=True, verbose_name='answer')),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ],
                options={
                    'verbose_name': 'feedback',
                    'verbose_name_plural': 'feedback',
                    'indexes': [models.Index(fields=['status', '-at'], name='feedback_waiting')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='feedback_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('status__in', ['NEW', 'SEEN'])), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('status__in', ['DONE', 'DECLINED']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='feedback_settled_with_an_answer')],
                },
            ),
            migrations.CreateModel(
                name='JournalHead',
                fields=[
                    ('stream', models.CharField(max_length=120, primary_key=True, serialize=False)),
                    ('seq', models.BigIntegerField(default=0)),
                    ('hash', models.CharField(default='', max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='JournalEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stream', models.CharField(max_length=120, verbose_name='stream')),
                    ('seq', models.BigIntegerField(verbose_name='number in the stream')),
                    ('kind', models.CharField(max_length=80, verbose_name='kind')),
                    ('subject_kind', models.CharField(max_length=60, verbose_name='subject kind')),
                    ('subject_id', models.CharField(max_length=60, verbose_name='subject id')),
                    ('subject_label', models.CharField(max_length=200, verbose_name='subject')),
                    ('actor', models.CharField(max_length=40, verbose_name='by')),
                    ('actor_name', models.CharField(max_length=120, verbose_name='name')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('data', models.JSONField(default=dict, verbose_name='data')),
                    ('prev_hash', models.CharField(max_length=64)),
                    ('hash', models.CharField(max_length=64)),
                    ('txid', models.BigIntegerField(db_index=True)),
                ],
                options={
                    'verbose_name': 'journal entry',
                    'verbose_name_plural': 'journal',
                    'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='journal_subject'), models.Index(fields=['kind', 'id'], name='journal_kind')],
                    'constraints': [models.UniqueConstraint(fields=('stream', 'seq'), name='journal_stream_seq')],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entry_id', models.BigIntegerField()),
                    ('stream', models.CharField(max_length=120)),
                    ('subscriber', models.CharField(max_length=120)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('delivered_at', models.DateTimeField(null=True)),
                    ('last_error', models.TextField(blank=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('delivered_at__isnull', True)), fields=['subscriber', 'entry_id'], name='delivery_open')],
                    'constraints': [models.UniqueConstraint(fields=('entry_id', 'subscriber'), name='delivery_once')],
                },
            ),
            migrations.CreateModel(
                name='MasterImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sheet', models.CharField(max_length=80, verbose_name='kind of master data')),
                    ('file_name', models.CharField(max_length=200, verbose_name='file')),
                    ('content', models.BinaryField(blank=True, default=b'')),
                    ('digest', models.CharField(max_length=64)),
                    ('status', models.CharField(choices=[('CHECKED', 'Checked, nothing written'), ('DONE', 'Written'), ('UNDONE', 'Undone')], default='CHECKED', max_length=10, verbose_name='status')),
                    ('added', models.PositiveIntegerField(default=0, verbose_name='new rows')),
                    ('changed', models.PositiveIntegerField(default=0, verbose_name='changed rows')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('checked_at', models.DateTimeField(verbose_name='checked')),
                    ('done_at', models.DateTimeField(null=True, verbose_name='written')),
                    ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
                    ('kept', models.PositiveIntegerField(default=0, verbose_name='rows that the undoing left')),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                    'indexes': [models.Index(fields=['sheet', 'status', '-id'], name='import_last')],
                },
            ),
            migrations.CreateModel(
                name='MasterImportRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='plant.masterimport', verbose_name='import')),
                    ('line', models.PositiveIntegerField(verbose_name='line')),
                    ('row_id', models.CharField(max_length=60)),
                    ('key', models.CharField(max_length=300, verbose_name='key')),
                    ('is_new', models.BooleanField(verbose_name='new')),
                    ('was', models.JSONField(default=dict, verbose_name='before')),
                    ('now', models.JSONField(default=dict, verbose_name='after')),
                ],
                options={
                    'verbose_name': 'imported row',
                    'verbose_name_plural': 'imported rows',
                },
            ),
            migrations.CreateModel(
                name='Unit',
                fields=[
                    ('code', models.CharField(max_length=12, primary_key=True, serialize=False, verbose_name='code')),
                    ('name', models.CharField(max_length=60, verbose_name='name')),
                    ('symbol', models.CharField(max_length=12, verbose_name='symbol')),
                ],
                options={
                    'verbose_name': 'unit',
                    'verbose_name_plural': 'units',
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='UnitConversion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.unit', verbose_name='from')),
                    ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.unit', verbose_name='to')),
                    ('factor', models.DecimalField(decimal_places=12, max_digits=24, verbose_name='factor')),
                    ('material', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='plant.materialdefinition', verbose_name='only for material')),
                ],
                options={
                    'verbose_name': 'unit conversion',
                    'verbose_name_plural': 'unit conversions',
                    'constraints': [models.CheckConstraint(condition=models.Q(('factor__gt', 0)), name='conversion_factor_positive'), models.UniqueConstraint(fields=('from_unit', 'to_unit', 'material'), name='conversion_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='MaterialDefinition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('use', models.CharField(choices=[('RAW', 'Raw material'), ('COMPONENT', 'Component'), ('SEMI_FINISHED', 'Semi-finished'), ('FINISHED', 'Finished good')], default='RAW', max_length=16, verbose_name='use')),
                    ('tracking', models.CharField(choices=[('LOT', 'By lot'), ('SERIAL', 'By serial')], default='LOT', max_length=8, verbose_name='tracking')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='plant.unit', verbose_name='unit')),
                    ('shelf_life_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='shelf life in days')),
                    ('gtin', models.CharField(blank=True, max_length=14, validators=[plant.models.material.check_gtin], verbose_name='GTIN')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'material',
                    'verbose_name_plural': 'materials',
                    'ordering': ['code'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('gtin', ''), _negated=True), fields=('gtin',), name='material_gtin_once')],
                },
            ),
            migrations.CreateModel(
                name='MaterialDefinitionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plant.materialdefinition')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('code', models.CharField(max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('use', models.CharField(choices=[('RAW', 'Raw material'), ('COMPONENT', 'Component'), ('SEMI_FINISHED', 'Semi-finished'), ('FINISHED', 'Finished good')], default='RAW', max_length=16, verbose_name='use')),
                    ('tracking', models.CharField(choices=[('LOT', 'By lot'), ('SERIAL', 'By serial')], default='LOT', max_length=8, verbose_name='tracking')),
                    ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.unit', verbose_name='unit')),
                    ('shelf_life_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='shelf life in days')),
                    ('gtin', models.CharField(blank=True, max_length=14, validators=[plant.models.material.check_gtin], verbose_name='GTIN')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='NumberingSeries',
                fields=[
                    ('code', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='code')),
                    ('prefix', models.CharField(max_length=20, verbose_name='prefix')),
                    ('width', models.PositiveSmallIntegerField(default=6, verbose_name='digits')),
                ],
                options={
                    'verbose_name': 'numbering series',
                    'verbose_name_plural': 'numbering series',
                },
            ),
            migrations.CreateModel(
                name='Parameter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=60, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('name_zh', models.CharField(blank=True, max_length=120, verbose_name='Chinese name')),
                    ('kind', models.CharField(choices=[('PROCESS', 'Process'), ('PRODUCT', 'Product'), ('ENVIRONMENT', 'Environment')], default='PROCESS', max_length=12, verbose_name='kind')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='plant.unit', verbose_name='unit')),
                    ('resolution', models.DecimalField(blank=True, decimal_places=9, max_digits=18, null=True, verbose_name='resolution')),
                ],
                options={
                    'verbose_name': 'parameter',
                    'verbose_name_plural': 'parameters',
                    'ordering': ['code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('resolution__isnull', True), ('resolution__gt', 0), _connector='OR'), name='parameter_resolution_positive')],
                },
                bases=(plant.models.naming.TwoNames, models.Model),
            ),
            migrations.CreateModel(
                name='Partner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('kind', models.CharField(choices=[('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer')], max_length=10, verbose_name='kind')),
                    ('gln', models.CharField(blank=True, max_length=13, validators=[plant.models.location_number.check_gln], verbose_name='GLN')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'partner',
                    'verbose_name_plural': 'partners',
                    'ordering': ['code'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('gln', ''), _negated=True), fields=('gln',), name='partner_gln_once')],
                },
            ),
            migrations.CreateModel(
                name='PartnerEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plant.partner')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('code', models.CharField(max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('kind', models.CharField(choices=[('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer')], max_length=10, verbose_name='kind')),
                    ('gln', models.CharField(blank=True, max_length=13, validators=[plant.models.location_number.check_gln], verbose_name='GLN')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ReasonCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('use', models.CharField(choices=[('SCRAP', 'Scrap'), ('REWORK', 'Rework'), ('DOWNTIME', 'Downtime'), ('HOLD', 'Hold'), ('DEFECT', 'Defect'), ('CAUSE', 'Assignable cause'), ('FALSE', 'False alarm')], max_length=10, verbose_name='use')),
                    ('code', models.CharField(max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('name_zh', models.CharField(blank=True, max_length=120, verbose_name='Chinese name')),
                    ('parent', models.ForeignKey(blank=True, help_text='The group that it stands under. People choose the finest reason.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='plant.reasoncode', verbose_name='belongs to')),
                    ('loss', models.CharField(blank=True, choices=[('PLANNED', 'Planned stop'), ('FAILURE', 'Breakdown'), ('SETUP', 'Setup and adjustment'), ('WAITING', 'Waiting')], help_text='Of reasons for downtime: what OEE counts the stop as. Empty: another unplanned stop.', max_length=8, verbose_name='kind of loss')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'reason code',
                    'verbose_name_plural': 'reason codes',
                    'ordering': ['use', 'code'],
                    'constraints': [models.UniqueConstraint(fields=('use', 'code'), name='reason_code_once'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='reason_code_not_under_itself'), models.CheckConstraint(condition=models.Q(('loss', ''), ('use', 'DOWNTIME'), _connector='OR'), name='reason_code_loss_of_downtime')],
                },
                bases=(plant.models.naming.TwoNames, models.Model),
            ),
            migrations.CreateModel(
                name='Signature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_kind', models.CharField(max_length=60)),
                    ('subject_id', models.CharField(max_length=60)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('meaning', models.CharField(choices=[('APPROVED', 'Approved'), ('REVIEWED', 'Reviewed'), ('DISPOSED', 'Disposition decided'), ('RELEASED', 'Released'), ('VERIFIED', 'Effectiveness verified'), ('CLOSED', 'Closed'), ('READ', 'Read and understood')], max_length=12, verbose_name='meaning')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('content', models.JSONField()),
                    ('content_hash', models.CharField(max_length=64)),
                    ('seal', models.CharField(max_length=64)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='signed by')),
                    ('person_name', models.CharField(max_length=120)),
                    ('at', models.DateTimeField(verbose_name='at')),
                ],
                options={
                    'verbose_name': 'signature',
                    'verbose_name_plural': 'signatures',
                    'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'version', 'meaning', 'person'), name='signature_once')],
                },
            ),
            migrations.CreateModel(
                name='IdempotencyRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('client', models.CharField(max_length=60)),
                    ('key', models.CharField(max_length=200)),
                    ('request_hash', models.CharField(max_length=64)),
                    ('status', models.PositiveSmallIntegerField(null=True)),
                    ('answer', models.JSONField(null=True)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('client', 'key'), name='idempotency_once')],
                },
            ),
            migrations.CreateModel(
                name='DeviceEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('device', models.CharField(max_length=80)),
                    ('event_id', models.UUIDField()),
                    ('request_hash', models.CharField(max_length=64)),
                    ('outcome', models.CharField(blank=True, max_length=10)),
                    ('answer', models.JSONField(null=True)),
                    ('device_at', models.DateTimeField(null=True)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('device', 'event_id'), name='device_event_once')],
                },
            ),
            migrations.CreateModel(
                name='Lease',
                fields=[
                    ('name', models.CharField(max_length=120, primary_key=True, serialize=False)),
                    ('holder', models.CharField(max_length=120)),
                    ('token', models.BigIntegerField(default=0)),
                    ('until', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='ApiKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('prefix', models.CharField(max_length=12, unique=True, verbose_name='prefix')),
                    ('secret_hash', models.CharField(max_length=64)),
                    ('scopes', models.JSONField(default=list, verbose_name='scopes')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='acts as')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                    ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
                ],
                options={
                    'verbose_name': 'API key',
                    'verbose_name_plural': 'API keys',
                    'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__isnull', True), ('expires_at__gt', models.F('created_at')), _connector='OR'), name='api_key_expires_later')],
                },
            ),
            migrations.CreateModel(
                name='SavedView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('listing', models.CharField(max_length=60, verbose_name='list')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('query', models.TextField(blank=True, verbose_name='what it asks')),
                    ('shared', models.BooleanField(default=False, verbose_name='shared')),
                    ('saved_at', models.DateTimeField(verbose_name='saved')),
                ],
                options={
                    'verbose_name': 'saved view',
                    'verbose_name_plural': 'saved views',
                    'ordering': ['name', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('shared', True)), fields=['listing'], name='saved_view_shared')],
                    'constraints': [models.UniqueConstraint(fields=('owner', 'listing', 'name'), name='saved_view_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_view_has_name')],
                },
            ),
            migrations.CreateModel(
                name='ColumnChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('listing', models.CharField(max_length=60, verbose_name='list')),
                    ('columns', models.JSONField(default=list, verbose_name='columns')),
                ],
                options={
                    'verbose_name': 'choice of columns',
                    'verbose_name_plural': 'choices of columns',
                    'constraints': [models.UniqueConstraint(fields=('person', 'listing'), name='column_choice_once')],
                },
            ),
            migrations.CreateModel(
                name='SignInFailures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('account', models.CharField(max_length=40)),
                    ('address', models.CharField(max_length=45)),
                    ('failures', models.PositiveIntegerField(default=0)),
                    ('wait_until', models.DateTimeField()),
                    ('last_at', models.DateTimeField(db_index=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('account', 'address'), name='sign_in_failures_once')],
                },
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
            migrations.CreateModel(
                name='RecoveryCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
                    ('code_hash', models.CharField(max_length=64)),
                    ('used_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'code_hash'), name='recovery_code_once')],
                },
            ),
            migrations.CreateModel(
                name='OutsideIdentity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outside_identities', to=settings.AUTH_USER_MODEL)),
                    ('issuer', models.CharField(max_length=255)),
                    ('subject', models.CharField(max_length=255)),
                    ('linked_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='outside_identity_once'), models.UniqueConstraint(fields=('person', 'issuer'), name='outside_identity_of_person_once')],
                },
            ),
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_kind', models.CharField(max_length=60)),
                    ('subject_id', models.CharField(max_length=60)),
                    ('text', models.TextField(verbose_name='comment')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ],
                options={
                    'verbose_name': 'comment',
                    'verbose_name_plural': 'comments',
                    'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='comment_subject')],
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_kind', models.CharField(max_length=60)),
                    ('subject_id', models.CharField(max_length=60)),
                    ('name', models.CharField(max_length=120, verbose_name='file')),
                    ('media_type', models.CharField(max_length=100, verbose_name='type')),
                    ('size', models.PositiveBigIntegerField(verbose_name='size')),
                    ('sha256', models.CharField(max_length=64)),
                    ('key', models.CharField(max_length=32, unique=True)),
                    ('has_preview', models.BooleanField(default=False)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='removed')),
                ],
                options={
                    'verbose_name': 'attachment',
                    'verbose_name_plural': 'attachments',
                    'indexes': [models.Index(condition=models.Q(('removed_at__isnull', True)), fields=['subject_kind', 'subject_id', 'id'], name='attachment_subject')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='attachment_not_empty')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_personevent" ("badge", "id", "is_active", "kind", "language", "name", "number", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin_failures", "site_id", "theme") VALUES (NEW."badge", NEW."id", NEW."is_active", NEW."kind", NEW."language", NEW."name", NEW."number", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pin_failures", NEW."site_id", NEW."theme"); RETURN NULL;', hash='e021f4ff28993d9cfa783f1d1af1b13cf4eadbcd', operation='INSERT', pgid='pgtrigger_insert_insert_0e705', table='plant_person', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."badge" IS DISTINCT FROM (NEW."badge") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."pin_failures" IS DISTINCT FROM (NEW."pin_failures") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."theme" IS DISTINCT FROM (NEW."theme"))', func='INSERT INTO "plant_personevent" ("badge", "id", "is_active", "kind", "language", "name", "number", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin_failures", "site_id", "theme") VALUES (NEW."badge", NEW."id", NEW."is_active", NEW."kind", NEW."language", NEW."name", NEW."number", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pin_failures", NEW."site_id", NEW."theme"); RETURN NULL;', hash='ade4f359ba304f40828ffb6c5c907076938a613c', operation='UPDATE', pgid='pgtrigger_update_update_ea4e9', table='plant_person', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='personrole',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_personroleevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role"); RETURN NULL;', hash='752b79ff853d3dff75cdad464a184886d9ca1494', operation='INSERT', pgid='pgtrigger_insert_insert_fcce7', table='plant_personrole', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='personrole',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plant_personroleevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role"); RETURN NULL;', hash='11aa45d5e4b14768587dc588b647a08a0efa22ab', operation='UPDATE', pgid='pgtrigger_update_update_1e40a', table='plant_personrole', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='personplace',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_personplaceevent" ("equipment_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."equipment_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c82e46c330a3fe39f29948c01eca3fbbd6097a30', operation='INSERT', pgid='pgtrigger_insert_insert_1beb0', table='plant_personplace', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='personplace',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plant_personplaceevent" ("equipment_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."equipment_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='5a37dd08c9c23c361f2e1dcc95affe38be1339a9', operation='UPDATE', pgid='pgtrigger_update_update_91b03', table='plant_personplace', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='personqualification',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_personqualificationevent" ("evidence", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "qualification_id", "trainer_id", "valid_from", "valid_to") VALUES (NEW."evidence", NEW."id", NEW."level", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."qualification_id", NEW."trainer_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='89a4259166887b6575f6d5cc8d7ae87c04fe9977', operation='INSERT', pgid='pgtrigger_insert_insert_e4e81', table='plant_personqualification', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='personqualification',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plant_personqualificationevent" ("evidence", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "qualification_id", "trainer_id", "valid_from", "valid_to") VALUES (NEW."evidence", NEW."id", NEW."level", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."qualification_id", NEW."trainer_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='dec8dad644fe20f66ee401f2c01ebac6d1269beb', operation='UPDATE', pgid='pgtrigger_update_update_dc1c7', table='plant_personqualification', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='equipment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_equipmentevent" ("active", "code", "gln", "id", "level", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_at", "stores_material") VALUES (NEW."active", NEW."code", NEW."gln", NEW."id", NEW."level", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."state_at", NEW."stores_material"); RETURN NULL;', hash='77741818b58d8e1b78094793fb9ee3c243497baf', operation='INSERT', pgid='pgtrigger_insert_insert_92304', table='plant_equipment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='equipment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plant_equipmentevent" ("active", "code", "gln", "id", "level", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_at", "stores_material") VALUES (NEW."active", NEW."code", NEW."gln", NEW."id", NEW."level", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."state_at", NEW."stores_material"); RETURN NULL;', hash='1ef9ddae0970bb595dd4c2b98b4c9b8de645c343', operation='UPDATE', pgid='pgtrigger_update_update_38117', table='plant_equipment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='materialdefinition',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_materialdefinitionevent" ("active", "code", "gtin", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shelf_life_days", "tracking", "unit_id", "use") VALUES (NEW."active", NEW."code", NEW."gtin", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shelf_life_days", NEW."tracking", NEW."unit_id", NEW."use"); RETURN NULL;', hash='3a24e4d0cbb68cfbd4d4216767d45fd04e38a590', operation='INSERT', pgid='pgtrigger_insert_insert_71b50', table='plant_materialdefinition', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='materialdefinition',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plant_materialdefinitionevent" ("active", "code", "gtin", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shelf_life_days", "tracking", "unit_id", "use") VALUES (NEW."active", NEW."code", NEW."gtin", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shelf_life_days", NEW."tracking", NEW."unit_id", NEW."use"); RETURN NULL;', hash='ad28c809d3a817c4e8137e974e18765181b0e612', operation='UPDATE', pgid='pgtrigger_update_update_9c45f', table='plant_materialdefinition', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='partner',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plant_partnerevent" ("active", "code", "gln", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."active", NEW."code", NEW."gln", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='a329de4de66dcb27054bcadad4a43536bebc1fa5', operation='INSERT', pgid='pgtrigger_insert_insert_c84c6', table='plant_partner', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='partner',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plant_partnerevent" ("active", "code", "gln", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."active", NEW."code", NEW."gln", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='8b849555fc660c4b5b3a302b490eabd68f1b23cf', operation='UPDATE', pgid='pgtrigger_update_update_cadde', table='plant_partner', when='AFTER')),
            ),
        ]),
    ]
