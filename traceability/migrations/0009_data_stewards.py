"""Who answers for the data of a site."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plant', '0004_key_networks'),
        ('traceability', '0008_how_it_came_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DataSteward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_at', models.DateTimeField(verbose_name='since')),
                ('until_at', models.DateTimeField(null=True, verbose_name='until')),
                ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='appointed by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looks after the data')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment', verbose_name='site')),
            ],
            options={
                'verbose_name': 'data maintainer',
                'verbose_name_plural': 'data maintainers',
                'ordering': ['site', '-from_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_at__isnull', True)), fields=('site',), name='data_steward_one_at_a_time'), models.CheckConstraint(condition=models.Q(('until_at__isnull', True), ('until_at__gte', models.F('from_at')), _connector='OR'), name='data_steward_ends_after_it_began')],
            },
        ),
    ]
