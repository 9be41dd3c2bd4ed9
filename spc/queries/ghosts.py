"""Which points of charts are left out."""

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from spc.models import ControlChart, GhostPoint
from spc.points import Floats, Points, Readings

Place = tuple[datetime, int]
SINCE = "SELECT chart_id, at, seq FROM spc_ghostpoint WHERE chart_id = ANY(%s) AND at >= %s AND restored_at IS NULL"


def since(chart_ids: Iterable[int], at: datetime) -> dict[int, set[Place]]:
    """The points of some charts that are left out, from a moment on."""
    found: dict[int, set[Place]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [list(chart_ids), at])
        for chart, *place in cursor.fetchall():
            found.setdefault(chart, set()).add((place[0], place[1]))
    return found


def of(chart: ControlChart, from_at: datetime, to_at: datetime) -> QuerySet[GhostPoint]:
    """The points of a stretch that are left out, newest first."""
    rows = GhostPoint.objects.filter(chart=chart, restored_at__isnull=True, at__gte=from_at, at__lte=to_at)
    return rows.select_related("left_out_by").order_by("-at", "-seq")


def places(chart: ControlChart, from_at: datetime, to_at: datetime) -> set[Place]:
    """Where they are."""
    return set(of(chart, from_at, to_at).values_list("at", "seq"))


def without(points: Points, ghosts: set[Place]) -> Points:
    """The points but for those left out: runs pass over them as if they had never been."""
    if not ghosts:
        return points
    kept = [i for i, place in enumerate(zip(points.at, points.seq, strict=True)) if place not in ghosts]
    return taken(points, kept)


def taken(points: Points, kept: list[int]) -> Points:
    """Some of the points, in their order."""
    index = np.array(kept, np.intp)
    at, seq = [points.at[i] for i in kept], [points.seq[i] for i in kept]
    return Points(at, seq, points.values[index], points.ranges[index])


def kept_values(readings: Readings, left_out: set[Place], size: int) -> Floats:
    """The good values of readings but for those that a point left out is made of."""
    good = ~np.isnan(readings.values)
    for place in np.flatnonzero([at in left_out for at in zip(readings.at, readings.seq, strict=True)]).tolist():
        good[max(0, place - size + 1) : place + 1] = False
    return readings.values[good]
