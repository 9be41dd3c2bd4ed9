"""What strangers see who scan a customer's label, and how often they scanned it."""

from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from plant.tables import TablesAtOnce

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('plant', '0002_every_wall'),
        ('traceability', '0003_recalls'),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='PublicEpoch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': "change of all customers' pages",
                    'verbose_name_plural': "changes of all customers' pages",
                },
            ),
            migrations.CreateModel(
                name='PublicPage',
                fields=[
                    ('lot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='public_page', serialize=False, to='traceability.materiallot', verbose_name='lot')),
                    ('version', models.BigIntegerField(default=1)),
                    ('doubted_at', models.DateTimeField(null=True, verbose_name='scans improbable since')),
                    ('doubt', models.CharField(blank=True, choices=[('MANY', 'Scanned too often'), ('FAR', 'At too many places in a day'), ('SCRAPPED', 'Scanned although scrapped')], max_length=8, verbose_name='why improbable')),
                ],
                options={
                    'verbose_name': 'scanned product',
                    'verbose_name_plural': 'scanned products',
                },
            ),
            migrations.CreateModel(
                name='PublicScan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.CharField(max_length=12, verbose_name='place')),
                    ('day', models.DateField(verbose_name='day')),
                    ('count', models.PositiveIntegerField(verbose_name='scans')),
                    ('first_at', models.DateTimeField(verbose_name='first scan')),
                    ('last_at', models.DateTimeField(verbose_name='last scan')),
                ],
                options={
                    'verbose_name': 'scans of a day',
                    'verbose_name_plural': 'scans of days',
                },
            ),
            migrations.CreateModel(
                name='PublicView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_open', models.BooleanField(default=True, help_text='Closed: codes lead nowhere, except to a recall.', verbose_name='page is open')),
                    ('shows_date', models.BooleanField(default=True, verbose_name='shows the date of manufacture')),
                    ('shows_raw', models.BooleanField(default=True, verbose_name='shows the lots of raw material')),
                    ('shows_suppliers', models.BooleanField(default=False, verbose_name='names the suppliers of raw material')),
                    ('shows_inspections', models.BooleanField(default=True, verbose_name='shows the summary of inspections')),
                    ('shows_certificate', models.BooleanField(default=True, help_text='With the measured values and their limits.', verbose_name='offers the certificate')),
                    ('shows_operators', models.BooleanField(default=False, help_text='Only where they have agreed to it.', verbose_name='names the operators')),
                    ('shows_scans', models.BooleanField(default=True, verbose_name='shows when and how often it was scanned')),
                    ('most_scans', models.PositiveIntegerField(default=30, help_text='For each piece; more of them are a warning.', verbose_name='scans that are usual')),
                    ('most_places', models.PositiveSmallIntegerField(default=3, help_text='Of one serial; more of them within 24 hours are a warning.', verbose_name='places in a day that are usual')),
                    ('contact', models.CharField(blank=True, help_text='Telephone or address, shown on the page.', max_length=200, verbose_name='whom to ask')),
                    ('contact_zh', models.CharField(blank=True, max_length=200, verbose_name='whom to ask, in Chinese')),
                ],
                options={
                    'verbose_name': "customers' page",
                    'verbose_name_plural': "customers' pages",
                },
            ),
            migrations.CreateModel(
                name='PublicViewEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('is_open', models.BooleanField(default=True, help_text='Closed: codes lead nowhere, except to a recall.', verbose_name='page is open')),
                    ('shows_date', models.BooleanField(default=True, verbose_name='shows the date of manufacture')),
                    ('shows_raw', models.BooleanField(default=True, verbose_name='shows the lots of raw material')),
                    ('shows_suppliers', models.BooleanField(default=False, verbose_name='names the suppliers of raw material')),
                    ('shows_inspections', models.BooleanField(default=True, verbose_name='shows the summary of inspections')),
                    ('shows_certificate', models.BooleanField(default=True, help_text='With the measured values and their limits.', verbose_name='offers the certificate')),
                    ('shows_operators', models.BooleanField(default=False, help_text='Only where they have agreed to it.', verbose_name='names the operators')),
                    ('shows_scans', models.BooleanField(default=True, verbose_name='shows when and how often it was scanned')),
                    ('most_scans', models.PositiveIntegerField(default=30, help_text='For each piece; more of them are a warning.', verbose_name='scans that are usual')),
                    ('most_places', models.PositiveSmallIntegerField(default=3, help_text='Of one serial; more of them within 24 hours are a warning.', verbose_name='places in a day that are usual')),
                    ('contact', models.CharField(blank=True, help_text='Telephone or address, shown on the page.', max_length=200, verbose_name='whom to ask')),
                    ('contact_zh', models.CharField(blank=True, max_length=200, verbose_name='whom to ask, in Chinese')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AlterField(
                model_name='labeltemplate',
                name='beside',
                field=models.CharField(blank=True, choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square'), ('PUBLIC', 'QR code for customers: leads to the page of the product')], help_text='Left away where it does not fit.', max_length=14, verbose_name='second symbol'),
            ),
            migrations.AlterField(
                model_name='labeltemplate',
                name='symbology',
                field=models.CharField(choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square'), ('PUBLIC', 'QR code for customers: leads to the page of the product')], default='QR', max_length=14, verbose_name='bar code'),
            ),
            migrations.AlterField(
                model_name='labeltemplateevent',
                name='beside',
                field=models.CharField(blank=True, choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square'), ('PUBLIC', 'QR code for customers: leads to the page of the product')], help_text='Left away where it does not fit.', max_length=14, verbose_name='second symbol'),
            ),
            migrations.AlterField(
                model_name='labeltemplateevent',
                name='symbology',
                field=models.CharField(choices=[('CODE128', 'Code 128: the number'), ('GS1_128', 'GS1-128: bars with GS1 data'), ('QR', 'QR code: leads to the record'), ('DATAMATRIX', 'Data Matrix: the number'), ('GS1_DATAMATRIX', 'GS1 DataMatrix: GS1 data in a small square'), ('PUBLIC', 'QR code for customers: leads to the page of the product')], default='QR', max_length=14, verbose_name='bar code'),
            ),
            migrations.AddConstraint(
                model_name='labeltemplate',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['LOT', 'SERIAL']), models.Q(models.Q(('symbology', 'PUBLIC'), _negated=True), models.Q(('beside', 'PUBLIC'), _negated=True)), _connector='OR'), name='label_customers_code_of_products'),
            ),
            migrations.AddIndex(
                model_name='publicpage',
                index=models.Index(condition=models.Q(('doubted_at__isnull', False)), fields=['-doubted_at'], name='public_page_doubted'),
            ),
            migrations.AddConstraint(
                model_name='publicpage',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('doubt', ''), ('doubted_at__isnull', True)), models.Q(('doubt__in', ['MANY', 'FAR', 'SCRAPPED']), ('doubted_at__isnull', False)), _connector='OR'), name='public_page_doubt_is_whole'),
            ),
            migrations.AddField(
                model_name='publicscan',
                name='lot',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_scans', to='traceability.materiallot'),
            ),
            migrations.AddField(
                model_name='publicview',
                name='customer',
                field=models.OneToOneField(blank=True, help_text='Empty: every customer without settings of their own.', limit_choices_to={'kind': 'CUSTOMER'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plant.partner', verbose_name='customer'),
            ),
            migrations.AddField(
                model_name='publicviewevent',
                name='customer',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: every customer without settings of their own.', limit_choices_to={'kind': 'CUSTOMER'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plant.partner', verbose_name='customer'),
            ),
            migrations.AddField(
                model_name='publicviewevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='publicviewevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='traceability.publicview'),
            ),
            migrations.AddConstraint(
                model_name='publicscan',
                constraint=models.UniqueConstraint(fields=('lot', 'place', 'day'), name='public_scan_once'),
            ),
            migrations.AddConstraint(
                model_name='publicscan',
                constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1), ('last_at__gte', models.F('first_at'))), name='public_scan_counts'),
            ),
            migrations.AddConstraint(
                model_name='publicview',
                constraint=models.UniqueConstraint(fields=('customer',), name='public_view_once', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='publicview',
                constraint=models.CheckConstraint(condition=models.Q(('most_places__gte', 1), ('most_scans__gte', 1)), name='public_view_warns_somewhen'),
            ),
            migrations.AddConstraint(
                model_name='publicview',
                constraint=models.CheckConstraint(condition=models.Q(('shows_suppliers', False), ('shows_raw', True), _connector='OR'), name='public_view_suppliers_with_lots'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='publicview',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "traceability_publicviewevent" ("contact", "contact_zh", "customer_id", "id", "is_open", "most_places", "most_scans", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shows_certificate", "shows_date", "shows_inspections", "shows_operators", "shows_raw", "shows_scans", "shows_suppliers") VALUES (NEW."contact", NEW."contact_zh", NEW."customer_id", NEW."id", NEW."is_open", NEW."most_places", NEW."most_scans", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shows_certificate", NEW."shows_date", NEW."shows_inspections", NEW."shows_operators", NEW."shows_raw", NEW."shows_scans", NEW."shows_suppliers"); RETURN NULL;', hash='009771a99f993cd3efa504a53590e4fcb9beffbf', operation='INSERT', pgid='pgtrigger_insert_insert_82a5e', table='traceability_publicview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='publicview',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "traceability_publicviewevent" ("contact", "contact_zh", "customer_id", "id", "is_open", "most_places", "most_scans", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shows_certificate", "shows_date", "shows_inspections", "shows_operators", "shows_raw", "shows_scans", "shows_suppliers") VALUES (NEW."contact", NEW."contact_zh", NEW."customer_id", NEW."id", NEW."is_open", NEW."most_places", NEW."most_scans", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shows_certificate", NEW."shows_date", NEW."shows_inspections", NEW."shows_operators", NEW."shows_raw", NEW."shows_scans", NEW."shows_suppliers"); RETURN NULL;', hash='14e576ea2022e9f06a16bd0e2823028e9cd4c991', operation='UPDATE', pgid='pgtrigger_update_update_bc2fa', table='traceability_publicview', when='AFTER')),
            ),
        ]),
        migrations.RunSQL((SQL / "public.sql").read_text(), migrations.RunSQL.noop),
    ]
