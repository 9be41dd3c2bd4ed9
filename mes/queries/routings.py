"""Routings as plain values: operations, stations and bill of materials of a pinned revision, kept per process."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from mes.models import JobOrder, Segment, WorkMaster
from plant.fresh import Fresh
from plant.models import MaterialDefinition, RevisionStatus


@dataclass(frozen=True)
class BomLine:
    """What one piece takes of a material at an operation."""

    material_id: int
    material: str
    quantity_per: Decimal
    unit: str
    since: datetime | None = None
    until: datetime | None = None

    def counts(self, at: datetime) -> bool:
        """Whether this line is effective at a moment."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Step:
    """One operation of a routing."""

    id: int
    sequence: int
    code: str
    name: str
    name_zh: str
    station_ids: frozenset[int]
    qualification_id: int | None
    qualification: str
    rework_entry: bool
    bom: tuple[BomLine, ...]

    def takes(self, material_id: int) -> BomLine | None:
        """The line of the bill of materials for a material, if this operation takes it."""
        return next((line for line in self.bom if line.material_id == material_id), None)


@dataclass(frozen=True)
class Routing:
    """The operations of one revision in their order."""

    id: int
    steps: tuple[Step, ...]
    by_code: dict[str, Step] = field(default_factory=dict, compare=False)

    def after(self, code: str) -> Step | None:
        """The operation that follows, or None after the last."""
        step = self.by_code[code]
        return next((later for later in self.steps if later.sequence > step.sequence), None)

    def as_of(self, at: datetime) -> "Routing":
        """The same routing with the lines of its bill of materials that are effective at a moment."""
        if all(line.counts(at) for step in self.steps for line in step.bom):
            return self
        steps = tuple(replace(step, bom=tuple(line for line in step.bom if line.counts(at))) for step in self.steps)
        return Routing(self.id, steps, {step.code: step for step in steps})

    def at(self, station_id: int) -> list[Step]:
        """The operations that a station can do, in their order."""
        return [step for step in self.steps if station_id in step.station_ids]


_kept: Fresh[Routing] = Fresh(seconds=5)


def routing(work_master_id: int) -> Routing:
    """The routing of a revision; a revision in use doesn't change, so a copy of five seconds is fresh."""
    return _kept.get(work_master_id, lambda: load(work_master_id))


def of_job(job: JobOrder) -> Routing:
    """The routing that a work order pins, with what one piece took when it was planned."""
    return routing(job.work_master_id).as_of(job.planned_at)


def load(work_master_id: int) -> Routing:
    """Read a routing in three statements."""
    rows = Segment.objects.filter(work_master_id=work_master_id).order_by("sequence")
    rows = rows.select_related("qualification").prefetch_related("stations", "materials__material__unit")
    steps = tuple(_step(row) for row in rows)
    return Routing(work_master_id, steps, {step.code: step for step in steps})


def _step(row: Segment) -> Step:
    bom = tuple(
        BomLine(
            line.material_id, line.material.code, line.quantity_per, line.material.unit.symbol, line.effective.lower,
            line.effective.upper,
        )
        for line in sorted(row.materials.all(), key=lambda line: line.pk)
    )
    return Step(
        id=row.pk, sequence=row.sequence, code=row.code, name=row.name, name_zh=row.name_zh,
        station_ids=frozenset(station.pk for station in row.stations.all()), qualification_id=row.qualification_id,
        qualification=row.qualification.name if row.qualification else "", rework_entry=row.rework_entry, bom=bom,
    )


def effective(material: MaterialDefinition, at: datetime) -> WorkMaster | None:
    """The revision by which a material is made at a moment."""
    rows = WorkMaster.objects.filter(material=material, status=RevisionStatus.EFFECTIVE, effective__contains=at)
    return rows.order_by("code").first()
