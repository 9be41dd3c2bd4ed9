"""Screens on the wall, with boards to go round and an address of their own."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mes', '0006_scan_queue'),
        ('plant', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WallScreen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('boards', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('LINE', 'Line'), ('PLANT', 'Plant overview'), ('QUALITY', 'Quality')], max_length=10), size=None, verbose_name='boards')),
                ('seconds', models.PositiveSmallIntegerField(default=30, verbose_name='seconds for each board')),
                ('language', models.CharField(choices=[('zh-hans', 'Simplified Chinese'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('token_end', models.CharField(max_length=4, verbose_name='address ends with')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='open until')),
                ('created_at', models.DateTimeField(verbose_name='set up')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='last seen')),
                ('page', models.CharField(blank=True, max_length=60)),
                ('is_paused', models.BooleanField(default=False)),
                ('turned_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set up by')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='line')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
            ],
            options={
                'verbose_name': 'wall screen',
                'verbose_name_plural': 'wall screens',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('seconds__gte', 5), ('seconds__lte', 3600)), name='wall_screen_turns'), models.CheckConstraint(condition=models.Q(('boards__len__gte', 1)), name='wall_screen_has_boards'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='wall_screen_closed_by_somebody'), models.CheckConstraint(condition=models.Q(('expires_at__isnull', True), ('expires_at__gt', models.F('created_at')), _connector='OR'), name='wall_screen_ends_later')],
            },
        ),
    ]
