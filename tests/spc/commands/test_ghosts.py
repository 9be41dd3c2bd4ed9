"""Points left out stay on record; runs, limits and capability pass over them until they are taken back."""

import pytest

from plant.models import JournalEntry, Role
from plant.policies import Forbidden
from spc.commands import ghosts
from spc.models import GhostPoint, Violation
from spc.queries import capability, chart_data
from tests.factories import NOW, person
from tests.qms.factories import engineer
from tests.spc import factories
from tests.spc.factories import at, calm

pytestmark = pytest.mark.django_db


def leave_out(chart, *seconds, reason="Door open", by=None):
    places = [(at(second), second) for second in seconds]
    return ghosts.leave_out(chart=chart, places=places, reason=reason, by=by or engineer(), at=NOW)


def test_leave_out_keeps_the_point_its_value_and_the_reason():
    chart = factories.chart()
    factories.store(chart, [*calm(10), 260.0])

    made = leave_out(chart, 10)

    assert [(one.at, one.seq, one.value, one.reason) for one in made] == [(at(10), 10, 260.0, "Door open")]
    assert leave_out(chart, 10) == []
    assert JournalEntry.objects.filter(kind="chart.points-left-out").count() == 1


def test_leave_out_refuses_points_that_are_none_and_people_who_may_not():
    chart = factories.chart()
    factories.store(chart, [240.0, None])
    for seconds in [(), (1,), (5,), (0, 5)]:
        with pytest.raises(ghosts.GhostRefused):
            leave_out(chart, *seconds)
    with pytest.raises(ghosts.GhostRefused):
        leave_out(chart, 0, reason=" ")
    with pytest.raises(Forbidden):
        leave_out(chart, 0, by=person("OP2", Role.OPERATOR))


def test_runs_pass_over_points_left_out_as_if_they_had_never_been():
    chart = factories.chart()
    factories.read(chart, [*calm(20), 241.0, 241.5, 241.0, 238.5, 241.5, 241.0, 241.5])
    leave_out(chart, 23)

    found = factories.read(chart, [241.0], 27)

    assert [(one.rule, one.at) for one in found] == [("side-7", at(27))]


def test_the_same_run_is_broken_while_the_point_counts():
    chart = factories.chart()
    factories.read(chart, [*calm(20), 241.0, 241.5, 241.0, 238.5, 241.5, 241.0, 241.5])
    assert factories.read(chart, [241.0], 27) == []
    assert Violation.objects.count() == 0


def test_capability_and_picture_know_what_is_left_out():
    chart = factories.chart()
    factories.store(chart, [*calm(50), 260.0])
    leave_out(chart, 50)

    shown = chart_data.data(chart, at(-1), at(60))

    assert capability.of(chart, at(-1), at(60)).indices.n == 50
    assert (len(shown["value"]), shown["ghosts"]) == (51, [50])


def test_a_subgroup_is_left_out_whole():
    chart = factories.chart(kind="XBAR_R", subgroup_size=5)
    factories.store(chart, calm(60))
    leave_out(chart, 9)
    assert GhostPoint.objects.get().value == pytest.approx(sum(calm(60)[5:10]) / 5)
    assert capability.of(chart, at(-1), at(99)).indices.n == 55
    with pytest.raises(ghosts.GhostRefused):
        leave_out(chart, 11)


def test_restore_counts_the_point_again_and_says_who_and_why():
    chart = factories.chart()
    factories.store(chart, [240.0])
    [ghost] = leave_out(chart, 0)
    wanted = {"ghost": ghost, "by": engineer(), "at": NOW}

    with pytest.raises(ghosts.GhostRefused):
        ghosts.restore(reason="", **wanted)
    assert ghosts.restore(reason="It was real", **wanted).restored_by == engineer()
    with pytest.raises(ghosts.GhostRefused):
        ghosts.restore(reason="Twice", **wanted)
    assert len(leave_out(chart, 0)) == 1
