"""What machines say of themselves."""

from datetime import timedelta

import pytest

from mes.commands import machines
from mes.models import MachineCount, MachineState
from plant.errors import Refusal
from plant.models import Equipment, JournalEntry
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def observe(state: str, minutes: int) -> None:
    machines.observe_state(equipment=ground.station(), state=state, by=system("plc"), at=NOW + minutes * MINUTE)


def test_observe_state_closes_the_stretch_before():
    observe("RUNNING", 0), observe("ALARM", 5)

    rows = [(row.state, row.to_at) for row in MachineState.objects.order_by("from_at")]
    assert rows == [("RUNNING", NOW + 5 * MINUTE), ("ALARM", None)]
    assert Equipment.objects.get(code="OVEN").state == "ALARM"


def test_observe_state_twice_changes_nothing():
    observe("RUNNING", 0), observe("RUNNING", 5)

    assert MachineState.objects.count() == 1


def test_observe_state_ignores_what_is_older():
    observe("RUNNING", 5), observe("IDLE", 0)

    assert MachineState.objects.get().state == "RUNNING"


def test_observe_state_journals_alarms_only():
    observe("RUNNING", 0), observe("IDLE", 1), observe("ALARM", 2), observe("RUNNING", 3)

    kinds = list(JournalEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["equipment.alarm", "equipment.running"]


def test_observe_count_adds_to_the_minute():
    for seconds in (0, 30, 60):
        machines.observe_count(equipment=ground.station(), good=2, reject=1, at=NOW + timedelta(seconds=seconds))

    assert [(row.good, row.reject) for row in MachineCount.objects.order_by("minute_at")] == [(4, 2), (2, 1)]


def test_observe_count_refuses_negative_numbers():
    with pytest.raises(Refusal):
        machines.observe_count(equipment=ground.station(), good=-1, reject=0, at=NOW)
