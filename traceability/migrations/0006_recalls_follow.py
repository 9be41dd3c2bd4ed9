"""What is made of a recalled lot joins its recall in the same transaction."""

from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('traceability', '0005_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='recalledlot',
            name='came_at',
            field=models.DateTimeField(null=True, verbose_name='in the recall since'),
        ),
        migrations.RunSQL((SQL / "recalls_follow.sql").read_text(), migrations.RunSQL.noop),
    ]
