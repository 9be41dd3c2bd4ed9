"""The andon board of a line: each station's state, the work in hand, the target until now, and what is stopped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from mes.models import JobOrder, JobOrderStatus, StationSession
from mes.oee import Oee
from mes.queries import orders, wall, wall_news
from mes.queries.orders import Progress
from mes.queries.wall_news import News
from plant.models import Equipment, EquipmentState
from plant.shifts import Shift
from traceability.models import Hold, TargetKind

LOUD = {EquipmentState.ALARM.value: "failed", EquipmentState.MAINTENANCE.value: "warning"}
QUIET = {EquipmentState.RUNNING.value: "running", EquipmentState.IDLE.value: "waiting"}


@dataclass(frozen=True)
class StationTile:
    """A station on the board."""

    station: Equipment
    is_stopped: bool
    session: StationSession | None
    good: int
    reject: int

    @property
    def tone(self) -> str:
        """How the whole tile is coloured: stopped by quality before anything that the machine says."""
        if self.is_stopped:
            return "held"
        if self.is_by_hand:
            return "running" if self.session else "unknown"
        return LOUD.get(self.station.state) or QUIET.get(self.station.state, "unknown")

    @property
    def is_by_hand(self) -> bool:
        """No machine has ever said anything here: people work at this station."""
        return self.station.state == EquipmentState.UNKNOWN and self.station.state_at is None


def worst(tiles: Iterable[StationTile]) -> str:
    """The worst tone among some stations."""
    tones = {tile.tone for tile in tiles}
    return next((tone for tone in ("held", "failed", "warning", "running") if tone in tones), "waiting")


@dataclass(frozen=True)
class Pace:
    """What was made, against what should have been until now."""

    good: Decimal
    target: Decimal

    @property
    def behind(self) -> Decimal:
        return self.target - self.good

    @property
    def is_behind(self) -> bool:
        """By more than a twentieth of the target."""
        return self.behind > max(self.target / 20, Decimal(1))


@dataclass(frozen=True)
class JobRow:
    """A work order on the board."""

    job: JobOrder
    progress: Progress
    is_late: bool


@dataclass(frozen=True)
class LineBoard:
    """A line at one moment."""

    line: Equipment
    shift: Shift
    at: datetime
    oee: Oee
    stations: list[StationTile]
    jobs: list[JobRow]
    news: list[News]
    good: Decimal
    scrap: Decimal
    target: Decimal
    held: int

    @property
    def pace(self) -> Pace:
        return Pace(self.good, self.target)

    @property
    def loss(self) -> str:
        """Scrap as a share of what was finished or scrapped."""
        total = self.good + self.scrap
        return f"{100 * self.scrap / total:.1f}" if total else "—"

    @property
    def tone(self) -> str:
        """The worst that holds on the line."""
        return worst(self.stations)


def of_line(line: Equipment, *, shift: Shift, at: datetime) -> LineBoard:
    """Everything the andon board of a line shows, in a fixed number of statements."""
    found = wall.of_line(line, shift=shift, at=at)
    stations = [row.station for row in found.stations]
    jobs = [job for job, _progress in found.jobs]
    news = wall_news.near([line, *stations], [job.number for job in jobs])
    holds = found.holds
    return LineBoard(
        line=line, shift=shift, at=at, oee=found.oee, stations=tiles(line, found.stations, holds),
        jobs=[JobRow(job, progress, orders.is_late(job, at)) for job, progress in found.jobs],
        news=news, good=found.good, scrap=found.scrap, target=target(planned(line, shift), shift, at),
        held=sum(len(one.targets) for one in news if one.kind != "VIOLATION"),
    )


def tiles(line: Equipment, rows: Sequence[wall.StationRow], holds: Sequence[Hold]) -> list[StationTile]:
    """The stations with who works there; a stop of the line stops every one."""
    open_now = StationSession.objects.filter(station__in=[row.station.pk for row in rows], ended_at__isnull=True)
    sessions = {one.station_id: one for one in open_now.select_related("person", "job_order")}
    stopped = {hold.target_id for hold in holds if hold.target_kind == TargetKind.EQUIPMENT}
    return [
        StationTile(row.station, bool({row.station.code, line.code} & stopped), sessions.get(row.station.pk), row.good,
                    row.reject)
        for row in rows
    ]


def planned(line: Equipment, shift: Shift) -> list[JobOrder]:
    """The work orders that were to be made on a line in some part of a shift."""
    rows = JobOrder.objects.filter(line=line, due_at__gt=shift.starts_at).exclude(status=JobOrderStatus.CANCELLED)
    return [job for job in rows if job.ended_at is None or job.ended_at >= shift.starts_at]


def target(jobs: Iterable[JobOrder], shift: Shift, at: datetime) -> Decimal:
    """Pieces that should have left the line in this shift until now, each order spread evenly over its planned time."""
    until = min(at, shift.ends_at)
    return Decimal(round(sum(float(job.quantity) * share(job, shift.starts_at, until) for job in jobs)))


def share(job: JobOrder, from_at: datetime, to_at: datetime) -> float:
    """The part of an order's planned time that lies between two moments."""
    begins = job.planned_start_at or job.started_at
    if begins is None or job.due_at <= begins:
        return 0.0
    inside = min(job.due_at, to_at) - max(begins, from_at)
    return max(inside, timedelta(0)) / (job.due_at - begins)
