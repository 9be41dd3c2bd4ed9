"""Which lots feed an operation: what is mounted on its positions, else what lies ready, in the order it is taken."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from mes.models import Mount, SetupLine
from mes.queries.routings import BomLine, Step
from plant.models import Equipment
from traceability.models import Bucket, LotBalance, MaterialLot, Move
from traceability.queries import picking


class Feed(NamedTuple):
    """What can be taken, in this order, and every lot that may have gone in."""

    rows: list[LotBalance]
    maybe: list[int]

    @property
    def is_certain(self) -> bool:
        """Whether one lot alone can be in the piece."""
        return len(self.maybe) <= 1


def of_line(step: Step, line: BomLine, station: Equipment, at: datetime, since: datetime | None = None) -> Feed:
    """What feeds one line of the bill: now, or for a piece that was being worked on since a moment."""
    if line.material_id in step.fed_at(station.pk):
        return mounted(step, line, station, at, since)
    rows = [row for row in lying(station, line, picking.rule(line.material_id)[0]) if usable(row.lot, at)]
    return Feed(rows, spent(station, line, since, [row.lot_id for row in rows]) if since else [])


def mounted(step: Step, line: BomLine, station: Equipment, at: datetime, since: datetime | None) -> Feed:
    """The lots on the positions for a material; one that runs out comes before the one that was joined to it."""
    lines = SetupLine.objects.filter(segment=step.id, position__station=station, material=line.material_id)
    mounts = Mount.objects.filter(position__in=lines.values("position"), lot__material__in=line.material_ids)
    now = list(mounts.filter(taken_at__isnull=True).select_related("follows").order_by("position__code"))
    order = [lot for one in now for lot in ([one.follows.lot_id] if one.follows else []) + [one.lot_id]]
    rows = issued(station).filter(lot__in=order).select_related("lot__material")
    ready = sorted((row for row in rows if usable(row.lot, at)), key=lambda row: order.index(row.lot_id))
    there = [*(row.lot_id for row in ready), *(one.lot_id for one in now)]
    if since is not None:
        while_there = mounts.filter(Q(taken_at__isnull=True) | Q(taken_at__gte=since))
        there = [*there, *while_there.values_list("lot_id", flat=True)]
        there = spent(station, line, since, there)
    return Feed(ready, list(dict.fromkeys(there)))


def issued(station: Equipment) -> QuerySet[LotBalance]:
    """What lies at a station."""
    return LotBalance.objects.filter(bucket=Bucket.ISSUED, place=station.code, quantity__gt=0)


def lying(station: Equipment, line: BomLine, order: str) -> list[LotBalance]:
    """What lies ready of a line's materials: the listed one first, then by the picking rule."""
    rows = issued(station).filter(lot__material__in=line.material_ids).select_related("lot__material")
    return sorted(picking.in_order(rows, order), key=lambda row: line.material_ids.index(row.lot.material_id))


def usable(lot: MaterialLot, at: datetime) -> bool:
    """Whether a lot is neither held nor expired."""
    return not lot.open_holds and (lot.expires_at is None or lot.expires_at > at)


def spent(station: Equipment, line: BomLine, since: datetime, there: list[int]) -> list[int]:
    """These lots, and those that left the station or were used up there since."""
    gone = Move.objects.filter(
        from_bucket=Bucket.ISSUED, from_place=station.code, at__gte=since, lot__material__in=line.material_ids
    ).exclude(lot__in=there)
    return [*there, *gone.values_list("lot_id", flat=True).distinct()]

