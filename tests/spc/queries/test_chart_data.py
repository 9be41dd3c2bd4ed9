"""What a chart draws: thinned, but never a flagged point; by the limits of each time."""

import pytest

from spc.queries import chart_data, chart_lines, charts
from tests import factories as ground
from tests.factories import NOW
from tests.spc import factories
from tests.spc.factories import at, calm
from traceability.commands import readings

pytestmark = pytest.mark.django_db


def test_flagged_points_survive_thinning(monkeypatch):
    monkeypatch.setattr(chart_lines, "MOST", 400)
    chart = factories.chart()
    values = calm(5000)
    values[1234] = 250.0
    factories.read(chart, values)
    drawn = chart_data.data(chart, at(0), at(5000))
    assert len(drawn["at"]) <= chart_lines.MOST + 20
    assert {drawn["value"][index] for index, *_rest in drawn["hits"]} == {250.0}
    assert drawn["thinned"] is True


def test_moving_ranges_are_steps_between_neighbours_however_few_points_are_drawn(monkeypatch):
    monkeypatch.setattr(chart_lines, "MOST", 400)
    chart = factories.chart()
    factories.store(chart, [value for _ in range(450) for value in (240.0, 242.0)])
    drawn = chart_data.data(chart, at(0), at(900))
    assert drawn["thinned"] is True
    assert 100 < len(drawn["at"]) <= 450
    assert set(drawn["range"]) - {None} == {2.0}


def test_a_moving_range_beside_a_bad_reading_is_missing():
    chart = factories.chart()
    factories.store(chart, [240.0, 242.0, None, 241.0, 240.0])
    assert chart_data.data(chart, at(0), at(9))["range"] == [None, 2.0, None, None, 1.0]


def test_a_hit_names_its_rule_and_where_its_pattern_began():
    chart = factories.chart()
    [violation] = factories.read(chart, [*calm(20), *[241.0] * 7])
    drawn = chart_data.data(chart, at(0), at(60))
    first = drawn["hits"][0]
    assert first[1:] == ["side-7", chart_data.moment(at(first[0] - 6)), violation.pk]
    assert drawn["rules"]["side-7"][0] == "7 points in a row on one side"


def test_a_known_gap_breaks_the_line():
    chart = factories.chart()
    readings.record_gap(stream=chart.stream, from_at=at(3), to_at=at(30), cause="cable")
    factories.store(chart, calm(3))
    factories.store(chart, calm(3), 31)
    values = chart_data.data(chart, at(0), at(60))["value"]
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
    assert drawn["at"] == [chart_data.moment(at(4)), chart_data.moment(at(9))]
    assert (drawn["value"], drawn["range"]) == ([240.0, 240.0], [4.0, 2.0])


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
