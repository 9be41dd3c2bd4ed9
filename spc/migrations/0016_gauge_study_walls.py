"""What must hold of every study, and that what was measured stands once a study is concluded."""

from pathlib import Path

import django.db.models.expressions
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("spc", "0015_gauge_studies_before")]
    operations = [
        migrations.AddIndex(
            model_name='study',
            index=models.Index(condition=models.Q(('status', 'APPROVED')), fields=['characteristic', '-approved_at'], name='study_approved_for'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(('parts__gte', 1), ('parts__lte', 200), ('trials__gte', 1), ('trials__lte', 300), models.Q(models.Q(('kind__in', ['crossed', 'nested', 'iso22514-7']), _negated=True), models.Q(('parts__gte', 2), ('trials__gte', 2)), _connector='OR')), name='study_size'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'crossed'), models.Q(('method', ''), _negated=True)), models.Q(models.Q(('kind', 'crossed'), _negated=True), ('method', '')), _connector='OR'), name='study_method_of_crossed'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['CONCLUDED', 'APPROVED']), ('closed_at__isnull', False), ('concluded_by__isnull', False), models.Q(('verdict', ''), _negated=True)), models.Q(models.Q(('status__in', ['CONCLUDED', 'APPROVED']), _negated=True), ('closed_at__isnull', True), ('concluded_by__isnull', True), ('spread__isnull', True), ('verdict', '')), _connector='OR'), name='study_concluded_with_verdict'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('status', 'APPROVED'), models.Q(('approved_by', models.F('concluded_by')), _negated=True)), models.Q(models.Q(('status', 'APPROVED'), _negated=True), ('approved_at__isnull', True), ('approved_by__isnull', True)), _connector='OR'), name='study_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='studyreading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measured_at__isnull', True), ('measured_by__isnull', True), ('rating', ''), ('value__isnull', True)), models.Q(('measured_at__isnull', False), ('measured_by__isnull', False), models.Q(models.Q(('rating', ''), ('value__gt', -1e+300), ('value__lt', 1e+300)), models.Q(('value__isnull', True), models.Q(('rating', ''), _negated=True)), _connector='OR')), _connector='OR'), name='study_reading_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='studypart',
            constraint=models.UniqueConstraint(fields=('study', 'number'), name='study_part_once'),
        ),
        migrations.AddConstraint(
            model_name='studypart',
            constraint=models.UniqueConstraint(condition=models.Q(('label', ''), _negated=True), fields=('study', 'label'), name='study_label_once'),
        ),
        migrations.AddConstraint(
            model_name='studypart',
            constraint=models.CheckConstraint(condition=models.Q(('reference__isnull', True), models.Q(('reference__gt', -1e+300), ('reference__lt', 1e+300)), _connector='OR'), name='study_reference_is_finite'),
        ),
        migrations.RunSQL((SQL / "studies.sql").read_text(), migrations.RunSQL.noop),
    ]
