"""What stands at a station now, found without reading what ever stood there: every scan asks for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("traceability", "0002_ledger_and_readings")]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("during__upper_inf", True)), fields=["equipment"], name="visit_here_now"
            ),
        ),
    ]
