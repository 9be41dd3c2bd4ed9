"""A work order at a station: may it be worked on there, by whom, and at which operations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.commands import hints, readiness
from mes.models import JobOrder, JobOrderStatus, JobSegment
from mes.queries import lot_ways, routings, skills
from mes.queries.routings import Routing, Step
from mes.ways import Lack, Missing, Way
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentState, Person
from traceability.commands import holds
from traceability.models import MaterialLot

DOWN = (EquipmentState.ALARM, EquipmentState.MAINTENANCE)


class NotHere(Refusal):
    """Work that doesn't belong to this station."""

    code = "not-this-station"


class NotNow(Refusal):
    """A work order that isn't being worked on."""

    code = "job-not-running"


class Stopped(Refusal):
    """A station that is down."""

    code = "equipment-down"


class WrongOperation(Refusal):
    """A lot that isn't at this operation: a step was skipped, or done already."""

    code = "wrong-operation"


SAYS: dict[Lack, Any] = {
    Lack.OUT: _("%(lot)s is not in process any more, so %(here)s can't be done on it. Put it aside."),
    Lack.FIRST: _(
        "%(lot)s has to pass %(there)s before %(here)s. Bring it back to %(there)s and scan it there."),
    Lack.PASSED: _("%(lot)s has passed %(here)s already and waits for %(there)s. Bring it to %(there)s."),
    Lack.INSTEAD: _("%(there)s was chosen for %(lot)s instead of %(here)s. Bring it to %(there)s."),
    Lack.APART: _("Pieces of %(lot)s have gone on to %(there)s, so the others take the same way. "
                  "Finish those at %(there)s before %(here)s."),
}


@dataclass
class Bench:
    """A work order at a station; its operations there are locked, and those that may be done instead."""

    station: Equipment
    job: JobOrder
    routing: Routing
    steps: list[Step]
    rows: dict[int, JobSegment]

    def step_of(self, lot: MaterialLot, standing: dict[str, Decimal], *, begun: bool = False) -> Step:
        """The operation here that is open to a lot: where it stands, else another one of its group.

        begun    only where it stands
        """
        way = lot_ways.of_lot(self.routing, lot.pk)
        step = next((step for step in self.steps if way.source(step.code, standing) == step.code), None)
        if step is None and not begun:
            step = next((step for step in self.steps if way.source(step.code, standing)), None)
        if step is None:
            raise WrongOperation(self.elsewhere(lot, way, standing), facts={"lot": lot.number, "at": sorted(standing)})
        return step

    def elsewhere(self, lot: MaterialLot, way: Way, standing: dict[str, Decimal]) -> str:
        """Say what a lot lacks for the operation here, and what to do."""
        words = {"lot": lot.number, "here": ", ".join(step.code for step in self.steps)}
        missing = way.missing(self.steps[0].code, standing) or Missing(Lack.FIRST, min(standing, default=""))
        words["there"] = missing.operation
        return str(SAYS[missing.lack] % words)

    def row(self, step: Step) -> JobSegment:
        return self.rows[step.id]

    def rows_of(self, step: Step) -> list[JobSegment]:
        """The operation, and those that pieces pass instead of it."""
        return [self.rows[one] for one in self.routing.instead_of(step.id)]


def find_job(number: str) -> JobOrder:
    """The work order with this number, with what a scan has to know about it."""
    rows = JobOrder.objects.select_related("line", "work_request__material__unit")
    job = rows.filter(number=number).first()
    if job is None:
        message = _("There is no work order “%(number)s”. Check the label, or ask the planner.")
        raise NotHere(message % {"number": number[:40]}, code="unknown-job")
    return job


def open_bench(*, station: Equipment, job: JobOrder, by: Person, at: datetime) -> Bench:
    """Take a work order at a station: it is dispatched to this line, running (or starts now), and locked there.

    The caller has entered the station (`plant.locks.enter`) before its first lock.
    """
    check_status(job)
    if job.line_id not in (station.pk, station.parent_id):
        message = _("Work order %(job)s was dispatched to line %(line)s, not here. Bring it there, or ask the planner.")
        words = {"job": job.number, "line": job.line.code if job.line else "—"}
        raise NotHere(message % words, facts={"job_order": job.number})
    routing = routings.of_job(job)
    steps = routing.at(station.pk)
    if not steps:
        message = _("No operation of work order %(job)s is done at %(station)s. Bring it to: %(operations)s.")
        operations = ", ".join(step.code for step in routing.steps)
        words = {"job": job.number, "station": station.code, "operations": operations}
        raise NotHere(message % words, facts={"job_order": job.number})
    if job.status == JobOrderStatus.DISPATCHED:
        job = start(job, by=by, at=at)
    wanted = {beside for step in steps for beside in routing.instead_of(step.id)}
    rows = lock(JobSegment.objects.filter(job_order=job, segment_id__in=wanted))
    if len(rows) < len(wanted) and (now := find_job(job.number)).work_master_id != job.work_master_id:
        return open_bench(station=station, job=now, by=by, at=at)  # it went to another revision while this waited
    return Bench(station, job, routing, steps, {row.segment_id: row for row in rows})


def check_status(job: JobOrder) -> None:
    """Refuse a work order that is not dispatched or running, saying what to do."""
    if job.status in (JobOrderStatus.DISPATCHED, JobOrderStatus.RUNNING):
        return
    message = {
        JobOrderStatus.PAUSED: _("Work order %(job)s is paused. Resume it on the screen before you go on."),
        JobOrderStatus.PLANNED: _("Work order %(job)s is not released yet. Ask the planner."),
        JobOrderStatus.RELEASED: _("Work order %(job)s is not dispatched to a line yet. Ask the planner."),
    }.get(JobOrderStatus(job.status), _("Work order %(job)s is closed; nothing can be made on it. Put the part aside."))
    raise NotNow(message % {"job": job.number}, facts={"job_order": job.number, "status": job.status})


def start(job: JobOrder, *, by: Person, at: datetime) -> JobOrder:
    """The first scan starts a dispatched work order."""
    locked = lock(JobOrder.objects.select_related("line", "work_request__material__unit").filter(pk=job.pk))[0]
    if locked.status == JobOrderStatus.DISPATCHED:
        journal.move(locked, to=JobOrderStatus.RUNNING, by=by, started_at=at)
        hints.job_changed(locked)
    check_status(locked)
    return locked


def check_gate(bench: Bench, lots: Iterable[MaterialLot], step: Step | None = None) -> None:
    """No open hold may reach the lots, the station or what it is part of, the work order, or its operation here.

    Without a step, the operations of the station count when all there is is one.
    """
    steps = [step] if step else bench.steps if len(bench.steps) == 1 else []
    holds.check_free(
        lots=lots, equipment=[bench.station], job_orders=[bench.job.number],
        operations=[(bench.job.number, one.code) for one in steps],
    )


def check_able(bench: Bench, step: Step, *, is_troubled: bool, by: Person, at: datetime) -> None:
    """The station runs, nothing that others know of it stands against that, and the person has the skill."""
    if bench.station.state in DOWN:
        message = _("Station %(station)s is down: %(state)s. Wait until it runs, or call maintenance.")
        words = {"station": bench.station.code, "state": bench.station.get_state_display()}
        raise Stopped(message % words, facts={"equipment": bench.station.code, "state": bench.station.state})
    if is_troubled:
        readiness.check(readiness.known([one for one in (bench.station, bench.station.parent) if one], at))
    skills.check(by, step, at=at)
