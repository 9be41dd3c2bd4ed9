"""Two people at one check, and an event while it is passed: one verdict, nothing lost."""

from datetime import timedelta

from mes.commands import checks_due, operator_checks
from mes.models import CheckOccasion, CheckValue, JobSegment, OperatorCheck
from plant.errors import Refusal
from plant.models import Tracking
from tests.factories import NOW, person
from tests.mes import factories
from tests.mes.checks_world import carry_out, inspector, rule


def begun(**fields):
    world = factories.world(3, Tracking.SERIAL)
    world.ready(3)
    rule(**fields)
    world.scan(world.outputs[0].number)
    return world


def test_two_passes_at_once_give_one_verdict(at_once):
    world = begun()
    check, second = OperatorCheck.objects.get(), person("OP2", "OPERATOR")

    def carry(by):
        try:
            return carry_out(check, by).status
        except Refusal as refusal:
            return refusal.code

    found = at_once(lambda: carry(world.operator), lambda: carry(second))

    assert sorted(found) == ["PASSED", "check-refused"]
    assert CheckValue.objects.count() == 1


def test_approval_and_rejection_at_once_give_one_verdict(at_once):
    world = begun(by_inspector=True)
    check = carry_out(OperatorCheck.objects.get(), world.operator)
    first, second = inspector(), person("INSP2", "INSPECTOR")

    def decide(by, is_good):
        try:
            return operator_checks.decide(check=check, is_good=is_good, remark="Seen", by=by, at=NOW).status
        except Refusal as refusal:
            return refusal.code

    found = at_once(lambda: decide(first, True), lambda: decide(second, False))

    assert sorted(found) in (["PASSED", "check-refused"], ["FAILED", "check-refused"])


def test_same_event_noticed_by_many_counts_once(at_once):
    world = begun(trigger="MINUTES", name="Hourly", every=5)
    row, mount = JobSegment.objects.get(segment__code="MOUNT"), world.stations["MOUNT"]
    at = NOW + timedelta(minutes=6)

    at_once(*[lambda: checks_due.bring_due(row=row, station=mount, at=at)] * 6)

    assert (OperatorCheck.objects.count(), CheckOccasion.objects.count()) == (1, 1)


def test_event_while_the_check_is_passed_is_not_lost(at_once):
    world = begun(trigger="TOOL", name="Tool")
    told = {"station": world.stations["MOUNT"], "by": world.operator}
    operator_checks.change_tool(what="Drill", at=NOW + timedelta(minutes=1), **told)
    check = OperatorCheck.objects.get()

    at_once(
        lambda: carry_out(check, world.operator),
        lambda: operator_checks.change_tool(what="Tap", at=NOW + timedelta(minutes=2), **told),
    )

    joined = CheckOccasion.objects.get(detail="Tap").check_due
    assert joined.status == "DUE" or joined.pk == check.pk
    assert CheckOccasion.objects.count() == 2
