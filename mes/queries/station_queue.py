"""The queue of a station as data: which operations wait there, in which turn."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from mes.models import ON_LINE, JobSegment

TURN = (F("rank").asc(nulls_last=True), "job_order__due_at", "pk")


@dataclass(frozen=True)
class Turn:
    """What a station's tablet says of a work order that comes next."""

    number: str
    operation: str
    material: str
    quantity: Decimal
    unit: str
    due_at: datetime
    person: str


def mark(status: str, station: int | None, rank: int | None) -> str:
    """Where an operation stands, as a planner saw it: it tells whether somebody moved it since."""
    return f"{status in ON_LINE:d}.{station or 0}.{rank or 0}"


def ranks(station: int, *, without: int | None = None) -> list[tuple[int, int | None]]:
    """Operation → its rank, in the order of a station's queue."""
    rows = JobSegment.objects.filter(station=station, ended_at__isnull=True, job_order__status__in=ON_LINE)
    others = rows if without is None else rows.exclude(pk=without)
    return list(others.order_by(*TURN).values_list("pk", "rank"))


def at_turn(station: int, turn: int, job: int, operation: str) -> int | None:
    """The operation that stands at a turn (1 is next) once this one is out of the way; None beyond the end."""
    own = JobSegment.objects.filter(job_order=job, segment__code=operation).values_list("pk", flat=True).first()
    queue = [pk for pk, _rank in ranks(station, without=own)]
    return queue[turn - 1] if turn <= len(queue) else None


def next_at(station: int, *, most: int = 5) -> list[Turn]:
    """The work orders whose turn comes at a station, the next one first."""
    rows = JobSegment.objects.filter(station=station, ended_at__isnull=True, job_order__status__in=ON_LINE)
    rows = rows.select_related("segment", "person", "job_order__work_request__material__unit").order_by(*TURN)
    return [
        Turn(
            row.job_order.number, row.segment.code, row.job_order.work_request.material.name, row.job_order.quantity,
            row.job_order.work_request.material.unit.symbol, row.job_order.due_at,
            row.person.name if row.person else "",
        )
        for row in rows[:most]
    ]
