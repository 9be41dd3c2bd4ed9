"""Counting by the clock how values came in, day by day."""

from datetime import date, datetime, timedelta

from mes.models import CaptureDay
from mes.queries import calendars, capture, capture_records
from mes.queries.completeness import midnight
from plant import policies
from plant.models import Person
from plant.transactions import command

BACK = 3  # days that are counted again: what was kept at a tablet without a network comes late


@command
def judge(*, day: date, by: Person, at: datetime) -> int:
    """Remember how the values of a day came in; how many rows that makes. Counted again, the later count stays."""
    policies.check(by, "completeness.judge")
    since, until = midnight(day), midnight(day + timedelta(days=1))
    found = capture.counted(capture_records.of(by, since, until))
    rows = [
        CaptureDay(
            day=day, line_id=line, operation=operation[:40], way=way, parameters=share.parameters[way],
            values=share.values[way], judged_at=at,
        )
        for (line, operation), share in sorted(found.items(), key=lambda pair: (pair[0][0] or 0, pair[0][1]))
        for way in sorted(share.values)
    ]
    CaptureDay.objects.filter(day=day).exclude(judged_at__gt=at).delete()
    CaptureDay.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def sweep(*, by: Person, at: datetime) -> int:
    """Count today and the days before it."""
    today = calendars.local_day(at)
    return sum(judge(day=today - timedelta(days=back), by=by, at=at) for back in range(BACK))
