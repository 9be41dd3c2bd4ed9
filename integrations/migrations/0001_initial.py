"""Every table of integrations."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from plant.tables import TablesAtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mes', '0002_every_wall'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0002_every_wall'),
        ('traceability', '0002_every_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='Channel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('kind', models.CharField(choices=[('BELL', 'Bell in the plant'), ('EMAIL', 'E-mail'), ('PUSH', 'Browser push'), ('WEBHOOK', 'Webhook'), ('DINGTALK', 'DingTalk robot'), ('WECOM', 'WeCom robot')], max_length=10, verbose_name='kind')),
                    ('address', models.URLField(blank=True, help_text="Of a webhook, or of a robot without its token; empty for a robot's usual one, e-mail and bell.", max_length=400, verbose_name='address')),
                    ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                    ('enabled', models.BooleanField(default=True, verbose_name='in use')),
                    ('sealed', models.TextField(blank=True, editable=False)),
                    ('rests_until', models.DateTimeField(editable=False, null=True, verbose_name='rests until')),
                    ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='failures in a row')),
                    ('last_ok_at', models.DateTimeField(editable=False, null=True, verbose_name='last delivered')),
                    ('last_error', models.CharField(blank=True, editable=False, max_length=300, verbose_name='last error')),
                ],
                options={
                    'verbose_name': 'channel',
                    'verbose_name_plural': 'channels',
                    'ordering': ['code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'WEBHOOK'), _negated=True), models.Q(('address', ''), _negated=True), _connector='OR'), name='channel_webhook_has_address')],
                },
            ),
            migrations.CreateModel(
                name='ChannelEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='integrations.channel')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('kind', models.CharField(choices=[('BELL', 'Bell in the plant'), ('EMAIL', 'E-mail'), ('PUSH', 'Browser push'), ('WEBHOOK', 'Webhook'), ('DINGTALK', 'DingTalk robot'), ('WECOM', 'WeCom robot')], max_length=10, verbose_name='kind')),
                    ('address', models.URLField(blank=True, help_text="Of a webhook, or of a robot without its token; empty for a robot's usual one, e-mail and bell.", max_length=400, verbose_name='address')),
                    ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                    ('enabled', models.BooleanField(default=True, verbose_name='in use')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Subscription',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('news', models.CharField(choices=[('ALARM', 'Alarm raised'), ('ASSIGNED', 'Alarm handed over'), ('ESCALATED', 'Alarm handed up'), ('SAMPLE', 'Sample missed'), ('NONCONFORMANCE', 'Nonconformance opened'), ('OVERDUE', 'Task overdue')], max_length=16, verbose_name='news')),
                    ('weight', models.PositiveSmallIntegerField(choices=[(1, 'Normal'), (2, 'Important'), (3, 'Critical')], default=1, verbose_name='from weight')),
                    ('line', models.ForeignKey(blank=True, help_text='A line, site or machine, with all that stands in it. Empty: the whole plant.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='line')),
                    ('role', models.CharField(blank=True, choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], help_text='Bell, e-mail and push: who is told. Empty: the role or person that must answer.', max_length=20, verbose_name='role')),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to='integrations.channel', verbose_name='channel')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'notification rule',
                    'verbose_name_plural': 'notification rules',
                    'ordering': ['news', 'channel'],
                    'constraints': [models.UniqueConstraint(fields=('news', 'line', 'role', 'channel'), name='subscription_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='SubscriptionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='integrations.subscription')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('news', models.CharField(choices=[('ALARM', 'Alarm raised'), ('ASSIGNED', 'Alarm handed over'), ('ESCALATED', 'Alarm handed up'), ('SAMPLE', 'Sample missed'), ('NONCONFORMANCE', 'Nonconformance opened'), ('OVERDUE', 'Task overdue')], max_length=16, verbose_name='news')),
                    ('weight', models.PositiveSmallIntegerField(choices=[(1, 'Normal'), (2, 'Important'), (3, 'Critical')], default=1, verbose_name='from weight')),
                    ('line', models.ForeignKey(blank=True, db_constraint=False, help_text='A line, site or machine, with all that stands in it. Empty: the whole plant.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.equipment', verbose_name='line')),
                    ('role', models.CharField(blank=True, choices=[('PLANNER', 'Planner'), ('OPERATOR', 'Operator'), ('TEAM_LEADER', 'Team leader'), ('INSPECTOR', 'Inspector'), ('QUALITY_ENGINEER', 'Quality engineer'), ('QUALITY_MANAGER', 'Quality manager'), ('WAREHOUSE', 'Warehouse'), ('MAINTENANCE', 'Maintenance'), ('INTEGRATOR', 'Integrator'), ('VIEWER', 'Viewer'), ('SUPPLIER', 'Supplier'), ('CUSTOMER', 'Customer'), ('ADMINISTRATOR', 'Administrator')], help_text='Bell, e-mail and push: who is told. Empty: the role or person that must answer.', max_length=20, verbose_name='role')),
                    ('channel', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='integrations.channel', verbose_name='channel')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Reach',
                fields=[
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reach', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='quiet from')),
                    ('quiet_to', models.TimeField(blank=True, null=True, verbose_name='quiet to')),
                ],
                options={
                    'verbose_name': 'way to reach a person',
                    'verbose_name_plural': 'ways to reach people',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_to__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_to__isnull', False)), _connector='OR'), name='reach_quiet_is_whole')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=120, unique=True)),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='integrations.channel', verbose_name='channel')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='integrations.pushdevice', verbose_name='device')),
                    ('entry_id', models.BigIntegerField(null=True, verbose_name='journal entry')),
                    ('news', models.CharField(choices=[('ALARM', 'Alarm raised'), ('ASSIGNED', 'Alarm handed over'), ('ESCALATED', 'Alarm handed up'), ('SAMPLE', 'Sample missed'), ('NONCONFORMANCE', 'Nonconformance opened'), ('OVERDUE', 'Task overdue'), ('TEST', 'Test message')], max_length=16, verbose_name='news')),
                    ('weight', models.PositiveSmallIntegerField(choices=[(1, 'Normal'), (2, 'Important'), (3, 'Critical')], verbose_name='weight')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('text', models.TextField(blank=True, verbose_name='text')),
                    ('url', models.CharField(blank=True, max_length=500, verbose_name='page')),
                    ('facts', models.JSONField(default=dict)),
                    ('status', models.CharField(choices=[('WAITING', 'On its way'), ('SENT', 'Delivered'), ('DEAD', 'Given up')], default='WAITING', max_length=8, verbose_name='status')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                    ('made_at', models.DateTimeField(verbose_name='made')),
                    ('next_at', models.DateTimeField(verbose_name='next attempt')),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('lease', models.UUIDField(null=True)),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='delivered')),
                    ('last_error', models.CharField(blank=True, max_length=300, verbose_name='last error')),
                ],
                options={
                    'verbose_name': 'message',
                    'verbose_name_plural': 'messages',
                    'indexes': [models.Index(condition=models.Q(('status', 'WAITING')), fields=['channel', 'next_at'], name='message_waiting'), models.Index(condition=models.Q(('status', 'SENT')), fields=['channel', 'sent_at'], name='message_sent')],
                },
            ),
            migrations.CreateModel(
                name='Plc',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('host', models.CharField(max_length=255, verbose_name='host')),
                    ('port', models.PositiveIntegerField(default=502, verbose_name='port')),
                    ('unit', models.PositiveSmallIntegerField(default=1, verbose_name='unit id')),
                    ('period_ms', models.PositiveIntegerField(default=1000, verbose_name='poll period (ms)')),
                    ('timeout_ms', models.PositiveIntegerField(default=800, verbose_name='timeout (ms)')),
                    ('equipment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plcs', to='plant.equipment', verbose_name='equipment')),
                    ('enabled', models.BooleanField(default=True, verbose_name='polled')),
                    ('writes_recipes', models.BooleanField(default=False, help_text='Off: recipes are only compared with what the controller holds.', verbose_name='recipes may be written')),
                    ('map_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='map version')),
                ],
                options={
                    'verbose_name': 'PLC',
                    'verbose_name_plural': 'PLCs',
                    'ordering': ['code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('port__gte', 1), ('port__lte', 65535)), name='plc_port_range'), models.CheckConstraint(condition=models.Q(('unit__lte', 255)), name='plc_unit_range'), models.CheckConstraint(condition=models.Q(('period_ms__gte', 20)), name='plc_period_min'), models.CheckConstraint(condition=models.Q(('timeout_ms__gte', 50), ('timeout_ms__lte', 5000)), name='plc_timeout_range')],
                },
            ),
            migrations.CreateModel(
                name='PlcTag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('plc', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='integrations.plc', verbose_name='PLC')),
                    ('name', models.SlugField(max_length=80, verbose_name='name')),
                    ('label', models.CharField(blank=True, max_length=200, verbose_name="name in the maker's map")),
                    ('address', models.PositiveIntegerField(help_text='Counted from zero, as on the wire.', verbose_name='address')),
                    ('table', models.CharField(choices=[('holding', 'Holding register'), ('input', 'Input register'), ('coil', 'Coil'), ('discrete', 'Discrete input')], default='holding', max_length=10, verbose_name='table')),
                    ('data_type', models.CharField(choices=[('int16', 'Integer 16 bit'), ('uint16', 'Unsigned 16 bit'), ('int32', 'Integer 32 bit'), ('uint32', 'Unsigned 32 bit'), ('int64', 'Integer 64 bit'), ('uint64', 'Unsigned 64 bit'), ('float32', 'Float 32 bit'), ('float64', 'Float 64 bit'), ('bool', 'Bit')], default='uint16', max_length=10, verbose_name='data type')),
                    ('word_order', models.CharField(choices=[('ABCD', 'ABCD (big endian)'), ('CDAB', 'CDAB (words swapped)'), ('BADC', 'BADC (bytes swapped)'), ('DCBA', 'DCBA (little endian)')], default='ABCD', max_length=4, verbose_name='word order')),
                    ('scale', models.FloatField(default=1.0, verbose_name='scale')),
                    ('exponent', models.PositiveIntegerField(blank=True, help_text='Of the same table; its signed 16 bits say by which power of ten the value is multiplied.', null=True, verbose_name='register of the power of ten')),
                    ('offset', models.FloatField(default=0.0, verbose_name='offset')),
                    ('unit', models.CharField(blank=True, max_length=20, verbose_name="unit in the maker's map")),
                    ('bit', models.PositiveSmallIntegerField(default=0, verbose_name='bit')),
                    ('minimum', models.FloatField(blank=True, null=True, verbose_name='plausible from')),
                    ('maximum', models.FloatField(blank=True, null=True, verbose_name='plausible to')),
                    ('sentinel', models.BooleanField(default=False, verbose_name='all-ones means absent')),
                    ('max_rate', models.FloatField(blank=True, null=True, verbose_name='highest counts per second')),
                    ('kind', models.CharField(choices=[('process', 'Process value'), ('environment', 'Ambient value'), ('counter', 'Counter'), ('state', 'Machine state'), ('packml', 'Machine state by PackML'), ('setpoint', 'Setpoint'), ('heartbeat', 'Heartbeat'), ('identity', 'Map version')], default='process', max_length=12, verbose_name='kind')),
                    ('stream', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plc_tags', to='traceability.stream', verbose_name='readings go to')),
                    ('writable', models.BooleanField(default=False, verbose_name='may be written')),
                ],
                options={
                    'verbose_name': 'PLC tag',
                    'verbose_name_plural': 'PLC tags',
                    'ordering': ['plc', 'table', 'address', 'bit'],
                    'constraints': [models.UniqueConstraint(fields=('plc', 'name'), name='plc_tag_name_once'), models.CheckConstraint(condition=models.Q(('address__lte', 65535)), name='plc_tag_address_range'), models.CheckConstraint(condition=models.Q(('bit__lte', 15)), name='plc_tag_bit_range'), models.CheckConstraint(condition=models.Q(('scale', 0), _negated=True), name='plc_tag_scale_not_zero'), models.CheckConstraint(condition=models.Q(('exponent', None), models.Q(('exponent__lte', 65535), ('table__in', ['holding', 'input'])), _connector='OR'), name='plc_tag_exponent_is_a_register'), models.CheckConstraint(condition=models.Q(('minimum', None), ('maximum', None), ('minimum__lt', models.F('maximum')), _connector='OR'), name='plc_tag_limits_ordered'), models.CheckConstraint(condition=models.Q(('writable', False), models.Q(('kind', 'setpoint'), ('table__in', ['holding', 'coil'])), _connector='OR'), name='plc_tag_only_setpoints_written')],
                },
            ),
            migrations.CreateModel(
                name='PlcHealth',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('plc', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='health', to='integrations.plc', verbose_name='PLC')),
                    ('state', models.CharField(choices=[('UNKNOWN', 'Not polled yet'), ('ONLINE', 'Online'), ('SILENT', 'No answer'), ('STUCK', 'Heartbeat stands still'), ('MISMATCH', 'Wrong register map')], default='UNKNOWN', max_length=10, verbose_name='state')),
                    ('last_ok_at', models.DateTimeField(blank=True, null=True, verbose_name='last answer')),
                    ('polls', models.PositiveBigIntegerField(default=0, verbose_name='polls')),
                    ('errors', models.PositiveBigIntegerField(default=0, verbose_name='errors')),
                    ('latency_ms', models.FloatField(blank=True, null=True, verbose_name='latency (ms)')),
                    ('last_error', models.CharField(blank=True, max_length=300, verbose_name='last error')),
                    ('backlog', models.PositiveBigIntegerField(default=0, verbose_name='records waiting in the spool')),
                    ('updated_at', models.DateTimeField(verbose_name='written down at')),
                ],
                options={
                    'verbose_name': 'PLC health',
                    'verbose_name_plural': 'PLC health',
                },
            ),
            migrations.CreateModel(
                name='PlcCounter',
                fields=[
                    ('tag', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counter', serialize=False, to='integrations.plctag')),
                    ('value', models.DecimalField(decimal_places=0, max_digits=20)),
                    ('seq', models.BigIntegerField()),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'counter mark',
                    'verbose_name_plural': 'counter marks',
                },
            ),
            migrations.CreateModel(
                name='Conditioning',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tag', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='conditioning', to='integrations.plctag', verbose_name='PLC tag')),
                    ('stream', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='conditioning', to='traceability.stream', verbose_name='conditioned stream')),
                    ('spike_window', models.PositiveSmallIntegerField(default=0, help_text='0 looks for none. Otherwise the newest readings, 3 to 51, that a value is compared with.', verbose_name='readings looked at for spikes')),
                    ('spike_factor', models.FloatField(default=3.0, help_text='How many times the median deviation (MAD × 1.4826) a value may be away from the median.', verbose_name='spike from deviations')),
                    ('spike_least', models.FloatField(default=0.0, help_text='In the unit of the value: a step no larger than this is no spike, however quiet the signal is.', verbose_name='never a spike up to')),
                    ('leave_out', models.BooleanField(default=False, help_text="Off: a spike is kept with the quality “uncertain”, so that charts show it and don't judge it.", verbose_name='leave spikes out')),
                    ('median_window', models.PositiveSmallIntegerField(default=1, help_text='An odd number up to 51; 1 takes every reading as it is.', verbose_name='median of readings')),
                    ('seconds', models.FloatField(default=0.0, help_text='0 averages nothing. After this time a step has come through to 63 %.', verbose_name='time constant of the average (s)')),
                    ('deadband', models.FloatField(default=0.0, help_text='Only what has moved farther than this since the last kept reading is kept; each minute one is.', verbose_name='dead band')),
                    ('is_percent', models.BooleanField(default=False, verbose_name='dead band in percent of the value')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'conditioning of a tag',
                    'verbose_name_plural': 'conditioning of tags',
                    'ordering': ['tag'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('spike_window', 0), models.Q(('spike_window__gte', 3), ('spike_window__lte', 51)), _connector='OR'), name='conditioning_spike_window'), models.CheckConstraint(condition=models.Q(('median_window__gte', 1), ('median_window__lte', 51), ('median_window', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('median_window'), '/', models.Value(2)), '*', models.Value(2)), '+', models.Value(1)))), name='conditioning_median_is_odd'), models.CheckConstraint(condition=models.Q(('deadband__gte', 0), ('deadband__lt', 1e+300), ('seconds__gte', 0), ('seconds__lte', 86400), ('spike_factor__gt', 0), ('spike_factor__lt', 1000000.0), ('spike_least__gte', 0), ('spike_least__lt', 1e+300)), name='conditioning_numbers_fit')],
                },
            ),
            migrations.CreateModel(
                name='ConditioningEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='integrations.conditioning')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('tag', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='integrations.plctag', verbose_name='PLC tag')),
                    ('stream', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='traceability.stream', verbose_name='conditioned stream')),
                    ('spike_window', models.PositiveSmallIntegerField(default=0, help_text='0 looks for none. Otherwise the newest readings, 3 to 51, that a value is compared with.', verbose_name='readings looked at for spikes')),
                    ('spike_factor', models.FloatField(default=3.0, help_text='How many times the median deviation (MAD × 1.4826) a value may be away from the median.', verbose_name='spike from deviations')),
                    ('spike_least', models.FloatField(default=0.0, help_text='In the unit of the value: a step no larger than this is no spike, however quiet the signal is.', verbose_name='never a spike up to')),
                    ('leave_out', models.BooleanField(default=False, help_text="Off: a spike is kept with the quality “uncertain”, so that charts show it and don't judge it.", verbose_name='leave spikes out')),
                    ('median_window', models.PositiveSmallIntegerField(default=1, help_text='An odd number up to 51; 1 takes every reading as it is.', verbose_name='median of readings')),
                    ('seconds', models.FloatField(default=0.0, help_text='0 averages nothing. After this time a step has come through to 63 %.', verbose_name='time constant of the average (s)')),
                    ('deadband', models.FloatField(default=0.0, help_text='Only what has moved farther than this since the last kept reading is kept; each minute one is.', verbose_name='dead band')),
                    ('is_percent', models.BooleanField(default=False, verbose_name='dead band in percent of the value')),
                    ('active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ConditioningMemory',
                fields=[
                    ('conditioning', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='memory', serialize=False, to='integrations.conditioning')),
                    ('settings', models.CharField(max_length=300)),
                    ('held', models.BinaryField()),
                ],
                options={
                    'verbose_name': 'memory of a condition',
                    'verbose_name_plural': 'memories of conditions',
                },
            ),
            migrations.CreateModel(
                name='EpcisDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
                    ('head', models.JSONField()),
                    ('events', models.PositiveIntegerField(verbose_name='events')),
                    ('new', models.PositiveIntegerField(verbose_name='new')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by')),
                    ('at', models.DateTimeField(verbose_name='taken')),
                ],
                options={
                    'verbose_name': 'EPCIS document',
                    'verbose_name_plural': 'EPCIS documents',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['-at'], name='epcis_document_newest')],
                },
            ),
            migrations.CreateModel(
                name='EpcisEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=300)),
                    ('is_declared_wrong', models.BooleanField(default=False, verbose_name='declared wrong')),
                    ('kind', models.CharField(max_length=30, verbose_name='kind')),
                    ('at', models.DateTimeField(verbose_name='happened')),
                    ('action', models.CharField(blank=True, max_length=8, verbose_name='action')),
                    ('biz_step', models.CharField(blank=True, max_length=200, verbose_name='business step')),
                    ('disposition', models.CharField(blank=True, max_length=200, verbose_name='disposition')),
                    ('read_point', models.CharField(blank=True, max_length=300, verbose_name='read point')),
                    ('biz_location', models.CharField(blank=True, max_length=300, verbose_name='location')),
                    ('things', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None, verbose_name='things')),
                    ('body', models.JSONField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='first_told', to='integrations.epcisdocument')),
                    ('at_site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
                ],
                options={
                    'verbose_name': 'EPCIS event',
                    'verbose_name_plural': 'EPCIS events',
                    'indexes': [models.Index(fields=['at', 'id'], name='epcis_event_time'), django.contrib.postgres.indexes.GinIndex(fields=['things'], name='epcis_things')],
                    'constraints': [models.UniqueConstraint(fields=('key', 'is_declared_wrong'), name='epcis_event_once')],
                },
            ),
            migrations.CreateModel(
                name='EpcisEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='integrations.epcisdocument')),
                    ('position', models.PositiveIntegerField()),
                    ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='integrations.epcisevent')),
                    ('body', models.JSONField(null=True)),
                ],
                options={
                    'ordering': ['document', 'position'],
                    'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='epcis_entry_once')],
                },
            ),
            migrations.CreateModel(
                name='PushDevice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='push_devices', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('endpoint', models.CharField(max_length=1000, unique=True, verbose_name='address')),
                    ('p256dh', models.CharField(max_length=120)),
                    ('auth', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=120, verbose_name='device')),
                    ('made_at', models.DateTimeField(verbose_name='since')),
                ],
                options={
                    'verbose_name': 'browser that is told',
                    'verbose_name_plural': 'browsers that are told',
                    'ordering': ['person', 'made_at'],
                },
            ),
            migrations.CreateModel(
                name='RecipeTag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tag', models.OneToOneField(limit_choices_to={'kind': 'setpoint'}, on_delete=django.db.models.deletion.CASCADE, related_name='recipe', to='integrations.plctag', verbose_name='PLC tag')),
                    ('parameter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.parameter', verbose_name='golden parameter')),
                    ('tolerance', models.FloatField(default=0, help_text='What the controller holds may differ from the target by so much.', verbose_name='may differ by')),
                ],
                options={
                    'verbose_name': 'recipe tag',
                    'verbose_name_plural': 'recipe tags',
                    'constraints': [models.CheckConstraint(condition=models.Q(('tolerance__gte', 0), ('tolerance__lt', 1e+300)), name='recipe_tag_tolerance')],
                },
            ),
            migrations.CreateModel(
                name='RecipeWrite',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('job_order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mes.joborder', verbose_name='work order')),
                    ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mes.parameterspecification', verbose_name='golden parameter')),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='integrations.plctag', verbose_name='PLC tag')),
                    ('before', models.FloatField(null=True, verbose_name='before')),
                    ('wanted', models.FloatField(verbose_name='wanted')),
                    ('after', models.FloatField(null=True, verbose_name='after')),
                    ('outcome', models.CharField(choices=[('VERIFIED', 'Read back and equal'), ('MISMATCH', 'Read back, but different'), ('UNCONFIRMED', 'Not confirmed')], max_length=11, verbose_name='outcome')),
                    ('reason', models.CharField(max_length=200, verbose_name='reason')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('at', models.DateTimeField(verbose_name='at')),
                ],
                options={
                    'verbose_name': 'value of a recipe written',
                    'verbose_name_plural': 'values of recipes written',
                    'indexes': [models.Index(fields=['job_order', '-at'], name='recipe_write_of_job')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'VERIFIED'), _negated=True), ('after__isnull', False), _connector='OR'), name='recipe_write_verified_was_read'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='recipe_write_says_why')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='channel',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "integrations_channelevent" ("address", "code", "enabled", "id", "kind", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."code", NEW."enabled", NEW."id", NEW."kind", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='1635e19a5fab3751a6eee3ea6999854840b4b972', operation='INSERT', pgid='pgtrigger_insert_insert_ff1f7', table='integrations_channel', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='channel',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."enabled" IS DISTINCT FROM (NEW."enabled") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func='INSERT INTO "integrations_channelevent" ("address", "code", "enabled", "id", "kind", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."code", NEW."enabled", NEW."id", NEW."kind", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='80b522200d7e118da63722599c6621e43dc10113', operation='UPDATE', pgid='pgtrigger_update_update_7857d', table='integrations_channel', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='subscription',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "integrations_subscriptionevent" ("active", "channel_id", "id", "line_id", "news", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "weight") VALUES (NEW."active", NEW."channel_id", NEW."id", NEW."line_id", NEW."news", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."weight"); RETURN NULL;', hash='5c9129795056029285609a3432d9601dfc487980', operation='INSERT', pgid='pgtrigger_insert_insert_5d9c3', table='integrations_subscription', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='subscription',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "integrations_subscriptionevent" ("active", "channel_id", "id", "line_id", "news", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "weight") VALUES (NEW."active", NEW."channel_id", NEW."id", NEW."line_id", NEW."news", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."weight"); RETURN NULL;', hash='3c7396610f9c08edaba7f49219f89b7570cf24e9', operation='UPDATE', pgid='pgtrigger_update_update_25591', table='integrations_subscription', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='conditioning',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "integrations_conditioningevent" ("active", "deadband", "id", "is_percent", "leave_out", "median_window", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "spike_factor", "spike_least", "spike_window", "stream_id", "tag_id") VALUES (NEW."active", NEW."deadband", NEW."id", NEW."is_percent", NEW."leave_out", NEW."median_window", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seconds", NEW."spike_factor", NEW."spike_least", NEW."spike_window", NEW."stream_id", NEW."tag_id"); RETURN NULL;', hash='5fd162798ce5c15383ccd04e1f6d09681c309922', operation='INSERT', pgid='pgtrigger_insert_insert_d5005', table='integrations_conditioning', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='conditioning',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "integrations_conditioningevent" ("active", "deadband", "id", "is_percent", "leave_out", "median_window", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seconds", "spike_factor", "spike_least", "spike_window", "stream_id", "tag_id") VALUES (NEW."active", NEW."deadband", NEW."id", NEW."is_percent", NEW."leave_out", NEW."median_window", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seconds", NEW."spike_factor", NEW."spike_least", NEW."spike_window", NEW."stream_id", NEW."tag_id"); RETURN NULL;', hash='0a708be0aac54c748109b54d371ef6d696fd2519', operation='UPDATE', pgid='pgtrigger_update_update_52d09', table='integrations_conditioning', when='AFTER')),
            ),
        ]),
    ]
