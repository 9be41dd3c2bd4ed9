"""How a station stands against its set-up list: what each position should hold, what it holds, and what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from mes.models import ON_LINE, FeedPosition, JobMaterial, JobOrder, JobOrderStatus, Mount, SetupLine
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition
from traceability.models import Bucket, LotBalance

ZERO = Decimal(0)
EMPTY, WRONG, HELD, EXPIRED, USED_UP = "empty", "wrong", "held", "expired", "used-up"


class UnknownPosition(Refusal):
    """A code that no position carries."""

    code = "unknown-position"


@dataclass(frozen=True, slots=True)
class Place:
    """One position of a set-up list: what it should hold, what is mounted there, and how much of that is left."""

    position: FeedPosition
    material: MaterialDefinition
    instead: tuple[MaterialDefinition, ...]
    mount: Mount | None
    left: Decimal
    trouble: str

    @property
    def takes(self) -> str:
        """The listed material and what may stand in for it, in words."""
        return " / ".join(one.code for one in (self.material, *self.instead))

    @property
    def told(self) -> Any:
        """What is wrong, in words; nothing when it is right."""
        return TOLD[self.trouble] if self.trouble else ""


TOLD = {
    EMPTY: _("nothing is mounted"), WRONG: _("the wrong material is mounted"), HELD: _("the mounted lot is held"),
    EXPIRED: _("the mounted lot has expired"), USED_UP: _("the mounted lot is used up"),
}


def position(code: str) -> FeedPosition | None:
    """The position in use with this code, with its station."""
    rows = FeedPosition.objects.select_related("station__parent__parent__parent")
    return rows.filter(code=code, active=True).first()


def found(code: str) -> FeedPosition:
    """The position with this code, or a refusal for who named another one."""
    one = position(code)
    if one is None:
        message = _("There is no position “%(code)s” in use. Check its label, or the list of feed positions.")
        raise UnknownPosition(message % {"code": code[:40]}, facts={"field": "position"})
    return one


def of_station(station: Equipment, job: JobOrder, at: datetime, segments: Iterable[int] = ()) -> list[Place]:
    """Every position that the work order's set-up lists name at a station, by code; of all its operations or these."""
    rows = SetupLine.objects.filter(segment__work_master=job.work_master_id, position__station=station)
    chosen = list(segments)
    lines = rows.filter(segment__in=chosen) if chosen else rows
    named = list(lines.filter(position__active=True).select_related("position", "material").order_by("position__code"))
    if not named:
        return []
    mounted = {one.position_id: one for one in mounts(Q(position__in=[line.position_id for line in named]))}
    left = amounts(station, mounted.values())
    instead = stand_ins(job, named)
    return [_place(line, mounted.get(line.position_id), instead, left, at) for line in named]


def _place(
    line: SetupLine, mount: Mount | None, instead: dict[tuple[int, int], list[MaterialDefinition]],
    left: dict[int, Decimal], at: datetime,
) -> Place:
    allowed = tuple(instead.get((line.segment_id, line.material_id), ()))
    there = left.get(mount.pk, ZERO) if mount else ZERO
    right = {line.material_id, *(one.pk for one in allowed)}
    return Place(line.position, line.material, allowed, mount, there, _trouble(mount, right, there, at))


def _trouble(mount: Mount | None, right: set[int], left: Decimal, at: datetime) -> str:
    if mount is None:
        return EMPTY
    lot = mount.lot
    if lot.material_id not in right:
        return WRONG
    if lot.open_holds:
        return HELD
    if lot.expires_at is not None and lot.expires_at <= at:
        return EXPIRED
    return "" if left > 0 else USED_UP


def mounts(where: Q) -> QuerySet[Mount]:
    """What is mounted now, with the lot and what that was joined to."""
    rows = Mount.objects.filter(where, taken_at__isnull=True)
    rows = rows.select_related("lot__material__unit", "position", "follows__lot", "job_order")
    return rows.order_by("position__code")


def amounts(station: Equipment, mounted: Iterable[Mount]) -> dict[int, Decimal]:
    """Mount → how much of its lot lies at the station, and of the lot that it was joined to."""
    lots = {one.pk: [one.lot_id, *([one.follows.lot_id] if one.follows else [])] for one in mounted}
    rows = LotBalance.objects.filter(
        bucket=Bucket.ISSUED, place=station.code, lot__in=[lot for those in lots.values() for lot in those]
    )
    there: dict[int, Decimal] = dict(rows.values_list("lot").annotate(Sum("quantity")))
    return {pk: sum((there.get(lot, ZERO) for lot in those), ZERO) for pk, those in lots.items()}


def stand_ins(job: JobOrder, lines: Sequence[SetupLine]) -> dict[tuple[int, int], list[MaterialDefinition]]:
    """(operation, listed material) → what the work order's own list allows instead, in the order of offering."""
    rows = JobMaterial.objects.filter(
        job_order=job, stands_for__isnull=False, segment__in={line.segment_id for line in lines}
    )
    allowed: dict[tuple[int, int], list[MaterialDefinition]] = {}
    for row in rows.select_related("stands_for", "material__unit").order_by("priority", "pk"):
        if row.stands_for is not None:
            allowed.setdefault((row.segment_id, row.stands_for.material_id), []).append(row.material)
    return allowed


def line_of(one: FeedPosition, job: JobOrder) -> SetupLine | None:
    """What a position holds for a work order."""
    rows = SetupLine.objects.filter(position=one, segment__work_master=job.work_master_id)
    return rows.select_related("material__unit", "segment").order_by("segment__sequence").first()


@dataclass(frozen=True, slots=True)
class Held:
    """A position with what is mounted on it, and how much of that is left."""

    position: FeedPosition
    mount: Mount | None
    left: Decimal | None


OCCUPIED = Exists(Mount.objects.filter(position=OuterRef("pk"), taken_at__isnull=True))


def dress(rows: Sequence[FeedPosition]) -> list[Held]:
    """Each position with its mounted lot, in a fixed number of statements."""
    found = mounts(Q(position__in=rows)).select_related("mounted_by", "position__station")
    mounted = {one.position_id: one for one in found}
    left: dict[int, Decimal] = {}
    for station in {row.station_id: row.station for row in rows}.values():
        left |= amounts(station, [one for one in mounted.values() if one.position.station_id == station.pk])
    return [Held(row, one, left[one.pk] if one else None) for row in rows for one in [mounted.get(row.pk)]]


def jobs_at(station: Equipment) -> list[JobOrder]:
    """The open work orders whose set-up lists name positions of a station; what runs comes first."""
    lines = SetupLine.objects.filter(position__station=station, position__active=True)
    rows = JobOrder.objects.filter(
        status__in=ON_LINE, line__in=[station.pk, station.parent_id],
        work_master__in=lines.values("segment__work_master"),
    )
    found = rows.select_related("work_request__material__unit", "work_master", "line").order_by("pk")
    return sorted(found, key=lambda job: ON_LINE.index(JobOrderStatus(job.status)))


def beside(station: Equipment, job: JobOrder | None) -> list[Mount]:
    """What is mounted at a station on positions that the work order does not name."""
    named = SetupLine.objects.filter(segment__work_master=job.work_master_id) if job else SetupLine.objects.none()
    rows = mounts(Q(position__station=station) & ~Q(position__in=named.values("position")))
    return list(rows.select_related("mounted_by"))


def history(station: Equipment) -> QuerySet[Mount]:
    """Everything that was ever mounted at a station, the newest first."""
    rows = Mount.objects.filter(position__station=station).order_by("-mounted_at", "-pk")
    return rows.select_related("lot__material", "position", "job_order", "mounted_by", "taken_by", "follows__lot")


def positions() -> QuerySet[FeedPosition]:
    """Every position in use, for the list."""
    return FeedPosition.objects.filter(active=True).select_related("station__parent")
