"""What a released control plan makes the floor do: charts and operator checks, for what is planned from then on."""

from datetime import timedelta

import pytest

from mes import tasks
from mes.commands import plan_checks
from mes.models import CheckRule, WorkMaster
from mes.queries import operator_checks
from plant.models import Delivery, Notice, Role
from qms import floor
from qms.commands import plan_floor
from qms.models import ControlPlanLine, GaugeType
from qms.queries import releases
from spc.models import ControlChart
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories as production
from tests.mes import revisions_world as routings
from tests.qms import planning as make
from tests.qms.factories import characteristic
from traceability.models import Stream

pytestmark = pytest.mark.django_db
RELEASED = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def oven():
    """A routing whose oven has a sensor of zone 3."""
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    production.master(ground.material("BOARD"))
    return Stream.objects.create(
        code="OVEN.ZONE3", parameter=characteristic("ZONE3").parameter, equipment=ground.station("OVEN")
    )


def plan(**values):
    made = make.plan()
    make.plan_row(made, operation="OVEN", method="SPC", **values)
    make.plan_row(made, operation="OVEN", characteristic="ZONE9", method="OPERATOR", trigger="PIECES", every="5",
                  reaction="Call the leader")
    return made


def told(draft):
    return [(one.noun, one.verb, one.about) for one in releases.of(draft, RELEASED)]


def next_revision(draft, **values):
    """A further revision in which the named columns of each characteristic differ."""
    fresh = make.revision(draft)
    for code, changes in values.items():
        fresh.lines.filter(characteristic__code=code).update(**changes)
    return make.plan_handed_in(fresh)


def test_the_page_tells_what_the_release_then_does(oven):
    draft = make.plan_handed_in(plan())
    assert told(draft)[:2] == [("CHART", "ADDED", "ZONE3"), ("CHECK", "ADDED", "ZONE9")]
    assert not ControlChart.objects.exists()
    assert not CheckRule.objects.exists()

    make.released(draft)

    chart, rule = ControlChart.objects.get(), CheckRule.objects.get()
    item = rule.items.get()
    assert (chart.stream, chart.line.plan, chart.kind, chart.active) == (oven, draft, "I_MR", True)
    assert (rule.segment.code, rule.trigger, rule.every, rule.instruction) == ("OVEN", "PIECES", 5, "Call the leader")
    assert (float(item.low), float(item.high), item.kind) == (235.0, 245.0, "NUMBER")
    assert [one.noun for line in draft.lines.order_by("position") for one in floor.made(line)] == ["CHART", "CHECK"]


def test_what_is_the_same_goes_on_under_the_new_revision(oven):
    first = make.released(make.plan_handed_in(plan()))
    chart, rule = ControlChart.objects.get(), CheckRule.objects.get()
    fresh = next_revision(first)

    assert told(fresh) == [("CHART", "KEPT", chart.code), ("CHECK", "KEPT", "ZONE9")]
    make.released(fresh, at=LATER)

    assert ControlChart.objects.get().line.plan == fresh
    assert (CheckRule.objects.get().pk, CheckRule.objects.get().plan_line.plan) == (rule.pk, fresh)


def test_another_sample_retires_the_chart_and_begins_one(oven):
    first = make.released(make.plan_handed_in(plan()))
    fresh = next_revision(first, ZONE3={"sample_size": 5})
    assert ("CHART", "CHANGED", ControlChart.objects.get().code) in told(fresh)

    make.released(fresh, at=LATER)

    assert list(ControlChart.objects.order_by("pk").values_list("active", "subgroup_size", "kind")) == [
        (False, 1, "I_MR"), (True, 5, "XBAR_R")]


def test_work_that_was_planned_before_keeps_the_check_it_had(oven):
    first = make.released(make.plan_handed_in(plan()))
    segment = WorkMaster.objects.get().segments.get(code="OVEN")
    fresh = next_revision(first, ZONE9={"every": 2})

    make.released(fresh, at=LATER)

    def every(hours):
        return [rule.every for rule in operator_checks.rules(segment.pk, NOW + timedelta(hours=hours))]

    assert (every(0), every(2), every(4)) == ([], [5], [2])


def test_what_the_plan_drops_ends(oven):
    first = make.released(make.plan_handed_in(plan()))
    fresh = make.revision(first)
    ControlPlanLine.objects.filter(plan=fresh, characteristic__code="ZONE9").first().reactions.all().delete()
    fresh.lines.all().delete()
    make.plan_row(fresh, operation="OVEN", characteristic="ZONE3", method="INSPECTION")
    make.plan_handed_in(fresh)
    code = ControlChart.objects.get().code
    assert {("CHART", "DROPPED", code), ("CHECK", "DROPPED", "ZONE9")} <= {
        (noun, verb, about.replace("Zone 3", "ZONE9")) for noun, verb, about in told(fresh)}

    make.released(fresh, at=LATER)

    assert (ControlChart.objects.get().active, CheckRule.objects.get().until) == (False, LATER)


def test_what_cannot_be_made_is_said_before_and_hinders_nobody():
    draft = make.plan_handed_in(plan())

    assert told(draft)[:2] == [("CHART", "MISSING", "ZONE3"), ("CHECK", "MISSING", "ZONE9")]
    assert make.released(draft).status == "EFFECTIVE"


def test_a_release_that_is_refused_changes_nothing(oven):
    draft = make.plan_handed_in(plan())

    with pytest.raises(Exception, match="password"):
        make.released(draft, password="wrong")

    assert (ControlChart.objects.count(), CheckRule.objects.count()) == (0, 0)


def test_operations_are_those_of_the_routing_that_is_asked_for(oven):
    names = [one.code for one in plan_checks.operations(ground.material("BOARD"), "", RELEASED)]

    assert names == ["MOUNT", "OVEN", "TEST"]
    assert plan_checks.operations(ground.material("BOARD"), "NONE", RELEASED) == []


def test_what_is_measured_with_a_gauge_at_the_line_is_so_in_the_check_of_the_plan(oven):
    caliper = GaugeType.objects.create(code="CALIPER", name="Caliper")
    make.released(first := make.plan_handed_in(plan()))
    fresh = next_revision(first, ZONE9={"gauge_type": caliper})
    changed = next(one for one in releases.of(fresh, RELEASED) if one.noun == "CHECK")

    make.released(fresh, at=LATER)

    assert changed.details == (("gauge_type", "", "CALIPER"),)
    assert CheckRule.objects.get(until=None).items.get().gauge_type == caliper


def test_a_routing_that_comes_later_without_the_checks_is_flagged_and_carried_over(oven):
    effective = make.released(make.plan_handed_in(plan()))
    fresh = routings.draft(WorkMaster.objects.get())
    CheckRule.objects.filter(segment__work_master=fresh).update(until=RELEASED)
    routings.effective(fresh)
    for delivery in Delivery.objects.filter(subscriber=tasks.follow_plans.name).order_by("pk"):
        tasks.follow_plans(delivery.pk, delivery.entry_id)

    told = releases.open_on_floor(effective, LATER)
    assert [(one.noun, one.verb, one.operation) for one in told] == [("CHECK", "ADDED", "OVEN")]
    notice = Notice.objects.get(url=releases.url(effective), person=effective.approved_by)
    assert notice.title.startswith(str(effective))

    manager = ground.person("QM", Role.QUALITY_MANAGER)
    with pytest.raises(plan_floor.FloorRefused):
        plan_floor.carry_out(plan=effective, seen_hash="old", by=manager, at=LATER)
    plan_floor.carry_out(plan=effective, seen_hash=plan_floor.hash_of(told), by=manager, at=LATER)
    assert releases.open_on_floor(effective, LATER) == []
    assert CheckRule.objects.filter(segment__work_master=fresh, until=None).count() == 1
