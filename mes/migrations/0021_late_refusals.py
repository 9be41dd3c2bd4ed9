"""What tablets kept without network and could no longer be done."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mes', '0020_machines'),
        ('plant', '0009_loss_of_reasons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LateRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.UUIDField(unique=True)),
                ('act', models.CharField(max_length=20, verbose_name='act')),
                ('scanned', models.CharField(max_length=200, verbose_name='scanned')),
                ('code', models.CharField(max_length=60)),
                ('reason', models.TextField(verbose_name='why not')),
                ('made_at', models.DateTimeField(verbose_name='done')),
                ('at', models.DateTimeField(verbose_name='refused')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='seen to')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='what was done')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seen to by')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='station')),
            ],
            options={
                'verbose_name': 'refused afterwards',
                'verbose_name_plural': 'refused afterwards',
                'indexes': [models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['station'], name='late_refusal_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('seen_at__isnull', True), ('seen_by__isnull', True)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='late_refusal_seen_whole')],
            },
        ),
    ]
