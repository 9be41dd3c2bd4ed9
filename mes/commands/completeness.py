"""Judging how complete the records of lots are, by the clock."""

from datetime import datetime, timedelta

from django.db import connection

from mes.queries import completeness
from mes.queries.completeness_sql import JUDGE
from plant import policies
from plant.models import Person
from plant.transactions import command

BACK, AT_ONCE = timedelta(days=30), 2000


@command
def judge(*, lots: list[int], by: Person, at: datetime) -> int:
    """Remember how complete the records of these lots are now; how many that were. A later judgement stays."""
    policies.check(by, "completeness.judge")
    with connection.cursor() as cursor:
        cursor.execute(JUDGE, completeness.parameters(sorted(lots), at))
        return int(cursor.rowcount)


def sweep(*, by: Person, at: datetime) -> int:
    """Judge whatever has news since it was judged, some thousand at a time; how many lots that were."""
    lots = completeness.stale(now=at, since=at - BACK, most=AT_ONCE)
    return judge(lots=lots, by=by, at=at) if lots else 0
