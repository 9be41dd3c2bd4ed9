"""Several work orders on the line of the tests, and what one asks of its queues."""

from typing import Any

from mes.commands import job_orders, queueing, work_requests
from mes.models import JobOrder, JobSegment
from mes.queries import station_queue
from plant import fresh
from plant.models import Equipment
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

WHY = "It comes this morning."


def more(number: str, *, quantity: int = 10, dispatched: bool = True) -> JobOrder:
    """One more work order, on the line or waiting for one."""
    planner = factories.planner()
    request = work_requests.release(work_request=factories.order(quantity, number=number), by=planner, at=NOW)
    job = JobOrder.objects.get(work_request=request)
    job = job_orders.release(job_order=job, by=planner, at=NOW, despite_shortage=WHY)
    if not dispatched:
        return job
    return job_orders.dispatch(job_order=job, line=ground.line(), by=planner, at=NOW, despite_shortage=WHY)


def row(job: JobOrder, operation: str = "MOUNT") -> JobSegment:
    return JobSegment.objects.select_related("segment", "station").get(job_order=job, segment__code=operation)


def able(job: JobOrder, operation: str, station: Equipment) -> None:
    """Let one more station do an operation."""
    row(job, operation).segment.stations.add(station)
    fresh.forget_all()


def queue(station: str) -> list[str]:
    """The work orders of a station in their turn."""
    found = Equipment.objects.get(code=station)
    rows = station_queue.ranks(found.pk)
    return [JobSegment.objects.get(pk=pk).job_order.number for pk, _rank in rows]


def put(job: JobOrder, station: str, *, operation: str = "MOUNT", **more: Any) -> JobSegment:
    place = Equipment.objects.select_related("parent").get(code=station)
    return queueing.put(
        job_order=JobOrder.objects.get(pk=job.pk), operation=operation, station=place, by=factories.planner(), at=NOW,
        **more,
    )
