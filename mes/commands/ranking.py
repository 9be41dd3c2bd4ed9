"""Where operations stand in the queue of a station: last, in front of another, or all of them anew."""

from collections.abc import Iterable, Sequence

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from mes import queueing
from mes.models import JobSegment
from mes.queries import station_queue
from plant import locks
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel


class Moved(Refusal):
    """Somebody else changed the queue since it was looked at."""

    code = "queue-changed"


def enter(*places: Equipment | None) -> None:
    """Change the queues of these lines alone, or of the line that a station stands in; taken before any row lock."""
    lines = {one.parent_id if one.level == EquipmentLevel.WORK_UNIT else one.pk for one in places if one is not None}
    locks.queue(sorted(pk for pk in lines if pk is not None))


def changed(station: Equipment) -> Moved:
    """Say that a queue is no longer the one that was looked at."""
    message = _("The queue of %(station)s has changed meanwhile. Look at it as it is now, and move the work again.")
    return Moved(message % {"station": station.code}, facts={"station": station.code})


def stand(row: JobSegment, station: Equipment, before: int | None) -> None:
    """Write where an operation stands; the queue of its line is locked."""
    queue = dict(station_queue.ranks(station.pk, without=row.pk))
    if before is not None and before not in queue:
        raise changed(station)
    high = queue[before] if before is not None else None
    taken = JobSegment.objects.filter(station=station, rank__isnull=False).exclude(pk=row.pk)
    low = (taken if high is None else taken.filter(rank__lt=high)).aggregate(most=Max("rank"))["most"]
    rank = None if None in queue.values() else queueing.between(low, high)
    if rank is None:
        order = list(queue)
        order.insert(order.index(before) if before is not None else len(order), row.pk)
        JobSegment.objects.filter(pk=row.pk).update(station=station, rank=None)
        spread(station.pk, order)
        row.refresh_from_db(fields=["station", "rank"])
        return
    row.station, row.rank = station, rank
    row.save(update_fields=["station", "rank"])


def append(rows: Iterable[JobSegment]) -> None:
    """Let operations stand last at their stations, not saved; the queue of their line is locked."""
    told: dict[int | None, int] = {}
    for row in rows:
        if row.station_id not in told:
            here = JobSegment.objects.filter(station=row.station_id)
            told[row.station_id] = here.aggregate(most=Max("rank"))["most"] or 0
        told[row.station_id] += queueing.STEP
        row.rank = told[row.station_id]


def spread(station: int, order: Sequence[int]) -> None:
    """Give the operations of a station new ranks in this order, above every rank it ever gave."""
    most = JobSegment.objects.filter(station=station).aggregate(most=Max("rank"))["most"] or 0
    rows = JobSegment.objects.in_bulk(order)
    for place, pk in enumerate(order, 1):
        rows[pk].rank = most + place * queueing.STEP
    JobSegment.objects.bulk_update(rows.values(), ["rank"])
