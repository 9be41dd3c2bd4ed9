"""The floor now: what each station does and who works there, one's own station, and how good the output is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.db import connection
from django.db.models import Count, F, Q

from mes.models import ON_LINE, JobOrder, JobOrderStatus, JobResponse, StationSession
from mes.queries import wall
from plant import scoping
from plant.models import Equipment, EquipmentLevel, EquipmentState, Person

# Stopped by quality before anything that the machine says of itself.
STATIONS = """
SELECT line.code, line.name, station.code, station.name,
       EXISTS (SELECT FROM traceability_hold hold WHERE hold.target_kind = 'EQUIPMENT' AND hold.released_at IS NULL
               AND hold.target_id IN (station.code, line.code)),
       station.state, person.name, session.started_at, job.number
FROM plant_equipment station JOIN plant_equipment line ON line.id = station.parent_id
LEFT JOIN mes_stationsession session ON session.station_id = station.id AND session.ended_at IS NULL
LEFT JOIN plant_person person ON person.id = session.person_id
LEFT JOIN mes_joborder job ON job.id = session.job_order_id
WHERE line.id = ANY(%s) AND station.active AND NOT station.stores_material
ORDER BY line.code, station.code
"""
TONES = {
    EquipmentState.ALARM.value: "failed", EquipmentState.MAINTENANCE.value: "warning",
    EquipmentState.RUNNING.value: "running", EquipmentState.IDLE.value: "waiting",
}
ORDER = ("held", "failed", "warning", "running", "waiting", "unknown")


@dataclass(frozen=True)
class Station:
    """A station as it stands."""

    line: str
    line_name: str
    code: str
    name: str
    is_stopped: bool
    state: str
    person: str | None
    since: datetime | None
    job: str | None

    @property
    def shown(self) -> str:
        """The state that counts, as a word of the one palette."""
        return "STOPPED" if self.is_stopped else self.state

    @property
    def tone(self) -> str:
        return "held" if self.is_stopped else TONES.get(self.state, "unknown")


@dataclass(frozen=True)
class Line:
    """A line with its stations."""

    code: str
    name: str
    stations: list[Station]

    @property
    def tone(self) -> str:
        """The worst that holds on the line."""
        return min((station.tone for station in self.stations), key=ORDER.index)

    @property
    def people(self) -> int:
        return sum(station.person is not None for station in self.stations)


@dataclass(frozen=True)
class Quality:
    """How good and how punctual production was."""

    share_good: Decimal | None
    on_time: Decimal | None
    finished: int
    scrap: Decimal


def lines_of(person: Person) -> list[Equipment]:
    """The lines that a person sees."""
    rows = Equipment.objects.filter(level=EquipmentLevel.WORK_CENTER, active=True, stores_material=False)
    return list(scoping.visible(rows, person).order_by("code"))


def stations(lines: Sequence[Equipment]) -> list[Station]:
    """Every station of some lines with its state and who is signed on, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(STATIONS, [[line.pk for line in lines]])
        return [Station(*row) for row in cursor.fetchall()]


def by_line(found: Sequence[Station]) -> list[Line]:
    """The stations put together by line."""
    grouped = groupby(found, key=lambda station: (station.line, station.line_name))
    return [Line(code, name, list(rows)) for (code, name), rows in grouped]


def sessions_of(person: Person) -> list[StationSession]:
    """Where somebody is signed on now, and for which work order and lot."""
    rows = StationSession.objects.filter(person=person, ended_at__isnull=True)
    return list(rows.select_related("station", "job_order__work_request__material__unit", "lot").order_by("started_at"))


def next_jobs(person: Person, *, most: int = 6) -> list[JobOrder]:
    """The work orders that lie before the lines, those that run first, then the most urgent."""
    rows = scoping.visible(JobOrder.objects.filter(status__in=ON_LINE), person)
    rows = rows.select_related("work_request__material__unit", "line")
    return list(rows.order_by(F("started_at").asc(nulls_last=True), "due_at", "pk")[:most])


def quality(person: Person, *, since: datetime, at: datetime) -> Quality:
    """Share good of all reports and the share of work orders that ended in time, since a moment."""
    reports = scoping.visible(JobResponse.objects.filter(at__gte=since, at__lte=at), person)
    ended = JobOrder.objects.filter(status=JobOrderStatus.COMPLETED, ended_at__gte=since, ended_at__lte=at)
    counted = scoping.visible(ended, person).aggregate(
        all=Count("pk"), punctual=Count("pk", filter=Q(ended_at__lte=F("due_at")))
    )
    made, punctual = wall.tally(reports), share(Decimal(counted["punctual"]), Decimal(counted["all"]))
    return Quality(made.share_good, punctual, counted["all"], made.scrap)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole in percent; None where there is no whole."""
    return round(100 * part / whole, 1) if whole else None
