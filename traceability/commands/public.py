"""Counting the scans of customers: coarse, and loud when they can't all be of one product."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection

from plant import policies
from plant.commands import journal
from plant.models import Person
from plant.transactions import command
from traceability.models import MaterialLot, PublicPage
from traceability.queries import public

COUNT = """
INSERT INTO traceability_publicscan AS s (lot_id, place, day, count, first_at, last_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (lot_id, place, day) DO UPDATE
  SET count = s.count + excluded.count, last_at = greatest(s.last_at, excluded.last_at)
"""
OPEN = "INSERT INTO traceability_publicpage (lot_id, version, doubt) VALUES (%s, 1, '') ON CONFLICT DO NOTHING"


@command
def count(*, lot: MaterialLot, scans: Mapping[tuple[str, date], int], by: Person, at: datetime) -> PublicPage:
    """Add scans to those of their place and day; the first time that they are improbable is news."""
    policies.check(by, "public.record")
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [lot.pk])
        for (place, day), times in sorted(scans.items()):
            cursor.execute(COUNT, [lot.pk, place, day, times, at, at])
    page = PublicPage.objects.get(pk=lot.pk)
    if not page.doubt and (doubt := public.judged(lot, at)):
        changed = PublicPage.objects.filter(pk=lot.pk, doubt="").update(doubt=doubt, doubted_at=at)
        if changed:
            journal.record("lot.scans-doubted", subject=lot, by=by, data={"doubt": doubt})
    return page
