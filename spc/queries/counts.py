"""How many items were looked at for each counted reading."""

from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.db import connection

from spc.models import ChartKind, ControlChart
from spc.points import Floats, Points

SIZES = "SELECT at, seq, size FROM spc_samplesize WHERE stream_id = %s AND at >= %s AND at <= %s"
USUAL = "SELECT avg(size) FROM (SELECT size FROM spc_samplesize WHERE stream_id = %s ORDER BY at DESC LIMIT 100) AS n"


class Sample(NamedTuple):
    """So many bad ones (or faults) in a sample of so many; the sequence tells two of the same instant apart."""

    at: datetime
    seq: int
    bad: float
    size: float


def sizes(chart: ControlChart, points: Points) -> Floats:
    """The sample size of each point (n,), NaN where none is known; 1 for faults in one constant area."""
    known = points.known
    if chart.kind == ChartKind.C:
        return np.where(known, 1.0, np.nan)
    if not len(points.at):
        return np.empty(0)
    with connection.cursor() as cursor:
        cursor.execute(SIZES, [chart.stream_id, points.at[0], points.at[-1]])
        found = {(at, seq): size for at, seq, size in cursor.fetchall()}
    told = [found.get(place, np.nan) for place in zip(points.at, points.seq, strict=True)]
    return np.where(known, np.array(told, np.float64), np.nan)


def usual(chart: ControlChart) -> float:
    """The mean size of the newest samples; 1 where there are none yet."""
    if chart.kind == ChartKind.C:
        return 1.0
    with connection.cursor() as cursor:
        cursor.execute(USUAL, [chart.stream_id])
        return cursor.fetchone()[0] or 1.0
