"""Each reading is judged once, whenever it comes, by the limits of its time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spc.engine.rule import Rule
from spc.models import ControlChart, Violation, ViolationPoint
from tests.spc import factories
from tests.spc.factories import at, calm
from traceability.commands import readings

pytestmark = pytest.mark.django_db
TREND = Rule(kind="trend", k=7)
RISING = [240.0 + n / 4 for n in range(-3, 4)]


def flags(chart: ControlChart) -> list[tuple[str, int]]:
    return list(ViolationPoint.objects.filter(chart=chart).order_by("at", "rule").values_list("rule", "seq"))


def mark(chart: ControlChart) -> int:
    return ControlChart.objects.get(pk=chart.pk).evaluated_seq


def test_evaluate_flags_a_point_beyond_the_limits():
    chart = factories.chart()
    [violation] = factories.read(chart, [*calm(20), 243.5])
    assert (violation.rule, violation.seq, violation.value) == ("beyond-3s", 20, 243.5)
    assert violation.last_good_at == at(19)
    assert flags(chart) == [("beyond-3s", 20)]


def test_evaluate_moves_the_mark_when_nothing_fires():
    chart = factories.chart()
    assert factories.read(chart, calm(20)) == []
    assert (mark(chart), Violation.objects.count()) == (19, 0)


def test_evaluate_again_repeats_nothing():
    chart = factories.chart()
    factories.read(chart, [*calm(20), 243.5])
    assert factories.judge(chart) == []
    assert factories.judge(chart, since=at(0)) == []
    assert (Violation.objects.count(), flags(chart)) == (1, [("beyond-3s", 20)])


def test_evaluate_sees_a_trend_of_seven_points_across_evaluations():
    chart = factories.chart(rules=[TREND])
    factories.read(chart, calm(10))
    for n, value in enumerate(RISING[:5]):
        assert factories.read(chart, [value], 10 + n) == []
    [violation] = factories.read(chart, RISING[5:6], 15)
    assert (violation.rule, violation.seq) == ("trend-7", 15)
    assert violation.last_good_at == at(8)  # reading 9 lies below reading 10: the run begins with it


def test_evaluate_leaves_a_point_on_the_limit_alone():
    chart = factories.chart()
    assert factories.read(chart, [*calm(5), 243.0, 237.0]) == []


@pytest.mark.parametrize("broken", [[None], [None, None]])
def test_evaluate_ends_a_run_at_a_reading_that_went_wrong(broken):
    chart = factories.chart(rules=[TREND])
    values = [*RISING[:4], *broken, *RISING[4:]]
    assert factories.read(chart, values) == []
    assert mark(chart) == len(values) - 1


def test_evaluate_ends_a_run_at_a_known_gap():
    chart = factories.chart(rules=[TREND])
    readings.record_gap(stream=chart.stream, from_at=at(3), to_at=at(30), cause="cable")
    factories.store(chart, RISING[:4])
    assert factories.read(chart, RISING[4:], 30) == []


def test_evaluate_bridges_what_went_wrong_where_the_rule_says_so():
    chart = factories.chart(rules=[Rule(kind="trend", k=7, missing="bridge")])
    [violation] = factories.read(chart, [*RISING[:4], None, *RISING[4:]])
    assert violation.seq == 7


def test_evaluate_compares_only_what_the_instrument_can_tell_apart():
    chart = factories.chart(rules=[TREND])
    parameter = chart.stream.parameter
    parameter.resolution = "0.1"
    parameter.save()
    assert factories.read(chart, [240.0 + n * 1e-6 for n in range(10)]) == []


def test_evaluate_judges_by_the_limits_of_the_reading():
    chart = factories.chart(rules=[Rule(kind="beyond", zone=3)])
    factories.limit(chart, 250.0, valid_from=at(10))
    [violation] = factories.read(chart, [240.0] * 10 + [250.0] * 10 + [240.0])
    assert (violation.seq, violation.limits.version) == (20, 2)


def test_evaluate_lets_no_run_straddle_two_limit_versions():
    chart = factories.chart(rules=[TREND])
    factories.limit(chart, 240.5, valid_from=at(4))
    assert factories.read(chart, RISING) == []


def test_evaluate_only_moves_the_mark_without_limits():
    chart = factories.chart(limited=False)
    assert factories.read(chart, [0.0, 1000.0, 1e9]) == []
    assert mark(chart) == 2


def test_evaluate_judges_again_what_a_late_reading_changes():
    chart = factories.chart(rules=[TREND])
    rows = factories.rows(chart, [*calm(11), *RISING, *calm(10)])
    late = rows.pop(14)
    readings.record(rows=rows)
    assert factories.judge(chart) == []
    readings.record(rows=[late])
    [violation] = factories.judge(chart, since=late.at)
    assert (violation.seq, violation.ended_at, mark(chart)) == (17, at(25), 27)


def test_evaluate_asks_little_of_the_database():
    charts = [factories.chart(f"C{n}") for n in range(20)]
    for chart in charts:
        factories.store(chart, calm(20))
    factories.judge(*charts)
    for chart in charts:
        factories.store(chart, calm(1), 20)
    with CaptureQueriesContext(connection) as queries:
        factories.judge(*charts)
    assert len(queries) <= 8


def test_evaluate_leaves_a_resting_chart_alone():
    chart = factories.chart()
    ControlChart.objects.update(active=False)
    assert factories.read(chart, [300.0]) == []
    assert ControlChart.objects.get(pk=chart.pk).evaluated_at is None


def test_evaluate_takes_whole_subgroups_only():
    chart = factories.chart(kind="XBAR_R", subgroup_size=5, rules=[Rule(kind="beyond", zone=3)])
    spike = [240.0, 240.0, 250.0, 240.0, 260.0]
    assert factories.read(chart, [*calm(10), *spike[:3]]) == []
    [violation] = factories.read(chart, spike[3:], 13)
    assert (violation.seq, violation.value, violation.at) == (14, 246.0, at(14))
    assert violation.last_good_at == at(9)


def test_evaluate_drops_a_subgroup_with_a_reading_that_went_wrong():
    chart = factories.chart(kind="XBAR_R", subgroup_size=5)
    assert factories.read(chart, [*calm(5), 260.0, None, 260.0, 260.0, 260.0]) == []


def test_evaluate_flags_a_range_above_its_limit():
    chart = factories.chart(limited=False, kind="XBAR_R", subgroup_size=2, rules=[Rule(kind="beyond", zone=3)])
    factories.limit(chart, range_center=1.0, range_upper=3.3)
    [violation] = factories.read(chart, [240.0, 241.0, 238.0, 242.0])
    assert violation.rule == "range-beyond-3s"


def test_evaluate_begins_a_new_chart_with_its_first_limits():
    chart = factories.chart(limited=False)
    factories.store(chart, [300.0] * 5)
    factories.limit(chart, valid_from=at(3))
    [violation] = factories.judge(chart)
    assert (violation.seq, violation.last_good_at) == (3, at(3))


def test_evaluate_takes_a_long_backlog_at_once():
    chart = factories.chart()
    values = calm(2000)
    values[777] = values[1500] = 250.0
    found = factories.read(chart, values, at=at(2000) + timedelta(seconds=1))
    assert [(v.seq, v.ended_at) for v in found] == [(777, at(785)), (1500, at(1508))]
