"""Giving a work order to a line, its operations to stations and, if wanted, to a person."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import hints
from mes.models import JobOrder, JobOrderStatus, JobSegment
from mes.queries import routings, skills
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentState, Person
from plant.transactions import command
from traceability.commands import holds

DOWN = (EquipmentState.ALARM, EquipmentState.MAINTENANCE)


class CantDispatch(Refusal):
    """A line, station or person that can't take the work."""

    code = "cant-dispatch"


@command
def dispatch(
    *, job_order: JobOrder, line: Equipment, by: Person, at: datetime, stations: Mapping[str, Equipment] | None = None,
    person: Person | None = None,
) -> JobOrder:
    """Send a released work order to a line; every operation gets a free station there, and the person who can do it."""
    policies.check(by, "job.dispatch")
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    rows = lock(JobSegment.objects.filter(job_order=job))
    routing = routings.of_job(job)
    chosen = {step.code: station_for(step, line, (stations or {}).get(step.code)) for step in routing.steps}
    for place in [line, *chosen.values()]:
        check_up(place)
    holds.check_free(equipment=[line, *chosen.values()], job_orders=[job.number])
    if person is not None:
        for step in routing.steps:
            skills.check(person, step, at=at)
    steps = {step.id: step for step in routing.steps}
    for row in rows:
        row.station, row.person = chosen[steps[row.segment_id].code], person
    JobSegment.objects.bulk_update(rows, ["station", "person"])
    told = {"line": line.code, "stations": {code: station.code for code, station in chosen.items()}}
    journal.move(job, to=JobOrderStatus.DISPATCHED, by=by, data=told, line=line)
    hints.job_changed(job)
    return job


def station_for(step: routings.Step, line: Equipment, wanted: Equipment | None) -> Equipment:
    """The station that was asked for, else the operation's first running station on the line."""
    able = Equipment.objects.filter(pk__in=step.station_ids, active=True).select_related("parent__parent__parent")
    here = [station for station in able.order_by("code") if line.pk in (station.pk, station.parent_id)]
    if wanted is not None:
        here = [station for station in here if station.pk == wanted.pk]
    if not here:
        message = _("Line %(line)s has no station for operation %(operation)s. Choose another line or station.")
        words = {"line": line.code, "operation": step.code}
        raise CantDispatch(message % words, code="no-station", facts={"line": line.code, "operation": step.code})
    return next((station for station in here if station.state not in DOWN), here[0])


def check_up(place: Equipment) -> None:
    """Refuse a line or station that is down."""
    if place.state in DOWN:
        message = _("%(place)s is down: %(state)s. Have it put right, or choose another one.")
        words = {"place": place.code, "state": place.get_state_display()}
        facts = {"equipment": place.code, "state": place.state}
        raise CantDispatch(message % words, code="equipment-down", facts=facts)
