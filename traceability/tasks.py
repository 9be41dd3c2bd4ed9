"""What traceability does by the clock."""

from datetime import timedelta

from celery import shared_task
from django.db import connection
from django.utils import timezone


@shared_task(name="traceability.make_partitions")
def make_partitions() -> int:
    """Make the readings' tables for the coming week."""
    today = timezone.now().date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT zz_reading_partitions(%s, %s)", [today, today + timedelta(days=7)])
        made: int = cursor.fetchone()[0]
    return made
