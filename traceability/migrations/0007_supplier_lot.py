"""A scan of a supplier's label finds the lot by the supplier's number."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("traceability", "0003_missed_samples")]

    operations = [
        migrations.AddIndex(
            model_name="materiallot",
            index=models.Index(fields=["supplier_lot"], name="lot_supplier_lot", condition=~Q(supplier_lot="")),
        ),
    ]
