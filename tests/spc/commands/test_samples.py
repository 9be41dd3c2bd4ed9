"""A sample that does not come raises one alarm, may lock its station, and ends when it comes or is overridden."""

from datetime import timedelta
from typing import Any

import pytest

from plant.models import Equipment, EquipmentState, JournalEntry, Notice, Role
from plant.policies import Forbidden
from spc.commands import samples
from spc.models import MissedSample, MissedStatus, SampleDuty
from spc.queries import duties
from tests.factories import NOW, person, station
from tests.qms.factories import board
from tests.spc import factories
from tests.spc.factories import calm
from traceability.commands import holds
from traceability.models import Hold

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def duty(**fields: Any) -> SampleDuty:
    """A sample is due 30 minutes after the chart's last reading, which came 20 seconds into it."""
    chart = factories.chart()
    factories.read(chart, calm(20))
    wanted = {"every_minutes": 30, "grace_minutes": 5, "since": factories.START, "locks_station": True, **fields}
    return SampleDuty.objects.create(chart=chart, **wanted)


def late() -> MissedSample:
    duty()
    samples.look(at=NOW + 10 * MINUTE)
    return MissedSample.objects.get()


def leader():
    return person("TL", Role.TEAM_LEADER, language="en")


def test_nothing_is_late_before_the_grace_is_over():
    duty()
    assert samples.look(at=NOW + 4 * MINUTE) == 0
    assert samples.look(at=NOW + 6 * MINUTE) == 1


def test_a_late_sample_is_told_once_however_often_one_looks():
    inspector = person("IN", Role.INSPECTOR, language="en")
    late()
    assert [samples.look(at=NOW + minutes * MINUTE) for minutes in (11, 30, 90)] == [0, 0, 0]
    assert [notice.person for notice in Notice.objects.all()] == [inspector]
    assert JournalEntry.objects.filter(kind="controlchart.sample-missed").count() == 1
    assert duties.waiting(inspector) == [MissedSample.objects.get()]


def test_a_locked_station_says_why_and_what_opens_it():
    late()
    with pytest.raises(holds.Held, match="Measure it now: the station opens by itself"):
        holds.check_free(equipment=[station()])


def test_a_duty_that_locks_nothing_only_tells():
    duty(locks_station=False)
    samples.look(at=NOW + 10 * MINUTE)
    holds.check_free(equipment=[station()])
    assert MissedSample.objects.get().hold is None


def test_the_sample_that_comes_after_all_opens_the_station():
    missed = late()
    factories.store(missed.duty.chart, [240.0], start=30 * 60 + 11 * 60)
    assert samples.look(at=NOW + 12 * MINUTE) == 1
    missed.refresh_from_db()
    assert (missed.status, Hold.objects.get().released_at) == (MissedStatus.TAKEN, NOW + 12 * MINUTE)
    holds.check_free(equipment=[station()])


def test_an_override_opens_the_station_and_the_next_sample_is_due_from_then():
    missed = samples.override(missed=late(), reason="Gauge broken", by=leader(), at=NOW + 12 * MINUTE)
    kept = missed.status, missed.ended_by, missed.override_reason
    assert kept == (MissedStatus.OVERRIDDEN, leader(), "Gauge broken")
    holds.check_free(equipment=[station()])
    assert samples.look(at=NOW + 40 * MINUTE) == 0
    assert samples.look(at=NOW + 48 * MINUTE) == 1
    assert JournalEntry.objects.get(kind="missedsample.overridden").actor == "TL"


def test_an_override_needs_a_role_and_a_reason():
    missed = late()
    with pytest.raises(Forbidden):
        samples.override(missed=missed, reason="?", by=person("OP", Role.OPERATOR), at=NOW)
    with pytest.raises(samples.NoReason):
        samples.override(missed=missed, reason=" ", by=leader(), at=NOW)


def test_a_machine_that_stands_still_misses_nothing():
    duty()
    Equipment.objects.filter(pk=station().pk).update(state=EquipmentState.IDLE)
    assert samples.look(at=NOW + 90 * MINUTE) == 0


def test_a_duty_by_lots_is_due_with_the_last_of_them():
    made = duty(every_minutes=None, every_lots=2, grace_minutes=0, since=NOW - 2 * timedelta(hours=1))
    made.chart.stream.last_at = None
    made.chart.stream.save(update_fields=["last_at"])
    board("B1")
    assert samples.look(at=NOW) == 0
    board("B2")
    assert samples.look(at=NOW) == 1
