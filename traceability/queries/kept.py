"""The readings that must stay as they are however old they grow: those of lots, orders and machines that are held."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from plant.models import Equipment
from traceability import keeping
from traceability.keeping import Needed
from traceability.models import Hold, TargetKind, Visit
from traceability.queries.surroundings import streams_near

BEFORE = timedelta(days=1)  # before a machine was held


class Stretch(NamedTuple):
    """From when to when; no end while it lasts."""

    from_at: datetime
    to_at: datetime | None


def by_stream(now: datetime) -> dict[int, list[Stretch]]:
    """The stretches of each stream that somebody still needs."""
    needed = [*held(), *keeping.everything()]
    nearby = streams_near({one.equipment_id for one in needed})
    found: dict[int, set[Stretch]] = {}
    for one in needed:
        stretch = Stretch(one.from_at, max(one.from_at, one.to_at or now))
        for stream in nearby[one.equipment_id]:
            found.setdefault(stream.pk, set()).add(stretch)
    return {stream: sorted(stretches) for stream, stretches in found.items()}


def held() -> Iterator[Needed]:
    """What open holds are about: where their lots and work orders were, and their machines since the day before."""
    holds = list(Hold.objects.filter(released_at__isnull=True).values_list(
        "target_kind", "target_id", "lot_id", "placed_at"
    ))
    orders = [target for kind, target, *_ in holds if kind == TargetKind.JOB_ORDER]
    orders += [target.partition(":")[0] for kind, target, *_ in holds if kind == TargetKind.OPERATION]
    yield from of_visits(Q(lot__in=[lot for _kind, _target, lot, _at in holds if lot]) | Q(job_order__in=orders))
    places = dict(Equipment.objects.values_list("code", "pk"))
    for kind, target, _lot, placed_at in holds:
        if kind == TargetKind.EQUIPMENT and target in places:
            yield Needed(places[target], placed_at - BEFORE, None)


def of_lots(lot_ids: Iterable[int]) -> Iterator[Needed]:
    """Where some lots were."""
    return of_visits(Q(lot__in=list(lot_ids)))


def of_visits(which: Q) -> Iterator[Needed]:
    """The machines of some visits, while they lasted."""
    for place, during in Visit.objects.filter(which).values_list("equipment", "during").distinct():
        yield Needed(place, during.lower, during.upper)
