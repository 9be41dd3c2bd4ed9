"""Operator checks that come from control plans, for work that was planned while they held."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mes', '0028_positions'),
        ('qms', '0012_planning'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='checkrule',
            name='check_rule_name_once',
        ),
        migrations.AddField(
            model_name='checkrule',
            name='plan_line',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='check_rules', to='qms.controlplanline', verbose_name='control plan line'),
        ),
        migrations.AddField(
            model_name='checkrule',
            name='since',
            field=models.DateTimeField(editable=False, null=True, verbose_name='for work planned since'),
        ),
        migrations.AddField(
            model_name='checkrule',
            name='until',
            field=models.DateTimeField(editable=False, null=True, verbose_name='for work planned until'),
        ),
        migrations.AddConstraint(
            model_name='checkrule',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('segment', 'name'), name='check_rule_name_once'),
        ),
        migrations.AddConstraint(
            model_name='checkrule',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='check_rule_ends_after_it_began'),
        ),
    ]
