"""Gauges have labels."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plant', '0010_skill_levels'),
        ('traceability', '0015_own_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='labelprint',
            name='label_print_of_its_thing',
        ),
        migrations.RemoveConstraint(
            model_name='labeltemplate',
            name='label_places_are_plain',
        ),
        migrations.AlterField(
            model_name='labelprint',
            name='kind',
            field=models.CharField(choices=[('LOT', 'Lot'), ('SERIAL', 'Serial'), ('CARTON', 'Carton'), ('PALLET', 'Pallet'), ('MATERIAL', 'Material'), ('STATION', 'Station'), ('EQUIPMENT', 'Equipment'), ('GAUGE', 'Gauge')], max_length=10, verbose_name='label of'),
        ),
        migrations.AlterField(
            model_name='labeltemplate',
            name='kind',
            field=models.CharField(choices=[('LOT', 'Lot'), ('SERIAL', 'Serial'), ('CARTON', 'Carton'), ('PALLET', 'Pallet'), ('MATERIAL', 'Material'), ('STATION', 'Station'), ('EQUIPMENT', 'Equipment'), ('GAUGE', 'Gauge')], max_length=10, verbose_name='label of'),
        ),
        migrations.AlterField(
            model_name='labeltemplateevent',
            name='kind',
            field=models.CharField(choices=[('LOT', 'Lot'), ('SERIAL', 'Serial'), ('CARTON', 'Carton'), ('PALLET', 'Pallet'), ('MATERIAL', 'Material'), ('STATION', 'Station'), ('EQUIPMENT', 'Equipment'), ('GAUGE', 'Gauge')], max_length=10, verbose_name='label of'),
        ),
        migrations.AddConstraint(
            model_name='labelprint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['LOT', 'SERIAL']), ('lot__isnull', False), ('unit__isnull', True)), models.Q(('kind__in', ['CARTON', 'PALLET']), ('lot__isnull', True), ('unit__isnull', False)), models.Q(('kind__in', ['MATERIAL', 'STATION', 'EQUIPMENT', 'GAUGE']), ('lot__isnull', True), ('unit__isnull', True)), _connector='OR'), name='label_print_of_its_thing'),
        ),
        migrations.AddConstraint(
            model_name='labeltemplate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('STATION', 'EQUIPMENT', 'GAUGE')), _negated=True), models.Q(('customer__isnull', True), ('material__isnull', True), ('needs_check', False), models.Q(('symbology__in', ('GS1_128', 'GS1_DATAMATRIX')), _negated=True), models.Q(('beside__in', ('GS1_128', 'GS1_DATAMATRIX')), _negated=True)), _connector='OR'), name='label_places_are_plain'),
        ),
    ]
