"""What traceability does by the clock."""

from datetime import timedelta

from celery import shared_task
from django.db import connection
from django.utils import timezone

from plant.queries import persons
from traceability.commands import ageing

PACKING, DROPPING = 20.0, 300.0  # seconds of work in one pass


@shared_task(name="traceability.make_partitions")
def make_partitions() -> int:
    """Make the readings' tables for the coming week."""
    today = timezone.now().date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT zz_reading_partitions(%s, %s)", [today, today + timedelta(days=7)])
        made: int = cursor.fetchone()[0]
    return made


@shared_task(name="traceability.pack_readings")
def pack_readings() -> int:
    """Pack old readings; a third of one connection's time at most, so that nothing waits for it."""
    return ageing.pack(now=timezone.now(), seconds=PACKING)


@shared_task(name="traceability.drop_readings")
def drop_readings() -> int:
    """Drop readings that nobody has to keep any more, and the day tables that are empty."""
    now = timezone.now()
    ageing.drop_empty_days(now=now)
    return ageing.drop(by=persons.system("readings"), now=now, seconds=DROPPING)
