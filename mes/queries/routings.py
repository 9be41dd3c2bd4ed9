"""Routings as plain values: operations of a pinned revision, and what a work order takes there; kept per process."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef

from mes import positions, ways
from mes.models import (
    CheckRule,
    DataItem,
    GroupKind,
    JobMaterial,
    JobOrder,
    Segment,
    SegmentGroup,
    SetupLine,
    WorkMaster,
)
from mes.ways import Stage
from plant.fresh import Fresh
from plant.models import MaterialDefinition, RevisionStatus, TwoNames
from qms.queries import demands

ONE = Decimal(1)


@dataclass(frozen=True)
class Replacement:
    """A material that may be taken instead, and how much of it makes one of the listed material."""

    material_id: int
    material: str
    ratio: Decimal
    unit: str


@dataclass(frozen=True)
class BomLine:
    """What one piece takes of a material at an operation, and what may stand in for it."""

    material_id: int
    material: str
    quantity_per: Decimal
    unit: str
    replacements: tuple[Replacement, ...] = ()
    is_backflushed: bool = False
    positions: tuple[str, ...] = ()

    def ratio(self, material_id: int) -> Decimal | None:
        """How much of a material makes one of the listed one; None when it is not allowed here."""
        if material_id == self.material_id:
            return ONE
        return next((one.ratio for one in self.replacements if one.material_id == material_id), None)

    @property
    def material_ids(self) -> list[int]:
        """The listed material, then its substitutes in the order in which they are offered."""
        return [self.material_id, *(one.material_id for one in self.replacements)]


@dataclass(frozen=True)
class Step(TwoNames):
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
    skill_since: datetime | None = None
    group: str = ""
    is_alternative: bool = False  # of its group, one is to be done
    is_optional: bool = False
    bom: tuple[BomLine, ...] = ()
    asks: bool = False  # for values, mes/queries/data_values.py
    checks: bool = False  # by rule, mes/queries/operator_checks.py
    fed: frozenset[tuple[int, int]] = frozenset()  # (station, material) of its set-up lists
    documents: frozenset[str] = frozenset()  # whose revision in effect must be known, qms/queries/demands.py

    def fed_at(self, station_id: int) -> frozenset[int]:
        """The materials that come from positions of a station."""
        return frozenset(material for station, material in self.fed if station == station_id)

    def takes(self, material_id: int) -> BomLine | None:
        """The line that a material is taken for, as listed or as a substitute, if this operation takes it."""
        return next((line for line in self.bom if line.ratio(material_id) is not None), None)


@dataclass(frozen=True)
class Routing:
    """The operations of one revision in their order."""

    id: int
    steps: tuple[Step, ...]
    by_code: dict[str, Step] = field(default_factory=dict, compare=False)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The operations as a lot goes through them; those of a group beside each other."""
        return ways.stages(self.steps)

    @property
    def branches(self) -> bool:
        """Whether lots may go different ways."""
        return len(self.stages) < len(self.steps)

    def instead_of(self, segment: int) -> tuple[int, ...]:
        """An operation (by id) and those that pieces pass instead of it: what is done at one is done for all."""
        step = next(one for one in self.steps if one.id == segment)
        if not step.is_alternative:
            return (segment,)
        return tuple(one.id for one in self.steps if one.group == step.group)

    def is_last(self, code: str) -> bool:
        """Whether nothing follows; a routing ends in one operation that every piece passes."""
        return self.steps[-1].code == code

    def taking(self, bill: dict[int, tuple[BomLine, ...]]) -> "Routing":
        """The same routing with what each operation (by id) takes."""
        steps = tuple(replace(step, bom=bill.get(step.id, ())) for step in self.steps)
        return Routing(self.id, steps, {step.code: step for step in steps})

    def at(self, station_id: int) -> list[Step]:
        """The operations that a station can do, in their order."""
        return [step for step in self.steps if station_id in step.station_ids]


_kept: Fresh[Routing] = Fresh(seconds=5)
_of_jobs: Fresh[Routing] = Fresh(seconds=5)


def routing(work_master_id: int) -> Routing:
    """The routing of a revision; a revision in use doesn't change, so a copy of five seconds is fresh."""
    return _kept.get(work_master_id, lambda: load(work_master_id))


def of_job(job: JobOrder) -> Routing:
    """The routing that a work order pins, with the materials of its own list; also believed for five seconds."""
    return _of_jobs.get((job.pk, job.work_master_id), lambda: routing(job.work_master_id).taking(bill_of(job)))


def bill_of(job: JobOrder) -> dict[int, tuple[BomLine, ...]]:
    """Operation → what a work order takes there, in the order of its list."""
    rows = list(JobMaterial.objects.filter(job_order=job).select_related("material__unit").order_by("priority", "pk"))
    found: dict[int, tuple[BomLine, ...]] = {}
    for row in rows:
        if row.stands_for_id is None:
            instead = tuple(
                Replacement(one.material_id, one.material.code, one.ratio, one.material.unit.symbol)
                for one in rows if one.stands_for_id == row.pk
            )
            line = BomLine(
                row.material_id, row.material.code, row.quantity_per, row.material.unit.symbol, instead,
                row.is_backflushed, positions.names(row.positions),
            )
            found[row.segment_id] = (*found.get(row.segment_id, ()), line)
    return found


def load(work_master_id: int) -> Routing:
    """Read the operations of a routing in five statements."""
    asks = Exists(DataItem.objects.filter(segment=OuterRef("pk")))
    checked = Exists(CheckRule.objects.filter(segment=OuterRef("pk")))
    rows = Segment.objects.filter(work_master_id=work_master_id).annotate(asks=asks, checked=checked)
    rows = rows.select_related("qualification", "work_master").prefetch_related("stations").order_by("sequence")
    lines = SetupLine.objects.filter(segment__work_master_id=work_master_id, position__active=True)
    fed: dict[int, set[tuple[int, int]]] = {}
    for segment, station, material in lines.values_list("segment_id", "position__station_id", "material_id"):
        fed.setdefault(segment, set()).add((station, material))
    kinds = dict(SegmentGroup.objects.filter(work_master=work_master_id).values_list("code", "kind"))
    material = rows[0].work_master.material_id if rows else 0
    known = demands.of_operations(material, ((row.code, row.qualification_id) for row in rows))
    steps = tuple(
        replace(
            _step(row, frozenset(fed.get(row.pk, ())), kinds.get(row.group or "", "")),
            documents=known[row.code, row.qualification_id],
        )
        for row in rows
    )
    return Routing(work_master_id, steps, {step.code: step for step in steps})


def _step(row: Segment, fed: frozenset[tuple[int, int]], kind: str) -> Step:
    return Step(
        id=row.pk, sequence=row.sequence, code=row.code, name=row.name, name_zh=row.name_zh,
        station_ids=frozenset(station.pk for station in row.stations.all()), qualification_id=row.qualification_id,
        qualification=row.qualification.name if row.qualification else "", rework_entry=row.rework_entry,
        asks=getattr(row, "asks", False), checks=getattr(row, "checked", False), fed=fed,
        skill_since=row.skill_since, group=row.group or "", is_alternative=kind == GroupKind.ALTERNATIVE,
        is_optional=row.is_optional,
    )


def able(segments: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Operation → the stations that can do it."""
    rows = Segment.stations.through.objects.filter(segment__in=set(segments))
    return _together(rows.order_by("segment", "equipment").values_list("segment_id", "equipment_id"))


def able_of(masters: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Routing → the stations that can do any of its operations."""
    rows = Segment.stations.through.objects.filter(segment__work_master__in=set(masters)).distinct()
    return _together(rows.values_list("segment__work_master", "equipment_id"))


def _together(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for key, station in pairs:
        found.setdefault(key, []).append(station)
    return {key: tuple(stations) for key, stations in found.items()}


def effective(material: MaterialDefinition, at: datetime) -> WorkMaster | None:
    """The revision by which a material is made at a moment; one that was changed for a single work order is none."""
    rows = WorkMaster.objects.filter(material=material, status=RevisionStatus.EFFECTIVE, effective__contains=at)
    rows = rows.filter(based_on__isnull=True)
    return rows.order_by("code").first()
