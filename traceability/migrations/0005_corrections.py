"""Trace data changes only by an approved change."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('plant', '0002_every_wall'),
        ('traceability', '0004_customers_pages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('status', models.CharField(choices=[('PROPOSED', 'Proposed'), ('APPROVED', 'Approved'), ('REFUSED', 'Refused'), ('WITHDRAWN', 'Withdrawn')], default='PROPOSED', max_length=10, verbose_name='status')),
                ('kind', models.CharField(choices=[('SUPPLIER_LOT', "Supplier's lot"), ('EXPIRES', 'Expiry'), ('MADE', 'Made or received'), ('OPERATOR', 'Operator of an operation'), ('EQUIPMENT', 'Equipment of an operation'), ('CONSUMED', 'Consumption'), ('VALUE', 'Collected value')], max_length=12, verbose_name='what')),
                ('row', models.BigIntegerField(null=True)),
                ('old', models.CharField(blank=True, max_length=300, verbose_name='as it is recorded')),
                ('new', models.CharField(blank=True, max_length=300, verbose_name='as it was')),
                ('text', models.CharField(blank=True, max_length=200)),
                ('moment', models.DateTimeField(null=True)),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('reason', models.TextField(verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='proposed')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('actual', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='traceability.materialactual')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('booked', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='traceability.materialactual', verbose_name='booked instead')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('equipment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.equipment')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='traceability.materiallot', verbose_name='lot')),
                ('other_lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='traceability.materiallot')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.signature')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='traceability.visit')),
            ],
            options={
                'verbose_name': 'change of trace data',
                'verbose_name_plural': 'changes of trace data',
                'indexes': [models.Index(fields=['-asked_at'], name='correction_newest'), models.Index(fields=['lot', 'status'], name='correction_of_lot')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status', 'PROPOSED')), models.Q(('decided_at__isnull', False), ('status__in', ['APPROVED', 'REFUSED']), models.Q(('decided_by', models.F('asked_by')), _negated=True), ('decided_by__isnull', False)), models.Q(('decided_at__isnull', False), ('decided_by', models.F('asked_by')), ('status', 'WITHDRAWN')), _connector='OR'), name='correction_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('signature__isnull', False), ('status', 'APPROVED')), models.Q(('status', 'APPROVED'), _negated=True), _connector='OR'), name='correction_approved_is_signed'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_reason'), models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='correction_changes_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['SUPPLIER_LOT', 'EXPIRES']), ('actual__isnull', True), ('row__isnull', True), ('visit__isnull', True)), models.Q(('kind', 'MADE'), ('moment__isnull', False), ('actual__isnull', True), ('row__isnull', True), ('visit__isnull', True)), models.Q(('kind', 'OPERATOR'), ('person__isnull', False), ('actual__isnull', True), ('row__isnull', True), ('visit__isnull', False)), models.Q(('equipment__isnull', False), ('kind', 'EQUIPMENT'), ('actual__isnull', True), ('row__isnull', True), ('visit__isnull', False)), models.Q(('kind', 'CONSUMED'), ('other_lot__isnull', False), ('quantity__gte', 0), ('actual__isnull', False), ('row__isnull', True), ('visit__isnull', True)), models.Q(('kind', 'VALUE'), ('actual__isnull', True), ('row__isnull', False), ('visit__isnull', True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='correction_of_its_fact'), models.UniqueConstraint(condition=models.Q(('status', 'PROPOSED')), fields=('lot', 'kind', 'visit', 'actual', 'row'), name='correction_open_once', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL((SQL / "corrections.sql").read_text(), migrations.RunSQL.noop),
    ]
