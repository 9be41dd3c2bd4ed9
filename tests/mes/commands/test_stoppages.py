"""Stopping an operation, a station or a line: nobody goes on there, the reason is told, going on takes its right."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from mes.commands import operator_checks, reports, stoppages
from mes.models import JobSegment, OperatorCheck, Stoppage
from mes.queries import stoppages as reading
from plant.commands.signatures import content_hash
from plant.errors import Refusal
from plant.models import Tracking
from plant.policies import Forbidden
from tests import factories as ground
from tests.factories import NOW, PASSWORD, person
from tests.mes import factories
from tests.mes.checks_world import carry_out, rule
from traceability.commands import holds
from traceability.models import Hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = factories.world(3, Tracking.SERIAL)
    made.ready(3)
    return made


def stop(world, scope: str = "OPERATION", operation: str = "MOUNT", **more):
    place = ground.line() if scope == "LINE" else world.stations[operation]
    row = JobSegment.objects.get(segment__code=operation) if scope == "OPERATION" else None
    fields = {"reason": "Solder bridges", "by": world.operator, "at": NOW, **more}
    return stoppages.stop(scope=scope, equipment=place, job_segment=row, **fields)


def resume(stoppage, role: str = "TEAM_LEADER", **more):
    told = {"reason": "Stencil cleaned", "by": person("LEAD", role), "at": NOW, **more}
    return stoppages.resume(stoppage=stoppage, **told)


def signed(stoppage):
    return {"password": PASSWORD, "seen_hash": content_hash(reading.content(stoppage))}


@pytest.mark.parametrize("scope", ["OPERATION", "STATION", "LINE"])
def test_nobody_scans_there_and_the_reason_is_told(world, scope):
    stop(world, scope)
    outcome = world.scan(world.outputs[0].number)

    assert (outcome.code, "Solder bridges" in outcome.message) == ("held", True)


def test_part_in_work_takes_no_material_and_is_not_reported(world):
    world.scan(world.outputs[0].number)
    more = ground.received("PCB-2", 5)
    stop(world)
    codes = [world.scan(more.number, quantity=Decimal(1)).code, world.scan(world.outputs[0].number).code]

    assert codes == ["held", "held"]
    with pytest.raises(holds.Held):
        reports.report(
            station=world.stations["MOUNT"], lot=world.outputs[0], good=Decimal(1), by=world.operator, at=NOW
        )


def test_stopped_operation_leaves_the_other_operations_alone(world):
    world.scan(world.outputs[0].number), world.scan(world.outputs[0].number)
    stop(world)

    assert world.scan(world.outputs[0].number, "OVEN").outcome == "accepted"


def test_team_leader_lets_an_operation_go_on_with_a_reason(world):
    stoppage = stop(world)
    with pytest.raises(Refusal, match="Say why"):
        resume(stoppage, reason=" ")
    with pytest.raises(Forbidden):
        stoppages.resume(stoppage=stoppage, reason="Fine", by=world.operator, at=NOW)

    assert (resume(stoppage).status, world.scan(world.outputs[0].number).outcome) == ("RESUMED", "accepted")


def test_line_goes_on_under_a_signature(world):
    stoppage = stop(world, "LINE")
    with pytest.raises(Refusal, match="password"):
        resume(stoppage)
    resumed = resume(stoppage, **signed(stoppage))

    assert (resumed.status, resumed.signature.person.number) == ("RESUMED", "LEAD")
    assert world.scan(world.outputs[0].number).outcome == "accepted"


def test_its_hold_is_not_let_go_behind_its_back(world):
    hold = Hold.objects.get(pk=stop(world, "STATION").hold_id)

    with pytest.raises(Refusal, match="its own page"):
        holds.release(hold=hold, reason="Fine", by=person("QE", "QUALITY_ENGINEER"), at=NOW)


def test_stop_without_a_reason_or_of_a_wrong_place_is_refused(world):
    with pytest.raises(Refusal, match="Say in a few words"):
        stop(world, reason="  ")
    with pytest.raises(Refusal, match="no such place"):
        stoppages.stop(scope="LINE", equipment=world.stations["MOUNT"], reason="Smoke", by=world.operator, at=NOW)


def test_failed_check_stops_what_its_rule_says_once(world):
    rule(stops="OPERATION")
    world.scan(world.outputs[0].number)
    carry_out(OperatorCheck.objects.get(), world.operator, "9")

    stoppage = Stoppage.objects.get()
    assert (stoppage.source_kind, stoppage.status, "First piece" in stoppage.reason) == ("CHECK", "STOPPED", True)
    assert world.scan(world.outputs[1].number).code == "held"


def test_passed_check_stops_nothing(world):
    rule(stops="LINE")
    world.scan(world.outputs[0].number)
    carry_out(OperatorCheck.objects.get(), world.operator)

    assert not Stoppage.objects.exists()


def test_rejected_check_stops_the_line(world):
    rule(stops="LINE", by_inspector=True)
    world.scan(world.outputs[0].number)
    entered = carry_out(OperatorCheck.objects.get(), world.operator)
    operator_checks.decide(check=entered, is_good=False, remark="Burr", by=person("INSP", "INSPECTOR"), at=NOW)

    assert Stoppage.objects.get().equipment.code == "LINE"


def test_one_source_stops_once(world):
    first = stop(world, source_kind="REJECTS", source_id="7")

    assert stop(world, source_kind="REJECTS", source_id="7") == first
    with pytest.raises(DatabaseError), transaction.atomic():
        Stoppage.objects.filter(pk=first.pk).update(status="RESUMED")


def test_what_is_needed_before_keeps_it_standing(world):
    stoppage = stop(world)
    stoppage.rectifications.update(before_resume=True)

    with pytest.raises(Refusal, match="Needed before it goes on"):
        resume(stoppage, at=NOW + timedelta(hours=1))
