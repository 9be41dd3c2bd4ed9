"""What an operation asks for, and what was answered for a lot that is at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mes.models import DataItem, DataValue
from plant import files
from plant.models import Equipment
from traceability.models import Bucket, MaterialLot, Move, Stream
from traceability.queries import readings
from traceability.queries.readings import Point

FRESH = timedelta(minutes=1)
PERIODS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked, with the value that counts now."""

    item: DataItem
    value: DataValue | None

    @property
    def key(self) -> str:
        """The item, as addresses name it."""
        return str(self.item.pk)

    @property
    def is_missing(self) -> bool:
        return self.item.required and self.value is None

    @property
    def is_bad(self) -> bool:
        return self.value is not None and not self.value.is_good


@dataclass(frozen=True, slots=True)
class Reading:
    """What a device tells now."""

    stream: Stream
    point: Point


def arrival(lot: MaterialLot, operation: str) -> Move | None:
    """The move that brought a lot to an operation, the last time it came."""
    rows = Move.objects.filter(lot=lot, to_bucket=Bucket.WIP, to_place=operation)
    return rows.order_by("-pk").first()


def asked(segment_id: int, lot: MaterialLot, operation: str) -> list[Asked]:
    """Everything that an operation asks for, with what was answered since the lot came to it.

    An answer counts by its name and kind: a work order may have gone to another revision while the lot was here.
    """
    rows = DataValue.objects.filter(lot=lot, arrival=arrival(lot, operation), correction__isnull=True)
    values = {(value.item.name, value.item.kind): value for value in rows.select_related("person", "item")}
    items = DataItem.objects.filter(segment=segment_id).select_related("unit", "parameter__unit", "gauge_type__skill")
    return [Asked(item, values.get((item.name, item.kind))) for item in items.order_by("position", "pk")]


def live(item: DataItem, station: Equipment, at: datetime) -> Reading | None:
    """What the device of an item tells at a station, if it told it just now and holds it for good."""
    rows = Stream.objects.filter(parameter=item.parameter_id, active=True)
    stream = rows.filter(equipment=station).order_by("code").first()
    stream = stream or rows.filter(equipment__parent=station).order_by("code").first()
    point = readings.latest([stream.pk]).get(stream.pk) if stream else None
    if stream is None or point is None or not point.good:
        return None
    oldest = at - max(FRESH, PERIODS * timedelta(milliseconds=stream.period_ms))
    return Reading(stream, point) if point.at >= oldest else None


def of_lots(lots: Sequence[MaterialLot]) -> list[DataValue]:
    """Every value that was collected for some lots, corrected ones included, as they came."""
    rows = DataValue.objects.filter(lot__in=lots).select_related(
        "item__unit", "item__parameter__unit", "item__segment", "lot", "person", "station", "corrects", "correction",
        "stream",
    )
    return list(rows.order_by("pk"))


def photo(pk: int) -> DataValue | None:
    """One value that is a picture."""
    return DataValue.objects.exclude(key="").filter(pk=pk).select_related("item", "lot").first()


@files.register
def spoken_of(keys: set[str]) -> set[str]:
    """Of some keys of files, those that are photos of a lot."""
    return set(DataValue.objects.filter(key__in=keys).values_list("key", flat=True))
