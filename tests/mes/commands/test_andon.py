"""Calling for help: one call of a kind, timed, handed up, and nothing dispatched to a place that it stops."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mes.commands import andon, machines
from mes.commands.andon import AndonRefused
from mes.commands.readiness import CantDispatch
from mes.models import Andon, AndonKind, AndonStatus, MachineState
from mes.queries import andon as calls
from plant.commands.answering import NothingSaid
from plant.commands.journal import IllegalMove
from plant.models import Equipment, JournalEntry, Role
from plant.policies import Forbidden
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def kind(code="MACHINE"):
    return AndonKind.objects.get(code=code)


def call(code="MACHINE", minutes=0, **fields):
    station = running()
    fields = {"by": ground.person("OP", "OPERATOR"), "at": NOW + minutes * MINUTE, **fields}
    return andon.call(station=station, kind=kind(code), **fields)


def running():
    """The station with a machine that tells its states."""
    station = ground.station("MOUNT")
    if station.state_at is None:
        machines.observe_state(equipment=station, state="RUNNING", by=system("plc"), at=NOW - MINUTE)
    return station


def mechanic():
    return ground.person("MT", "MAINTENANCE")


def answered(minutes=3):
    return andon.acknowledge(andon=call(), by=mechanic(), at=NOW + minutes * MINUTE)


def close(found, minutes=10, cause="Belt torn"):
    at = NOW + minutes * MINUTE
    return andon.close(andon=found, cause=cause, action_taken="New belt", by=mechanic(), at=at)


def test_two_taps_make_one_call():
    first, second = call(), call(minutes=1)

    assert first == second
    assert (first.owner_role, first.respond_by) == (Role.MAINTENANCE, NOW + 5 * MINUTE)
    assert JournalEntry.objects.filter(kind="andon.called").count() == 1


def test_times_run_from_the_tap():
    close(answered())

    [found] = calls.of_station(ground.station("MOUNT"))
    assert (found.to_answer, found.to_settle) == (3 * MINUTE, 10 * MINUTE)
    assert (found.status, found.acknowledged_by.number) == (AndonStatus.CLOSED, "MT")


def test_pace_counts_late_calls_and_means():
    close(answered())
    call("QUALITY")

    found = calls.pace(Andon.objects.all(), NOW + timedelta(hours=1))
    assert (found.open, found.late, found.answer, found.settle) == (1, 1, "3.0", "10.0")


def test_nobody_came_so_it_goes_up():
    found = call()

    [passed] = andon.escalate(at=NOW + 6 * MINUTE)
    assert (passed.pk, passed.owner_role, passed.escalations) == (found.pk, Role.TEAM_LEADER, 1)
    assert andon.escalate(at=NOW + 7 * MINUTE) == []


def test_a_call_waits_in_the_inbox_of_its_role():
    call()

    assert [one.kind.code for one in calls.unanswered(mechanic())] == ["MACHINE"]
    assert calls.unanswered(ground.person("WH", "WAREHOUSE")) == []


def test_a_call_that_stops_the_machine_says_so_and_lets_go():
    found = answered()
    assert Equipment.objects.get(code="MOUNT").state == "ALARM"

    close(found)

    assert [row.state for row in MachineState.objects.order_by("pk")] == ["RUNNING", "ALARM", "IDLE"]


def test_a_second_stopping_call_keeps_the_machine_down():
    first = answered()
    call("SAFETY")

    close(first)

    assert Equipment.objects.get(code="MOUNT").state == "ALARM"


def test_a_machine_of_a_controller_that_runs_again_stays_running():
    found = answered()
    machines.observe_state(equipment=ground.station("MOUNT"), state="RUNNING", by=system("plc"), at=NOW + 5 * MINUTE)

    close(found)

    assert Equipment.objects.get(code="MOUNT").state == "RUNNING"


def test_dispatch_is_refused_while_a_call_stops_a_station():
    job, found = factories.released(), answered()
    machines.observe_state(equipment=ground.station("MOUNT"), state="RUNNING", by=system("plc"), at=NOW + 5 * MINUTE)
    send = {"job_order": job, "line": ground.line(), "by": factories.planner(), "at": NOW, "despite_shortage": "Soon"}

    with pytest.raises(CantDispatch) as refused:
        factories.job_orders.dispatch(**send)
    assert refused.value.code == "andon-open"

    close(found)
    assert factories.job_orders.dispatch(**send).status == "DISPATCHED"


def test_a_scan_is_refused_while_a_call_stops_the_station():
    world = factories.world()
    world.ready()
    call()
    machines.observe_state(equipment=ground.station("MOUNT"), state="RUNNING", by=system("plc"), at=NOW + MINUTE)

    assert world.scan(world.outputs[0].number).code == "andon-open"


def test_a_wrong_tap_is_taken_back_and_stays_on_the_books():
    found = andon.cancel(andon=call(), by=ground.person("OP", "OPERATOR"), at=NOW + MINUTE)

    assert found.status == AndonStatus.CANCELLED
    assert Equipment.objects.get(code="MOUNT").state == "IDLE"
    assert call(minutes=2).pk != found.pk


def test_a_bench_without_a_machine_gets_no_states_and_takes_no_work():
    here, by = ground.station("OVEN"), ground.person("OP", "OPERATOR")

    found = andon.call(station=here, kind=kind(), by=by, at=NOW)

    assert not MachineState.objects.exists()
    assert [one.code for one in andon.against([here], NOW)] == ["andon-open"]
    assert andon.cancel(andon=found, by=by, at=NOW).station.state == "UNKNOWN"


def test_closing_asks_for_a_cause_and_for_somebody_there():
    found = call()
    with pytest.raises(IllegalMove):
        close(found)
    there = andon.acknowledge(andon=found, by=mechanic(), at=NOW)

    with pytest.raises(NothingSaid):
        close(there, cause=" ")


def test_a_button_out_of_use_and_a_viewer_call_nobody():
    AndonKind.objects.update(active=False)
    with pytest.raises(AndonRefused):
        call()
    with pytest.raises(Forbidden):
        call(by=ground.person("V", "VIEWER"))


def test_the_database_keeps_one_call_of_a_kind_alive():
    found = call()

    with pytest.raises(IntegrityError), transaction.atomic():
        Andon.objects.create(
            station=found.station, kind=found.kind, called_by=found.called_by, called_at=NOW, respond_by=NOW,
            owner_role=Role.MAINTENANCE,
        )


def test_a_command_code_calls_for_help():
    world = factories.world()

    told = world.scan("CMD:CALL:MATERIAL")

    assert told.outcome == "accepted"
    assert Andon.objects.get().job_order == world.job
    assert world.scan("CMD:CALL:NOBODY").code == "unknown-andon"
