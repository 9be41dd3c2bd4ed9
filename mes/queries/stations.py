"""What a station's tablet shows: who works on what, what lies ready, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mes.models import JobOrder, JobSegment, StationSession
from mes.queries import feeding, lot_ways, needs, routings, station_queue
from mes.queries.routings import Routing, Step
from mes.queries.station_queue import Turn
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel, Person
from traceability.gate import operation_id
from traceability.models import Bucket, Hold, LotBalance, TargetKind, Visit

NEXT_SHOWN = 8


class UnknownStation(Refusal):
    """A code that no station carries."""

    code = "unknown-station"


@dataclass(frozen=True)
class Panel:
    """Everything a tablet shows at one moment."""

    station: Equipment
    session: StationSession | None
    job: JobOrder | None
    rows: list[JobSegment]
    visits: list[Visit]
    loaded: list[LotBalance]
    queue: list[LotBalance]
    holds: list[Hold]
    missing: dict[str, Decimal]
    steps: list[Step]
    coming: list[Turn]

    @property
    def asks(self) -> bool:
        """Whether the operation that is being done asks for values."""
        code = self.current.operation if self.current else ""
        return any(step.asks and step.code == code for step in self.steps)

    @property
    def is_fed(self) -> bool:
        """Whether an operation here takes material from positions."""
        return any(step.fed_at(self.station.pk) for step in self.steps)

    @property
    def may_pass(self) -> bool:
        """Whether an operation here may be passed over."""
        return any(step.is_optional for step in self.steps)

    @property
    def row(self) -> JobSegment | None:
        """The operation that the station does for its work order."""
        return self.rows[0] if self.rows else None

    @property
    def doing(self) -> JobSegment | None:
        """The operation of the lot that is being worked on; without one, the first that the station does."""
        code = self.current.operation if self.current else ""
        return next((row for row in self.rows if row.segment.code == code), self.row)

    @property
    def current(self) -> Visit | None:
        """The lot that is being worked on."""
        chosen = self.session.lot_id if self.session else None
        return next((visit for visit in self.visits if visit.lot_id == chosen), self.visits[0] if self.visits else None)


def by_code(code: str) -> Equipment | None:
    """The station with this code, with what it is part of."""
    rows = Equipment.objects.select_related("parent__parent__parent")
    return rows.filter(code=code, level=EquipmentLevel.WORK_UNIT, active=True).first()


def found(code: str) -> Equipment:
    """The station with this code, or a refusal for who named another one."""
    station = by_code(code)
    if station is None:
        message = _("There is no station “%(code)s”. Check the code in the list of equipment.")
        raise UnknownStation(message % {"code": code[:80]}, facts={"station": code[:80]})
    return station


def choice(near: "QuerySet[Equipment]") -> list[tuple[Equipment, StationSession | None]]:
    """The stations among some places with whoever is signed on, by line."""
    open_now = StationSession.objects.filter(ended_at__isnull=True).select_related("person", "job_order")
    sessions = {session.station_id: session for session in open_now}
    rows = near.filter(level=EquipmentLevel.WORK_UNIT, active=True, stores_material=False)
    return [(row, sessions.get(row.pk)) for row in rows.select_related("parent").order_by("parent__code", "code")]


def session_at(station: Equipment) -> StationSession | None:
    """Who works here now, and on what."""
    rows = StationSession.objects.filter(station=station, ended_at__isnull=True)
    return rows.select_related(
        "person", "job_order__work_request__material__unit", "job_order__line", "position"
    ).first()


def was_signed_on(station: Equipment, number: str, at: datetime) -> Person | None:
    """The person with this number, if they were signed on at a station at a moment."""
    rows = StationSession.objects.filter(station=station, person__number=number, started_at__lte=at)
    session = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=at)).select_related("person").first()
    return session.person if session else None


def panel(station: Equipment) -> Panel:
    """All that the tablet of a station shows, in a fixed number of statements."""
    session = session_at(station)
    job = session.job_order if session else None
    steps = routings.of_job(job).at(station.pk) if job else []
    rows = JobSegment.objects.filter(job_order=job, segment_id__in=[step.id for step in steps])
    found = Panel(
        station=station, session=session, job=job,
        rows=list(rows.select_related("segment").order_by("segment__sequence")) if job else [],
        visits=open_visits(station), loaded=loaded(station), queue=queue(job, [step.code for step in steps]),
        holds=holds_on(station, [(job.number, step.code) for step in steps] if job else []), missing={}, steps=steps,
        coming=station_queue.next_at(station.pk),
    )
    return Panel(**{**found.__dict__, "missing": missing(found, steps)})


def open_visits(station: Equipment) -> list[Visit]:
    """The lots that are being worked on at a station, the newest first."""
    rows = Visit.objects.filter(equipment=station, during__upper_inf=True)
    return list(rows.select_related("lot__material__unit").order_by("-pk")[:20])


def loaded(station: Equipment) -> list[LotBalance]:
    """The material that lies ready at a station."""
    rows = feeding.issued(station)
    return list(rows.select_related("lot__material__unit").order_by("lot__material__code", "lot__expires_at", "lot_id"))


def queue(job: JobOrder | None, operations: list[str]) -> list[LotBalance]:
    """The lots of a work order that wait for these operations: where they stand, or at another one of the group."""
    if job is None or not operations:
        return []
    routing = routings.of_job(job)
    places = {op.code for stage in routing.stages if {op.code for op in stage.ops} & {*operations} for op in stage.ops}
    rows = LotBalance.objects.filter(bucket=Bucket.WIP, place__in=places, quantity__gt=0, lot__job_order=job.number)
    rows = rows.select_related("lot__material__unit").order_by("lot_id")
    if places <= {*operations} and not routing.branches:
        return list(rows[:NEXT_SHOWN])
    return open_here(routing, list(rows), operations)[:NEXT_SHOWN]


def open_here(routing: Routing, rows: Sequence[LotBalance], operations: Sequence[str]) -> list[LotBalance]:
    """Of the lots in some groups, those to which one of these operations is open."""
    ways = lot_ways.of_lots(routing, {row.lot_id for row in rows})
    standing: dict[int, set[str]] = {}
    for row in rows:
        standing.setdefault(row.lot_id, set()).add(row.place)
    return [
        row for row in rows
        if row.place in {ways[row.lot_id].source(code, standing[row.lot_id]) for code in operations}
    ]


def holds_on(station: Equipment, operations: Sequence[tuple[str, str]]) -> list[Hold]:
    """The open holds on a station, the line it stands in, or what it does for its work order."""
    codes = [station.code] + ([station.parent.code] if station.parent else [])
    reach = Q(target_kind=TargetKind.EQUIPMENT, target_id__in=codes)
    reach |= Q(target_kind=TargetKind.OPERATION, target_id__in=[operation_id(*one) for one in operations])
    return list(Hold.objects.filter(reach, released_at__isnull=True).order_by("placed_at"))


def missing(found: Panel, steps: list[Step]) -> dict[str, Decimal]:
    """What the current lot still needs, by material."""
    if found.current is None or found.job is None:
        return {}
    step = next((step for step in steps if step.code == found.current.operation), None)
    left = needs.of_lot(found.current.lot, step) if step else {}
    return {line.material: left[line.material_id] for line in (step.bom if step else ())
            if line.material_id in left and not line.is_backflushed}
