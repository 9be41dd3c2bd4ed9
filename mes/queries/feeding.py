"""Which lots feed an operation: what is mounted on its positions, else what lies ready, in the order it is taken."""

from collections.abc import Iterable, Sequence
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


def of_line(
    step: Step, line: BomLine, station: Equipment, there: Sequence[LotBalance], at: datetime,
    since: datetime | None = None,
) -> Feed:
    """What feeds one line of the bill, of what lies there: now, or for a piece that was worked on since a moment."""
    if line.material_id in step.fed_at(station.pk):
        return mounted(step, line, station, at, since)
    ids = line.material_ids
    rows = [row for row in there if row.lot.material_id in ids and row.quantity > 0 and usable(row.lot, at)]
    rows.sort(key=lambda row: ids.index(row.lot.material_id))
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


def lying(step: Step, lines: Iterable[BomLine], station: Equipment) -> list[LotBalance]:
    """What lies ready at a station for lines that no position feeds, each material by its picking rule."""
    fed = step.fed_at(station.pk)
    wanted = {pk for line in lines if line.material_id not in fed for pk in line.material_ids}
    rows = issued(station).filter(lot__material__in=wanted).select_related("lot__material")
    return list(picking.by_rules(rows)) if wanted else []


def usable(lot: MaterialLot, at: datetime) -> bool:
    """Whether a lot is neither held nor expired."""
    return not lot.open_holds and (lot.expires_at is None or lot.expires_at > at)


def spent(station: Equipment, line: BomLine, since: datetime, there: list[int]) -> list[int]:
    """These lots, and those that left the station or were used up there since."""
    gone = Move.objects.filter(
        from_bucket=Bucket.ISSUED, from_place=station.code, at__gte=since, lot__material__in=line.material_ids
    ).exclude(lot__in=there)
    return [*there, *gone.values_list("lot_id", flat=True).distinct()]
