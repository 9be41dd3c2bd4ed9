"""Checks by rule: due once for each event, in the way of good parts until they are passed, approved by another."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from mes.commands import checks_due, job_orders, machines, operator_checks, reports, sessions
from mes.models import CheckOccasion, CheckValue, JobSegment, OperatorCheck
from mes.queries import wip
from plant.errors import Refusal
from plant.models import Tracking
from plant.policies import Forbidden
from plant.queries.persons import system
from tests.factories import NOW, person
from tests.mes import factories
from tests.mes.checks_world import carry_out, inspector, rule

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    made = factories.world(4, Tracking.SERIAL)
    made.ready(4)
    return made


def mount(world):
    return JobSegment.objects.get(job_order=world.job, segment__code="MOUNT")


def scan(world, number: int = 0, minutes: int = 0):
    return world.scan(world.outputs[number].number, at=NOW + minutes * A_MINUTE)


def test_first_piece_lets_one_part_begin_and_none_leave_as_good(world):
    rule()
    started, left, second = scan(world), scan(world), scan(world, 1)

    check = OperatorCheck.objects.get()
    assert (started.outcome, left.code, second.code) == ("accepted", "check-due", "check-due")
    assert left.facts["check"] == check.pk
    assert "First piece" in left.message


def test_passed_check_lets_work_go_on(world):
    rule()
    scan(world)
    done = carry_out(OperatorCheck.objects.get(), world.operator)

    assert (done.status, scan(world).outcome, scan(world, 1).outcome) == ("PASSED", "accepted", "accepted")
    assert [value.text for value in CheckValue.objects.all()] == ["4.5"]


def test_failed_check_is_due_again_and_the_bad_part_can_leave(world):
    rule()
    scan(world)
    failed = carry_out(OperatorCheck.objects.get(), world.operator, "5.5")
    again = OperatorCheck.objects.get(repeats=failed)
    reports.report(
        station=world.stations["MOUNT"], lot=world.outputs[0], scrap=Decimal(1), reason=factories.reason(),
        by=world.operator, at=NOW,
    )

    assert (failed.status, again.status, scan(world, 1).outcome, scan(world, 2).code) == (
        "FAILED", "DUE", "accepted", "check-due"
    )


def test_verdict_of_a_person_fails_it_with_a_remark(world):
    rule()
    scan(world)
    check = OperatorCheck.objects.get()

    with pytest.raises(Refusal, match="Say what is not in order"):
        carry_out(check, world.operator, is_good=False)
    assert carry_out(check, world.operator, is_good=False, remark="Scratch").status == "FAILED"


def test_approval_is_for_somebody_else(world):
    rule(by_inspector=True)
    scan(world)
    leader = person("LEAD", "TEAM_LEADER")
    entered = carry_out(OperatorCheck.objects.get(), leader)

    with pytest.raises(Refusal, match="their own check"):
        operator_checks.decide(check=entered, is_good=True, by=leader, at=NOW)
    with pytest.raises(Forbidden):
        operator_checks.decide(check=entered, is_good=True, by=world.operator, at=NOW)
    assert (entered.status, scan(world).code) == ("ENTERED", "check-due")
    assert operator_checks.decide(check=entered, is_good=True, by=inspector(), at=NOW).status == "PASSED"


def test_database_refuses_approval_by_oneself(world):
    rule(by_inspector=True)
    scan(world)
    entered = carry_out(OperatorCheck.objects.get(), world.operator)

    with pytest.raises(DatabaseError), transaction.atomic():
        OperatorCheck.objects.filter(pk=entered.pk).update(decided_by=world.operator)


def test_rejected_check_is_due_again(world):
    rule(by_inspector=True)
    scan(world)
    entered = carry_out(OperatorCheck.objects.get(), world.operator)
    operator_checks.decide(check=entered, is_good=False, remark="Wrong gauge", by=inspector(), at=NOW)

    assert OperatorCheck.objects.get(repeats=entered).status == "DUE"


def test_patrol_is_due_at_every_second_piece_and_blocks_the_next(world):
    rule("PIECES", "Patrol", every=2)
    for number in (0, 1):
        scan(world, number), scan(world, number)

    assert scan(world, 2).code == "check-due"
    carry_out(OperatorCheck.objects.get(), world.operator)
    assert [scan(world, 2).outcome, scan(world, 2).outcome] == ["accepted", "accepted"]


def test_check_that_work_does_not_wait_for_only_reminds(world):
    rule(is_blocking=False)

    assert [scan(world).outcome, scan(world).outcome, OperatorCheck.objects.get().status] == [
        "accepted", "accepted", "DUE"
    ]


def test_two_events_make_one_check_and_both_are_kept(world):
    tool = rule("TOOL", "Tool")
    scan(world)
    change = {"station": world.stations["MOUNT"], "by": world.operator}
    for minutes, what in ((1, "Drill"), (2, "Tap")):
        operator_checks.change_tool(what=what, at=NOW + minutes * A_MINUTE, **change)
    checks_due.sweep(at=NOW + 3 * A_MINUTE)

    assert OperatorCheck.objects.get().rule == tool
    assert [one.detail for one in CheckOccasion.objects.order_by("pk")] == ["Drill", "Tap"]


def test_event_after_a_passed_check_makes_the_next(world):
    rule("TOOL", "Tool")
    scan(world)
    change = {"station": world.stations["MOUNT"], "by": world.operator}
    operator_checks.change_tool(what="Drill", at=NOW + A_MINUTE, **change)
    carry_out(OperatorCheck.objects.get(), world.operator)
    operator_checks.change_tool(what="Drill", at=NOW + 2 * A_MINUTE, **change)

    assert sorted(OperatorCheck.objects.values_list("status", flat=True)) == ["DUE", "PASSED"]


def test_tool_change_between_two_orders_is_met_by_the_first_alone(world):
    rule("TOOL", "Tool")
    operator_checks.change_tool(
        station=world.stations["MOUNT"], what="Drill", by=world.operator, at=NOW - A_MINUTE
    )
    scan(world)

    assert OperatorCheck.objects.count() == 1


def test_minutes_and_shifts_and_stops_are_found_by_the_sweep(world):
    rule("MINUTES", "Hourly", every=60), rule("SHIFT", "Shift"), rule("DOWNTIME", "Stop", every=10)
    scan(world)
    for minutes, state in ((1, "RUNNING"), (5, "ALARM"), (20, "RUNNING")):
        machines.observe_state(
            equipment=world.stations["MOUNT"], state=state, by=system("plc"), at=NOW + minutes * A_MINUTE
        )
    late = NOW + timedelta(hours=13)

    assert (checks_due.sweep(at=late), checks_due.sweep(at=late)) == (3, 0)


def test_left_out_with_a_reason_by_the_team_leader(world):
    rule()
    scan(world)
    check = OperatorCheck.objects.get()
    told = {"check": check, "at": NOW, "by": person("LEAD", "TEAM_LEADER")}

    with pytest.raises(Refusal, match="Say why"):
        operator_checks.waive(reason=" ", **told)
    assert operator_checks.waive(reason="Gauge broken", **told).status == "WAIVED"
    assert scan(world).outcome == "accepted"


def test_missing_value_is_named(world):
    rule()
    scan(world)

    with pytest.raises(Refusal, match="Length"):
        operator_checks.carry_out(
            check=OperatorCheck.objects.get(), entered=[], is_good=True, by=world.operator, at=NOW
        )


def test_values_of_a_check_are_not_asked_of_the_lot(world):
    rule(is_blocking=False)
    scan(world), scan(world)

    assert wip.of_lot(world.outputs[0]) == {"OVEN": Decimal(1)}


def test_values_are_written_once(world):
    rule()
    scan(world)
    carry_out(OperatorCheck.objects.get(), world.operator)

    with pytest.raises(DatabaseError), transaction.atomic():
        CheckValue.objects.update(text="9")


def test_paused_order_keeps_its_checks(world):
    rule()
    scan(world)
    job_orders.pause(job_order=world.job, reason="Break", by=world.operator, at=NOW)
    job_orders.resume(job_order=world.job, by=world.operator, at=NOW)

    assert scan(world).code == "check-due"


def test_whoever_signs_on_in_a_new_shift_finds_its_check_due(world):
    rule("SHIFT")
    scan(world)
    early = OperatorCheck.objects.count()
    sessions.sign_on(
        station=world.stations["MOUNT"], person=world.operator, device="tablet", at=NOW + timedelta(hours=13)
    )

    assert (early, OperatorCheck.objects.get().status) == (0, "DUE")
