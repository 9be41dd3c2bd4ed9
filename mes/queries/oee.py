"""OEE of stations from what was recorded: states, reasons, visits, counts and reports, each read by one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from mes import oee, slices, stretches
from mes.oee import Loss, Oee
from mes.queries import calendars
from mes.shift_plans import PlannedShift
from mes.slices import Slice
from mes.stretches import Events, Job, Output, Piece, Said, State
from plant.models import Equipment, ReasonCode, ReasonUse

BEFORE = timedelta(days=2)  # how long before a stretch a work order may have come to a station
STATES = """
SELECT equipment_id, from_at, coalesce(to_at, %(to)s), state, coalesce(reason_id, 0) FROM mes_machinestate
WHERE equipment_id = ANY(%(ids)s) AND from_at < %(to)s AND (to_at IS NULL OR to_at > %(from)s)
  AND from_at < coalesce(to_at, %(to)s)
ORDER BY from_at
"""
# A reason without an end holds until the machine runs again.
SAID = """
SELECT s.equipment_id, s.from_at, coalesce(s.to_at, (
    SELECT min(r.from_at) FROM mes_machinestate r
    WHERE r.equipment_id = s.equipment_id AND r.state = 'RUNNING' AND r.from_at > s.from_at
  ), %(to)s) AS ends_at, s.reason_id
FROM mes_stopreason s
WHERE s.equipment_id = ANY(%(ids)s) AND s.from_at < %(to)s AND (s.to_at IS NULL OR s.to_at > %(from)s)
ORDER BY s.id
"""
# Which work order a station worked on: from its first lot there until another's comes, or until it ends.
JOBS = """
SELECT c.equipment_id, c.begins, least(
    coalesce(lead(c.begins) OVER (PARTITION BY c.equipment_id ORDER BY c.begins), %(to)s), coalesce(j.ended_at, %(to)s)
  ), j.number, m.code, g.seconds_per_piece
FROM (
  SELECT v.equipment_id, lower(v.during) AS begins, v.job_order, v.operation,
         lag(v.job_order) OVER (PARTITION BY v.equipment_id ORDER BY lower(v.during), v.id) AS earlier
  FROM traceability_visit v
  WHERE v.equipment_id = ANY(%(ids)s) AND v.during && tstzrange(%(before)s, %(to)s) AND v.job_order <> ''
) c
JOIN mes_joborder j ON j.number = c.job_order
JOIN mes_workrequest w ON w.id = j.work_request_id JOIN plant_materialdefinition m ON m.id = w.material_id
LEFT JOIN mes_segment g ON g.work_master_id = j.work_master_id AND g.code = c.operation
WHERE c.earlier IS DISTINCT FROM c.job_order
ORDER BY c.begins
"""
# Pieces that a machine counted, added up between the moments at which a shift or a work order changes.
COUNTS = """
SELECT equipment_id, width_bucket(minute_at, %(marks)s::timestamptz[]) AS place, sum(good), sum(reject)
FROM mes_machinecount
WHERE equipment_id = ANY(%(ids)s) AND minute_at >= %(from)s AND minute_at < %(to)s
GROUP BY equipment_id, place
"""
# Reports of people; what quality took away later counts when the pieces were made.
REPORTS = """
SELECT coalesce(o.station_id, r.station_id), coalesce(o.started_at, r.started_at), coalesce(o.at, r.at),
       j.number, m.code, r.good, r.scrap + r.rework, g.seconds_per_piece
FROM mes_jobresponse r
JOIN mes_jobsegment s ON s.id = r.job_segment_id JOIN mes_segment g ON g.id = s.segment_id
JOIN mes_joborder j ON j.id = s.job_order_id
JOIN mes_workrequest w ON w.id = j.work_request_id JOIN plant_materialdefinition m ON m.id = w.material_id
LEFT JOIN LATERAL (
  SELECT e.station_id, e.started_at, e.at FROM mes_jobresponse e
  WHERE r.nonconformance <> '' AND e.job_segment_id = r.job_segment_id AND e.lot_id = r.lot_id AND e.nonconformance = ''
  ORDER BY e.at DESC LIMIT 1
) o ON true
WHERE coalesce(o.station_id, r.station_id) = ANY(%(ids)s)
  AND coalesce(o.at, r.at) >= %(from)s AND coalesce(o.started_at, r.started_at) <= %(to)s
"""
USUAL = """
SELECT x.equipment_id, min(g.seconds_per_piece) FROM mes_segment_stations x JOIN mes_segment g ON g.id = x.segment_id
JOIN mes_workmaster w ON w.id = g.work_master_id
WHERE x.equipment_id = ANY(%(ids)s) AND w.status = 'EFFECTIVE'
GROUP BY x.equipment_id HAVING min(g.seconds_per_piece) = max(g.seconds_per_piece) AND min(g.seconds_per_piece) > 0
"""


@dataclass(frozen=True)
class StationTime:
    """A station's time from one moment to another: piece by piece, and added up."""

    station: Equipment
    pieces: list[Piece]
    slices: list[Slice]
    reports: bool  # whether its machine said anything at all

    @property
    def oee(self) -> Oee:
        return oee.total(one.oee for one in self.slices)


def measure(stations: Sequence[Equipment], from_at: datetime, to_at: datetime) -> list[StationTime]:
    """The time of stations between two moments, in a fixed number of statements for each line."""
    found: dict[int, StationTime] = {}
    losses = {
        pk: Loss(loss or Loss.OTHER)
        for pk, loss in ReasonCode.objects.filter(use=ReasonUse.DOWNTIME).values_list("pk", "loss")
    }
    plans = calendars.shifts([line for line in {one.parent_id for one in stations} if line], from_at, to_at)
    for line, shifts in plans.items():
        there = [one for one in stations if one.parent_id == line]
        for station, events in _events(there, shifts, losses, from_at, to_at):
            pieces = stretches.cut(events, from_at, to_at) if from_at < to_at else []
            parts = slices.cut_up(pieces, events)
            found[station.pk] = StationTime(station, pieces, parts, bool(events.states))
    return [found[station.pk] for station in stations if station.pk in found]


def _events(
    stations: Sequence[Equipment], shifts: list[PlannedShift], losses: dict[int, Loss], from_at: datetime,
    to_at: datetime,
) -> Iterable[tuple[Equipment, Events]]:
    """Everything that happened at the stations of one line."""
    asked = {"ids": [one.pk for one in stations], "from": from_at, "to": to_at, "before": from_at - BEFORE}
    states, said, jobs = (_by_station(sql, asked) for sql in (STATES, SAID, JOBS))
    usual = {pk: float(seconds) for pk, ((seconds,),) in _by_station(USUAL, asked).items()}
    at_work = {
        pk: [Job(begin, end, number, product, _seconds(each)) for begin, end, number, product, each in rows
             if begin < end]
        for pk, rows in jobs.items()
    }
    outputs = _reported(asked)
    outputs.update(_counted(asked, shifts, at_work, usual))
    days = calendars.days(shifts, calendars.local_day(from_at) - BEFORE, calendars.local_day(to_at))
    for one in stations:
        yield one, Events(
            shifts, days, [State(*row) for row in states.get(one.pk, ())],
            [Said(*row) for row in said.get(one.pk, ()) if row[0] < row[1]],
            at_work.get(one.pk, []), outputs.get(one.pk, []), losses, usual.get(one.pk),
        )


def _by_station(sql: str, asked: dict[str, Any]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by the station that stands in their first column."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        for station, *rest in cursor.fetchall():
            found[station].append(tuple(rest))
    return found


def _seconds(value: Decimal | None) -> float | None:
    return float(value) if value else None


def _reported(asked: dict[str, Any]) -> dict[int, list[Output]]:
    return {
        pk: [
            Output(start, end, number, product, float(good), float(bad), _seconds(seconds))
            for start, end, number, product, good, bad, seconds in rows
        ]
        for pk, rows in _by_station(REPORTS, asked).items()
    }


def _counted(
    asked: dict[str, Any], shifts: Sequence[PlannedShift], jobs: dict[int, list[Job]], usual: dict[int, float]
) -> dict[int, list[Output]]:
    """What machines counted, with the work order of that time; a machine that counts is believed before reports."""
    changes = {moment for shift in shifts for moment in (shift.starts_at, shift.ends_at)}
    changes |= {moment for rows in jobs.values() for one in rows for moment in (one.from_at, one.to_at)}
    marks = [asked["from"], *sorted(one for one in changes if asked["from"] < one < asked["to"]), asked["to"]]
    found: dict[int, list[Output]] = defaultdict(list)
    for pk, rows in _by_station(COUNTS, {**asked, "marks": marks}).items():
        there = jobs.get(pk, [])
        at_work = stretches.Lookup(there, [one.from_at for one in there], [one.to_at for one in there])
        for place, good, reject in rows:
            begin, end = marks[place - 1], marks[place]
            job = at_work.at(begin)
            names = (job.number, job.product, job.seconds) if job else ("", "", usual.get(pk))
            found[pk].append(Output(begin, end, names[0], names[1], float(good), float(reject), names[2]))
    return found


def days_of(stations: Sequence[Equipment], first: date, last: date, at: datetime) -> list[StationTime]:
    """The time of stations on some of the plant's days, until now at most; each line's days begin with its shifts."""
    found: list[StationTime] = []
    for line in sorted({one.parent_id for one in stations if one.parent_id}):
        from_at, to_at = bounds(line, first, last)
        there = [one for one in stations if one.parent_id == line]
        found += measure(there, from_at, max(from_at, min(to_at, at)))
    return found


def bounds(line: int, first: date, last: date) -> tuple[datetime, datetime]:
    """When the first of some days begins at a line, and when the last one ends."""
    zone, after = calendars.zone(), last + timedelta(days=1)
    noon = datetime.combine(first, datetime.min.time(), zone), datetime.combine(after, datetime.min.time(), zone)
    shifts = calendars.shifts([line], *noon)[line]
    begins = {day: moment for moment, day in calendars.days(shifts, first, after)}
    return begins[first], begins[after]
