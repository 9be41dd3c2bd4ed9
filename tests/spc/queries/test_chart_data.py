"""What a chart draws: thinned, but never a flagged point; by the limits of each time."""

import pytest

from spc.queries import chart_data, charts
from tests import factories as ground
from tests.factories import NOW
from tests.spc import factories
from tests.spc.factories import at, calm
from traceability.commands import readings

pytestmark = pytest.mark.django_db


def test_flagged_points_survive_thinning():
    chart = factories.chart()
    values = calm(5000)
    values[1234] = 250.0
    factories.read(chart, values)
    drawn = chart_data.data(chart, at(0), at(5000))
    assert len(drawn["points"]) <= chart_data.MOST + 1
    assert [point["value"] for point in drawn["points"] if point["flags"]] == [250.0]
    assert drawn["thinned"] is True


def test_moving_ranges_are_steps_between_neighbours_however_few_points_are_drawn():
    chart = factories.chart()
    factories.store(chart, [value for _ in range(4500) for value in (240.0, 242.0)])
    drawn = chart_data.data(chart, at(0), at(9000), ranges=True)
    assert drawn["thinned"] is True
    assert 1000 < len(drawn["points"]) <= chart_data.MOST + 1
    assert {point["value"] for point in drawn["points"]} == {2.0}


def test_a_moving_range_beside_a_bad_reading_is_missing():
    chart = factories.chart()
    factories.store(chart, [240.0, 242.0, None, 241.0, 240.0])
    drawn = chart_data.data(chart, at(0), at(9), ranges=True)
    assert [point["value"] for point in drawn["points"]] == [None, 2.0, None, None, 1.0]


def test_a_known_gap_breaks_the_line():
    chart = factories.chart()
    readings.record_gap(stream=chart.stream, from_at=at(3), to_at=at(30), cause="cable")
    factories.store(chart, calm(3))
    factories.store(chart, calm(3), 31)
    values = [point["value"] for point in chart_data.data(chart, at(0), at(60))["points"]]
    assert values == [240.0, 241.0, 239.0, None, 240.0, 241.0, 239.0]


def test_limits_are_those_of_the_stretch():
    chart = factories.chart()
    for second in (10, 20, 30):
        factories.limit(chart, 240.0 + second, valid_from=at(second))
    drawn = chart_data.limits_between(chart, at(15), at(25))
    assert [limits.center for limits in drawn] == [250.0, 260.0]


def test_means_stand_at_their_last_reading():
    chart = factories.chart(kind="XBAR_R", subgroup_size=5)
    factories.store(chart, calm(10))
    drawn = chart_data.data(chart, at(0), at(60))
    means = [(point["at"], point["value"]) for point in drawn["points"]]
    assert means == [(at(4).isoformat(), 240.0), (at(9).isoformat(), 240.0)]


def test_the_worst_chart_comes_first():
    factories.read(factories.chart("CALM"), calm(40))
    factories.read(factories.chart("WILD"), [*calm(40), 250.0])
    assert [row.chart.code for row in charts.worst(ground.person("ALL"), NOW)] == ["WILD", "CALM"]


def test_rules_count_what_they_fired_and_what_was_false():
    chart = factories.chart()
    factories.read(chart, [*calm(20), 250.0])
    facts = charts.rule_facts(chart)
    counted = {fact["id"]: (fact["violations"], fact["false_alarms"], fact["points"]) for fact in facts}
    assert counted == {"beyond-3s": (1, 0, 1), "side-7": (0, 0, 0), "trend-7": (0, 0, 0)}
