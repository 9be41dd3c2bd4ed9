"""A GTIN that is entered must have its check digit: a mistyped one would meet no label."""

from django.db import migrations, models

from plant.models.material import check_gtin


def gtin(model: str) -> migrations.AlterField:
    field = models.CharField(blank=True, max_length=14, validators=[check_gtin], verbose_name="GTIN")
    return migrations.AlterField(model_name=model, name="gtin", field=field)


class Migration(migrations.Migration):
    dependencies = [("plant", "0004_reason_trees")]
    operations = [gtin("materialdefinition"), gtin("materialdefinitionevent")]
