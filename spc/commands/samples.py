"""Samples that do not come: an alarm of their own, a locked station where the duty says so, and how that ends."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import live, policies
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.queries import people, persons, places
from plant.transactions import command
from spc import statements
from spc.models import ControlChart, MissedSample, MissedStatus, SampleDuty
from spc.queries import duties
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind


class NoReason(Refusal):
    """A missed sample overridden without a word why."""

    code = "no-reason"


def look(*, at: datetime) -> int:
    """Look at every duty: what is late is told once, what came is settled; how many changed."""
    by = persons.system("spc")
    return sum(check(duty=duty, by=by, at=at) for duty in duties.active())


@command
def check(*, duty: SampleDuty, by: Person, at: datetime) -> bool:
    """Look at one duty under its chart's lock; whether anything changed."""
    policies.check(by, "sample.watch")
    lock(ControlChart.objects.filter(pk=duty.chart_id))
    late = duties.is_late(duty, at)
    running = MissedSample.objects.filter(duty=duty, status=MissedStatus.OPEN).first()
    if running is None and late is not None:
        _miss(duty, late, by=by, at=at)
        return True
    taken = duty.chart.stream.last_at
    if running is not None and taken is not None and taken > running.due_at and taken > running.detected_at:
        _end(running, MissedStatus.TAKEN, statements.sample_taken(duty.chart.code), by=by, at=at)
        return True
    return False


def _miss(duty: SampleDuty, due: datetime, *, by: Person, at: datetime) -> MissedSample:
    """A sample did not come: whoever must take it is told, and the station is locked where the duty says so."""
    chart, equipment = duty.chart, duty.chart.stream.equipment
    missed = MissedSample.objects.create(duty=duty, due_at=due, detected_at=at)
    text = statements.sample_missed(chart=chart.code, due=due, locks=duty.locks_station)
    if duty.locks_station:
        target = Target.equipment(equipment, places.site_of(equipment))
        missed.hold = holds.place(target=target, cause=cause_of(missed), reason=text, by=by, at=at)
        missed.save(update_fields=["hold"])
    data = {"due_at": due, "equipment": equipment.code, "locked": duty.locks_station, "to": duty.owner_role}
    journal.record("controlchart.sample-missed", subject=chart, by=by, reason=text, data=data)
    desks.escalate(
        subject=chart, what=lambda: chart.code, people=people.holding(duty.owner_role), by=by, at=at
    )
    _tell(missed, "sample-missed")
    return missed


def cause_of(missed: MissedSample) -> Cause:
    """What a locked station names as its cause."""
    return Cause(CauseKind.SAMPLE, f"{missed.duty.chart.code} #{missed.pk}"[:60])


@command
def override(*, missed: MissedSample, reason: str, by: Person, at: datetime) -> MissedSample:
    """Say why a sample may be left out: the station is free again, and the next one is due from now on."""
    policies.check(by, "sample.override", on=missed.duty.chart)
    if not reason.strip():
        raise NoReason(_("Say why this sample may be left out. It stands in the journal with your name."))
    lock(ControlChart.objects.filter(pk=missed.duty.chart_id))
    fresh = lock(MissedSample.objects.filter(pk=missed.pk))[0]
    _end(fresh, MissedStatus.OVERRIDDEN, reason, by=by, at=at)
    return fresh


def _end(missed: MissedSample, to: str, reason: str, *, by: Person, at: datetime) -> None:
    """The alarm is over, and so is the lock that it placed, unless somebody let go of it before."""
    said = reason if to == MissedStatus.OVERRIDDEN else ""
    journal.move(missed, to=to, by=by, reason=reason, ended_at=at, ended_by=by, override_reason=said)
    hold = missed.hold
    if hold is not None and hold.released_at is None:
        holds.release(hold=hold, reason=reason, by=persons.system("spc"), at=at)
    _tell(missed, "sample-settled")


def _tell(missed: MissedSample, event: str) -> None:
    chart = missed.duty.chart
    equipment = chart.stream.equipment
    data = {"chart": chart.code, "equipment": equipment.code, "status": missed.status}
    for topic in (f"chart.{chart.pk}", f"station.{equipment.code}", "news"):
        live.push(topic, event, data)
