"""What traceability does by the clock."""

from datetime import timedelta

from celery import shared_task
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from plant.queries import persons
from traceability import anomalies, filing, public_cache
from traceability.commands import ageing
from traceability.commands import public as scanning
from traceability.commands import stewards as commands
from traceability.models import MaterialLot
from traceability.queries import stewards
from traceability.snapshot import building, files

AT_ONCE = 500  # lots whose scans are counted in one pass
PACKING, DROPPING, FILING = 20.0, 300.0, 10.0  # seconds of work in one pass
WORTH_A_SNAPSHOT = 50_000  # links since the last one: up to then the news beside it is read in 50 ms


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


@shared_task(name="traceability.count_scans")
def count_scans() -> int:
    """Count the scans of customers that kept pages answered."""
    by, counted = persons.system("public"), 0
    for lot in MaterialLot.objects.select_related("material").filter(pk__in=public_cache.waiting(AT_ONCE)):
        if scans := public_cache.pending(lot.pk):
            scanning.count(lot=lot, scans=scans, by=by, at=timezone.now())
            counted += sum(scans.values())
    return counted


@shared_task(name="traceability.snapshot_genealogy")
def snapshot_genealogy() -> bool:
    """Make the genealogy's snapshot anew when enough has happened since; a small plant needs none."""
    current = files.current()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM traceability_link")
        last: int = cursor.fetchone()[0]
    if last - (current[1].last_link if current else 0) < WORTH_A_SNAPSHOT:
        return False
    with files.alone() as is_alone:
        if is_alone:
            building.build(timezone.now())
    return is_alone


@shared_task(name="traceability.put_dossiers_away")
def put_dossiers_away() -> int:
    """Put the dossiers of lots whose lives are over away, and drop those whose time is over."""
    by, at = persons.system("archive"), timezone.now()
    filing.drop(by=by, at=at)
    return filing.put_away(by=by, at=at, seconds=FILING)


@shared_task(name="traceability.tell_stewards")
def tell_stewards() -> int:
    """Tell whoever looks after the data what is late."""
    by, at, url = persons.system("data"), timezone.now(), reverse("traceability:anomaly-list")
    told = [
        commands.tell_late(
            steward=one, late=[row for row in anomalies.queue(one.person, at) if row.is_late], url=url, by=by, at=at
        )
        for one in stewards.now()
    ]
    return sum(notice is not None for notice in told)
