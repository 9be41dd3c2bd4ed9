"""Giving a work order to a line, its operations to stations and, if wanted, to a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import hints, ranking, readiness
from mes.commands.readiness import DOWN, CantDispatch
from mes.models import JobOrder, JobOrderStatus, JobSegment
from mes.queries import routings
from mes.queries.routings import Step
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command


@command
def dispatch(
    *, job_order: JobOrder, line: Equipment, by: Person, at: datetime, stations: Mapping[str, Equipment] | None = None,
    person: Person | None = None, despite_shortage: str = "",
) -> JobOrder:
    """Send a released work order to a line; every operation gets a free station there, its turn after what
    waits at that station already, and the person who can do it. What the line can't do of optional operations and of
    alternatives stays without a station, as long as one of the alternatives has one.

    Refused with every reason at once: no station, a place that is down or held, a hold on the order, a skill that is
    missing for this revision, material that is short. `despite_shortage` says why it goes there all the same.
    """
    policies.check(by, "job.dispatch")
    ranking.enter(line)
    job = lock(JobOrder.objects.filter(pk=job_order.pk))[0]
    rows = lock(JobSegment.objects.filter(job_order=job))
    routing = routings.of_job(job)
    chosen, missing = stations_for(routing.steps, line, stations or {})
    found = [*missing, *readiness.of_places(job, [line, *chosen.values()], at)]
    here = [step for step in routing.steps if step.code in chosen]
    found += readiness.of_person(person, here, at) if person else []
    short = readiness.of_material(job, at)
    if short and despite_shortage.strip():
        policies.check(by, "job.release-short")
    else:
        found, short = [*found, *short], []
    readiness.check(found)
    steps = {step.id: step for step in routing.steps}
    for row in rows:
        row.station = chosen.get(steps[row.segment_id].code)
        row.person = person if row.station else None
    ranking.append(row for row in rows if row.station)
    JobSegment.objects.bulk_update(rows, ["station", "person", "rank"])
    told = {"line": line.code, "stations": {code: station.code for code, station in chosen.items()}}
    why = despite_shortage if short else ""
    journal.move(job, to=JobOrderStatus.DISPATCHED, by=by, reason=why, data=told, line=line)
    hints.job_changed(job)
    return job


def stations_for(
    steps: Sequence[Step], line: Equipment, wanted: Mapping[str, Equipment]
) -> tuple[dict[str, Equipment], list[Refusal]]:
    """Operation → its station on a line, and a refusal for each operation that needs one and has none there."""
    chosen: dict[str, Equipment] = {}
    lacking: list[Step] = []
    for step in steps:
        station = station_for(step, line, wanted.get(step.code))
        if station is not None:
            chosen[step.code] = station
        else:
            lacking.append(step)
    covered = {step.group for step in steps if step.is_alternative and step.code in chosen}
    needed = [step for step in lacking if not step.is_optional and not (step.is_alternative and step.group in covered)]
    return chosen, [no_station(step, line) for step in needed]


def no_station(step: Step, line: Equipment) -> CantDispatch:
    """Say which operation a line can't do."""
    message = _("Line %(line)s has no station for operation %(operation)s. Choose another line or station.")
    words = {"line": line.code, "operation": step.code}
    return CantDispatch(message % words, code="no-station", facts=words)


def station_for(step: Step, line: Equipment, wanted: Equipment | None) -> Equipment | None:
    """The station that was asked for, else the operation's first running station on the line."""
    able = Equipment.objects.filter(pk__in=step.station_ids, active=True).select_related("parent__parent__parent")
    here = [station for station in able.order_by("code") if line.pk in (station.pk, station.parent_id)]
    if wanted is not None:
        here = [station for station in here if station.pk == wanted.pk]
    return next((station for station in here if station.state not in DOWN), here[0] if here else None)
