"""Drawings with numbered balloons."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plant', '0010_skill_levels'),
        ('qms', '0013_apqp'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Drawing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='drawing number')),
                ('revision', models.CharField(max_length=20, verbose_name='revision')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('media_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('key', models.CharField(db_index=True, max_length=32)),
                ('pages', models.JSONField(default=list, verbose_name='pages')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.materialdefinition', verbose_name='material')),
            ],
            options={
                'verbose_name': 'drawing',
                'verbose_name_plural': 'drawings',
                'ordering': ['code', '-at'],
            },
        ),
        migrations.CreateModel(
            name='Balloon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('page', models.PositiveSmallIntegerField(default=1, verbose_name='page')),
                ('x', models.FloatField(verbose_name='from the left')),
                ('y', models.FloatField(verbose_name='from the top')),
                ('requirement', models.CharField(blank=True, max_length=200, verbose_name='requirement')),
                ('characteristic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='balloons', to='qms.characteristic', verbose_name='characteristic')),
                ('drawing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balloons', to='qms.drawing', verbose_name='drawing')),
            ],
            options={
                'verbose_name': 'balloon',
                'verbose_name_plural': 'balloons',
                'ordering': ['drawing', 'number'],
            },
        ),
        migrations.AddConstraint(
            model_name='drawing',
            constraint=models.UniqueConstraint(fields=('code', 'revision'), name='drawing_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='drawing',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), models.Q(('pages', []), _negated=True)), name='drawing_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='balloon',
            constraint=models.UniqueConstraint(fields=('drawing', 'number'), name='balloon_number_once'),
        ),
        migrations.AddConstraint(
            model_name='balloon',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('page__gte', 1), ('x__gte', 0), ('x__lte', 1), ('y__gte', 0), ('y__lte', 1)), name='balloon_on_its_page'),
        ),
        migrations.AddConstraint(
            model_name='balloon',
            constraint=models.CheckConstraint(condition=models.Q(('characteristic__isnull', False), models.Q(('requirement', ''), _negated=True), _connector='OR'), name='balloon_says_something'),
        ),
    ]
