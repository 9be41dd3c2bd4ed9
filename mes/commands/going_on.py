"""Deviations that go on: written, and reacted to, in as many statements for many as for one."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from mes import statements
from mes.commands import alarm_stops, hints, job_orders
from mes.models import Deviation, DeviationLot, GoldenReaction, JobOrder, JobOrderStatus
from mes.queries import standards
from plant.commands import journal_many
from plant.locks import lock, seal
from plant.models import Person
from plant.queries import persons
from qms.commands import containments
from qms.models import NonconformanceSource
from traceability.models import MaterialLot

FIELDS = ["at", "seq", "value", "worst", "last_good_at", "last_at", "quiet", "ended_at", "job_order"]


class Going(NamedTuple):
    """A deviation after the new readings of its stream: whether it is new, and whether more readings lie outside."""

    deviation: Deviation
    is_new: bool
    has_changed: bool


def settle(going: Sequence[Going], *, by: Person, at: datetime) -> list[Deviation]:
    """Write how deviations stand, do what their reactions ask for, and tell the open pages."""
    found = [one.deviation for one in going]
    if not found:
        return []
    prefetch_related_objects(found, "stream__equipment__parent", "standard__parameter__unit", "job_order")
    Deviation.objects.bulk_update(found, FIELDS)
    react([one for one in going if one.has_changed], by=by, at=at)
    for one in going:
        if one.is_new:
            hints.deviation(one.deviation, "opened")
    return found


def react(going: Sequence[Going], *, by: Person, at: datetime) -> None:
    """Pause, stop, mark and hold as the golden parameters say; called again, it adds what became suspect since."""
    marking = [one.deviation for one in going if one.deviation.standard.reaction != GoldenReaction.ALARM]
    places = standards.places({one.stream_id: one.stream.equipment_id for one in marking})
    if marking:
        seal(sorted({place for found in places.values() for place in found}))
    stopping = [one.deviation for one in going if one.is_new and one.deviation.standard.stops]
    outside = [one for one in stopping if one.ended_at is None]  # what is back by itself stops nothing any more
    alarm_stops.enter(outside)
    pause([one.deviation for one in going], at=at)
    for stopped in outside:
        alarm_stops.for_deviation(stopped, title_of(stopped), at)
    fresh = mark(marking, places, by=by, at=at) if marking else set()
    for one in going:
        deviation = one.deviation
        if deviation.standard.reaction == GoldenReaction.HOLD:
            if one.is_new or deviation.pk in fresh or deviation.ended_at is not None:
                hold(deviation, at=at)
        elif one.is_new:
            hints.deviation_alarm(deviation, title_of(deviation))


def pause(found: Sequence[Deviation], *, at: datetime) -> None:
    """Pause the orders that run there, once; whoever lets one go on is not stopped again by the same deviation."""
    due = [
        one for one in found
        if one.standard.pauses and one.ended_at is None and one.paused_job_id != one.job_order_id
    ]
    wanted = {one.job_order_id for one in due}
    running = JobOrder.objects.filter(pk__in=wanted, status=JobOrderStatus.RUNNING)
    jobs = {job.pk: job for job in lock(running)} if wanted else {}
    for deviation in due:
        job = jobs.get(deviation.job_order_id)
        if job is not None and job.status == JobOrderStatus.RUNNING:
            jobs[job.pk] = job_orders.pause(
                job_order=job, reason=title_of(deviation), by=persons.system("mes"), at=at
            )
            deviation.paused_job = job
            deviation.save(update_fields=["paused_job"])


def mark(
    found: Sequence[Deviation], places: dict[int, list[int]], *, by: Person, at: datetime
) -> set[int]:
    """Mark the lots that stood there since the last good reading, each once; the deviations that marked another.

    Call it with the places sealed.
    """
    asked = [
        (one.pk, place, one.last_good_at, one.ended_at or max(at, one.last_at))
        for one in found for place in places[one.stream_id]
    ]
    fresh = standards.unmarked(asked)
    lots = MaterialLot.objects.in_bulk({lot for lots in fresh.values() for lot in lots})
    DeviationLot.objects.bulk_create([
        DeviationLot(deviation_id=pk, lot_id=lot, at=at) for pk, lots in sorted(fresh.items()) for lot in lots
    ])
    for deviation in found:
        data = {"deviation": deviation.pk, "stream": deviation.stream.code}
        entries = [journal_many.Entry("lot.deviated", lots[lot], data) for lot in fresh.get(deviation.pk, ())]
        if entries:
            journal_many.record(entries, by=by, reason=title_of(deviation))
    return set(fresh)


def hold(deviation: Deviation, *, at: datetime) -> None:
    """Have quality hold those lots and everything made from them, under one nonconformance."""
    suspicion = containments.Suspicion(
        NonconformanceSource.DEVIATION, str(deviation.pk), None, deviation.stream.equipment, deviation.last_good_at,
        deviation.ended_at or max(at, deviation.last_at), title_of(deviation),
    )
    done = containments.answer(suspicion=suspicion, reaction=deviation.standard, by=persons.system("mes"), at=at)
    if done.nonconformance is not None and done.nonconformance.pk != deviation.nonconformance_id:
        deviation.nonconformance = done.nonconformance
        deviation.save(update_fields=["nonconformance"])


def title_of(deviation: Deviation) -> str:
    """What happened, in one line for people of any language."""
    return statements.deviates(
        equipment=deviation.stream.equipment.code, standard=deviation.standard, side=deviation.side,
        value=deviation.value,
    )
