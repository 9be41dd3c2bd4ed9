"""Count wrong passwords per account and address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plant", "0002_record_book")]

    operations = [
        migrations.CreateModel(
            name="SignInFailures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=40)),
                ("address", models.CharField(max_length=45)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("wait_until", models.DateTimeField()),
                ("last_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "address"), name="sign_in_failures_once"),
                ],
            },
        ),
    ]
