"""The overview of a plant: every line with its work, its target, what it holds and who calls."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from mes.models import JobResponse, StationSession
from mes.oee import Oee
from mes.queries import orders, wall, wall_line, wall_news
from mes.queries.orders import Progress
from mes.queries.wall_line import Pace, StationTile
from plant.models import Equipment
from plant.shifts import Shift
from traceability.models import Hold, TargetKind

HELD_LOTS = """
SELECT job.line_id, count(*) FROM traceability_materiallot lot
JOIN mes_joborder job ON job.number = lot.job_order
WHERE lot.open_holds > 0 AND job.line_id = ANY(%s) GROUP BY job.line_id
"""


@dataclass(frozen=True)
class LineRow:
    """A line on the overview."""

    line: Equipment
    tiles: list[StationTile]
    oee: Oee
    job: wall_line.JobRow | None
    waiting: int
    good: Decimal
    target: Decimal
    held: int
    alarms: int
    people: int

    @property
    def tone(self) -> str:
        """The worst that holds on the line."""
        return wall_line.worst(self.tiles)

    @property
    def progress(self) -> Progress | None:
        return self.job.progress if self.job else None


@dataclass(frozen=True)
class PlantBoard:
    """A site at one moment."""

    site: Equipment
    shift: Shift
    at: datetime
    lines: list[LineRow]
    share_good: str

    @property
    def good(self) -> Decimal:
        return sum((row.good for row in self.lines), Decimal(0))

    @property
    def target(self) -> Decimal:
        return sum((row.target for row in self.lines), Decimal(0))

    @property
    def pace(self) -> Pace:
        return Pace(self.good, self.target)

    @property
    def held(self) -> int:
        return sum(row.held for row in self.lines)

    @property
    def alarms(self) -> int:
        return sum(row.alarms for row in self.lines)

    @property
    def running(self) -> int:
        return sum(row.tone == "running" for row in self.lines)


def of_site(site: Equipment, *, shift: Shift, at: datetime, lines: list[Equipment] | None = None) -> PlantBoard:
    """Everything the overview shows, of all lines or of some; a few statements more for each line."""
    lines = wall.lines(site) if lines is None else lines
    stations = list(Equipment.objects.filter(parent__in=lines, active=True, stores_material=False).order_by("code"))
    rows = wall.station_rows(stations, shift=shift, at=at)
    stops = Hold.objects.filter(target_kind=TargetKind.EQUIPMENT, released_at__isnull=True)
    held, people = held_lots(lines), people_at(stations)
    calls = Counter(one.chart.stream.equipment.parent_id for one in wall_news.unanswered(stations))
    jobs = orders.before(lines)
    progress = orders.progress_of_jobs(jobs)
    found = []
    for line in lines:
        mine = [row for row in rows if row.station.parent_id == line.pk]
        queue = [job for job in jobs if job.line_id == line.pk]
        first = min(queue, key=lambda job: (job.status != "RUNNING", job.due_at), default=None)
        found.append(LineRow(
            line=line, tiles=wall_line.tiles(line, mine, list(stops)), oee=wall.together(mine),
            job=wall_line.JobRow(first, progress[first.pk], orders.is_late(first, at)) if first else None,
            waiting=max(len(queue) - 1, 0), good=wall.output(line, shift=shift, at=at)[0],
            target=wall_line.target(wall_line.planned(line, shift), shift, at), held=held.get(line.pk, 0),
            alarms=calls[line.pk], people=people[line.pk],
        ))
    return PlantBoard(site, shift, at, found, share_good(lines, shift, at))


def held_lots(lines: list[Equipment]) -> dict[int, int]:
    """Line → lots of its work orders that quality holds."""
    with connection.cursor() as cursor:
        cursor.execute(HELD_LOTS, [[line.pk for line in lines]])
        return dict(cursor.fetchall())


def people_at(stations: list[Equipment]) -> Counter[int]:
    """Line → people who are signed on at its stations."""
    rows = StationSession.objects.filter(station__in=stations, ended_at__isnull=True)
    return Counter(line for line in rows.values_list("station__parent", flat=True) if line is not None)


def share_good(lines: list[Equipment], shift: Shift, at: datetime) -> str:
    """Share good of the shift in percent: good of all that any operation reported."""
    rows = JobResponse.objects.filter(job_segment__job_order__line__in=lines, at__gte=shift.starts_at, at__lte=at)
    found = wall.tally(rows).share_good
    return "—" if found is None else f"{found:.1f}"
