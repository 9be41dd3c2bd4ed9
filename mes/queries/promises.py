"""Whether production orders come in time: their promise, beside when the queues of stations are through with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from mes import queueing
from mes.models import ON_LINE, JobOrder, JobOrderStatus, WorkRequest, WorkRequestStatus
from mes.queries import calendars, dispatch_board, dispatch_cards, orders
from mes.queries.orders import Progress
from plant import scoping
from plant.models import Equipment, Person

OVER = (JobOrderStatus.COMPLETED, JobOrderStatus.CANCELLED)


@dataclass(frozen=True)
class Promise:
    """A production order, how far it is, and when the last of it will be through; unknown until all is dispatched."""

    order: WorkRequest
    progress: Progress
    ends_at: datetime | None
    at: datetime

    @property
    def state(self) -> str:
        """LATE, AT_RISK, UNKNOWN or IN_TIME."""
        if self.order.due_at < self.at:
            return "LATE"
        if self.ends_at is None:
            return "UNKNOWN"
        return "AT_RISK" if self.ends_at > self.order.due_at else "IN_TIME"

    @property
    def delay(self) -> timedelta:
        """By how much it comes late: forecast, or already; nothing for one in time."""
        latest = max(self.ends_at or self.at, self.at)
        return max(latest - self.order.due_at, timedelta(0))


def promises(person: Person, lines: Sequence[Equipment], *, at: datetime, line: str = "") -> list[Promise]:
    """The open production orders that a person sees, the latest first; of one line when its code is given."""
    is_open = WorkRequest.objects.filter(status__in=(WorkRequestStatus.OPEN, WorkRequestStatus.RELEASED))
    rows = scoping.visible(is_open, person).select_related("material__unit", "customer")
    if line:
        rows = rows.filter(pk__in=JobOrder.objects.filter(line__code=line).values("work_request"))
    found = list(rows.order_by("due_at", "pk"))
    progress = orders.progress_of_requests(found)
    ends = ends_of_orders(found, forecast(lines, at=at))
    told = [Promise(one, progress[one.pk], ends[one.pk], at) for one in found]
    return sorted(told, key=lambda one: (-one.delay, one.order.due_at))


def ends_of_orders(found: Sequence[WorkRequest], ends: Mapping[int, datetime | None]) -> dict[int, datetime | None]:
    """When the last work order of each production order is through; None while some of it is on no line."""
    parts: dict[int, list[tuple[int, str, Decimal]]] = {one.pk: [] for one in found}
    rows = JobOrder.objects.filter(work_request__in=parts).exclude(status=JobOrderStatus.CANCELLED)
    for pk, request, status, quantity in rows.values_list("pk", "work_request", "status", "quantity"):
        parts[request].append((pk, status, quantity))
    told: dict[int, datetime | None] = {}
    for one in found:
        mine = parts[one.pk]
        open_now = [ends.get(pk) for pk, status, _quantity in mine if status not in OVER]
        is_whole = sum(quantity for _pk, _status, quantity in mine) >= one.quantity
        known = [moment for moment in open_now if moment is not None]
        told[one.pk] = max(known) if is_whole and known and len(known) == len(open_now) else None
    return told


def forecast(lines: Sequence[Equipment], *, at: datetime) -> dict[int, datetime | None]:
    """Work order on a line → when the queues of its stations are through with it; None where a calendar ends before."""
    stations = list(Equipment.objects.filter(parent__in=lines, active=True, stores_material=False))
    jobs = JobOrder.objects.filter(line__in=lines, status__in=ON_LINE)
    cards = dispatch_cards.of_stations(stations, dict(jobs.values_list("number", "pk")))
    shifts = calendars.shifts([one.pk for one in lines], at, at + dispatch_board.AHEAD)
    clocks = {pk: dispatch_board.clock_of(found, at) for pk, found in shifts.items()}
    told: dict[int, datetime | None] = {}
    for station in stations:
        mine = [card for card in cards if card.station_id == station.pk]
        ends = queueing.through([card.work for card in mine], clocks[station.parent_id or 0])
        for card in mine:
            told[card.job] = latest(told.get(card.job, at), ends[card.pk])
    return told


def latest(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later of two moments; unknown as soon as one is."""
    return None if one is None or other is None else max(one, other)
