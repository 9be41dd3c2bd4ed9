"""The order in which stations work: where an operation stands in a queue, and moving it there or elsewhere."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import dispatching, hints, ranking, readiness
from mes.commands.ranking import Moved
from mes.commands.readiness import CantDispatch
from mes.models import ON_LINE, JobOrder, JobOrderStatus, JobSegment
from mes.queries import routings, station_queue
from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Equipment, EquipmentLevel, Person
from plant.transactions import command

S = JobOrderStatus


@command
def put(
    *, job_order: JobOrder, station: Equipment, by: Person, at: datetime, operation: str = "",
    before: int | None = None, seen: str | None = None, despite_shortage: str = "",
) -> JobSegment:
    """Give an operation of a work order its turn at a station, in front of another (id of a job segment) or last.

    Where none is named it is the first that the station can do.
    One that no line has yet is dispatched to the station's line; one that was dispatched to another line and not begun
    goes over as a whole. `seen` is where the planner saw it (`station_queue.mark`); if it is no longer there, or what
    it should stand before has gone, it is refused and nothing changes.
    """
    policies.check(by, "job.dispatch")
    line = line_of(station)
    ranking.enter(line, job_order.line)
    job = lock(JobOrder.objects.select_related("work_master", "line").filter(pk=job_order.pk))[0]
    operation = operation or first_at(job, station)
    row = row_of(job, operation)
    if seen is not None and seen != station_queue.mark(job.status, row.station_id, row.rank):
        raise moved(job)
    was = row.station.code if row.station else ""
    if job.status == S.DISPATCHED and job.line_id != line.pk:
        job = take_back(job_order=job, by=by, at=at, reason=station.code)
    if job.status in (S.PLANNED, S.RELEASED):
        wanted = {step.code: station for step in routings.of_job(job).at(station.pk)}
        check_able(job, operation, station)
        dispatching.dispatch(
            job_order=job, line=line, stations=wanted, person=row.person, by=by, at=at,
            despite_shortage=despite_shortage,
        )
        row.refresh_from_db()
    else:
        check_move(job, row, station, line, at)
    ranking.stand(row, station, before)
    told = {"operation": operation, "from": was, "station": station.code}
    journal.record("joborder.queued", subject=job, by=by, data=told)
    tell(job, station.code, was)
    return row


def line_of(station: Equipment) -> Equipment:
    """The line that a station stands in."""
    if station.level != EquipmentLevel.WORK_UNIT or station.parent is None:
        raise CantDispatch(_("%(place)s is no station of a line. Choose a station.") % {"place": station.code})
    return station.parent


def first_at(job: JobOrder, station: Equipment) -> str:
    """The first operation of a work order that a station can do."""
    able = routings.of_job(job).at(station.pk)
    if not able:
        message = _("%(station)s can do no operation of %(job)s. Choose a station that its routing names.")
        words = {"station": station.code, "job": job.number}
        raise CantDispatch(message % words, code="wrong-station", facts={"station": station.code})
    return able[0].code


def row_of(job: JobOrder, operation: str) -> JobSegment:
    """An operation of a work order, locked with all of its operations."""
    rows = lock(JobSegment.objects.select_related("segment", "station", "person").filter(job_order=job))
    found = next((row for row in rows if row.segment.code == operation), None)
    if found is None:
        message = _("Work order %(job)s has no operation %(operation)s. Release it first, or reload the page.")
        raise CantDispatch(message % {"job": job.number, "operation": operation[:40]}, code="no-operation")
    return found


def check_able(job: JobOrder, operation: str, station: Equipment) -> None:
    """Refuse a station that can't do the operation by the work order's own revision of the routing."""
    if station.pk not in routings.of_job(job).by_code[operation].station_ids:
        message = _("%(station)s can't do operation %(operation)s. Choose a station that the routing names for it.")
        words = {"station": station.code, "operation": operation}
        raise CantDispatch(message % words, code="wrong-station", facts=words)


def check_move(job: JobOrder, row: JobSegment, station: Equipment, line: Equipment, at: datetime) -> None:
    """Refuse, with every reason, a move of an operation that is dispatched already."""
    operation = row.segment.code
    if job.status not in ON_LINE or row.ended_at is not None:
        message = _("Operation %(operation)s of %(job)s is over or was taken back. Reload the page.")
        raise CantDispatch(message % {"operation": operation, "job": job.number}, code="over")
    if job.line_id != line.pk:
        message = _("%(job)s has begun on line %(line)s. Its operations can only move to stations of that line.")
        raise CantDispatch(message % {"job": job.number, "line": job.line.code if job.line else ""}, code="begun")
    check_able(job, operation, station)
    if station.pk != row.station_id:
        found = readiness.of_places(job, [station], at)
        found += readiness.of_person(row.person, [routings.of_job(job).by_code[operation]], at) if row.person else []
        readiness.check(found)


@command
def take_back(
    *, job_order: JobOrder, by: Person, at: datetime, reason: str = "", seen: str | None = None
) -> JobOrder:
    """Take a work order that has not begun away from its line; it waits for a line again."""
    policies.check(by, "job.dispatch")
    ranking.enter(job_order.line)
    job = lock(JobOrder.objects.select_related("line").filter(pk=job_order.pk))[0]
    rows = lock(JobSegment.objects.select_related("station").filter(job_order=job))
    marks = {station_queue.mark(job.status, row.station_id, row.rank) for row in rows}
    if seen is not None and seen not in marks:
        raise moved(job)
    if job.status == S.RUNNING or job.status == S.PAUSED:
        message = _("%(job)s has begun, so its line keeps it. Pause it, or move its operations to other stations.")
        raise CantDispatch(message % {"job": job.number}, code="begun")
    stations = sorted({row.station.code for row in rows if row.station})
    JobSegment.objects.filter(job_order=job).update(station=None, person=None, rank=None)
    journal.move(job, to=S.RELEASED, by=by, reason=reason, data={"line": job.line.code if job.line else ""})
    tell(job, *stations)
    return job


@command
def arrange(
    *, station: Equipment, order: Sequence[int], seen: Sequence[int], by: Person, at: datetime, rule: str = ""
) -> None:
    """Put the whole queue of a station in an order; refused when it is no longer the queue that was looked at."""
    policies.check(by, "job.dispatch")
    ranking.enter(line_of(station))
    queue = [pk for pk, _rank in station_queue.ranks(station.pk)]
    if list(seen) != queue or sorted(order) != sorted(queue):
        raise ranking.changed(station)
    jobs = lock(JobOrder.objects.filter(pk__in=JobSegment.objects.filter(pk__in=queue).values("job_order")))
    lock(JobSegment.objects.filter(pk__in=queue))
    ranking.spread(station.pk, order)
    numbers = dict(JobSegment.objects.filter(pk__in=queue).values_list("pk", "job_order__number"))
    journal.record(
        "equipment.queue-arranged", subject=station, by=by, data={"rule": rule, "order": [numbers[pk] for pk in order]}
    )
    hints.queue_changed(line_of(station).code, station.code)
    for job in jobs:
        hints.job_changed(job)


def moved(job: JobOrder) -> Moved:
    """Say that somebody else was quicker."""
    message = _("Somebody else moved %(job)s meanwhile. The board shows where it stands now; move it again if need be.")
    return Moved(message % {"job": job.number}, facts={"job_order": job.number})


def tell(job: JobOrder, *stations: str) -> None:
    """The open pages of a work order, its line and its stations look again."""
    hints.job_changed(job)
    for code in filter(None, dict.fromkeys(stations)):
        hints.queue_changed(job.line.code if job.line else "", code)
