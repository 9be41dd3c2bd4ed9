"""Samples at intervals and by lot, and charts that only judge their own product."""

import pytest

from spc.commands import charts, limits
from spc.engine.rule import Rule
from spc.models import Violation
from spc.queries import chart_data
from spc.queries.marks import moment
from tests.factories import NOW, received, station
from tests.qms.factories import board, engineer
from tests.spc import factories
from tests.spc.factories import at, by, calm
from traceability.commands import visits

pytestmark = pytest.mark.django_db
BEYOND = [Rule(kind="beyond", zone=3)]


def stay(lot, first, last):
    visits.arrive(lot=lot, equipment=station(), by=by(), at=at(first))
    visits.depart(lot=lot, equipment=station(), at=at(last))


def shown(chart, last=900):
    drawn = chart_data.data(chart, at(-1), at(last))
    return list(zip(drawn["at"], drawn["value"], strict=True))


def test_single_values_at_intervals_are_the_first_reading_of_each():
    chart = factories.chart(sampling="TIME", every_seconds=60)
    factories.store(chart, range(150))
    assert shown(chart) == [(moment(at(second)), float(second)) for second in (0, 60, 120)]


def test_a_sample_of_which_the_beginning_is_not_at_hand_is_not_plotted():
    chart = factories.chart(kind="XBAR_R", subgroup_size=3, sampling="TIME", every_seconds=60)
    factories.store(chart, [240.0, 241.0, 242.0] * 40, 20)
    assert shown(chart)[0] == (moment(at(62)), pytest.approx(241.0))


@pytest.mark.parametrize("batch", [1, 7, 300])
def test_samples_at_intervals_are_judged_once_whatever_comes_at_a_time(batch):
    chart = factories.chart(kind="XBAR_R", subgroup_size=5, sampling="TIME", every_seconds=30, rules=BEYOND)
    values = [*calm(150), *[246.0] * 5, *calm(145)]
    for first in range(0, 300, batch):
        factories.read(chart, values[first : first + batch], first)
    violation = Violation.objects.get()
    assert (violation.at, violation.last_good_at) == (at(154), at(124))
    chart.refresh_from_db()
    assert chart.evaluated_at == at(299)


def test_the_first_readings_of_each_lot_are_its_sample():
    chart = factories.chart(kind="XBAR_R", subgroup_size=2, sampling="LOT", rules=BEYOND)
    first, second = received("L1"), received("L2")
    stay(first, 0, 20)
    stay(second, 30, 50)
    values = [*calm(30), 250.0, 250.0, *calm(60)]
    for second_, value in enumerate(values):
        factories.read(chart, [value], second_)
    assert [place for place, _value in shown(chart)] == [moment(at(1)), moment(at(31))]
    assert Violation.objects.get().at == at(31)


def test_a_chart_of_one_product_does_not_judge_the_readings_of_another():
    chart = factories.chart(only_its_product=True, rules=BEYOND)
    own, other = received("L1"), board("B1", at_oven=False)
    stay(own, 0, 20)
    stay(other, 20, 40)
    stay(received("L3"), 40, 60)

    factories.read(chart, [*calm(20), *[260.0] * 20, *calm(10), 260.0])

    assert own.material_id == chart.line.plan.material_id != other.material_id
    assert [one.at for one in Violation.objects.all()] == [at(50)]
    assert [value for _place, value in shown(chart)][20:40] == [None] * 20


def test_samples_at_intervals_stay_so_where_only_one_product_is_judged():
    chart = factories.chart(kind="XBAR_R", subgroup_size=2, sampling="TIME", every_seconds=30, only_its_product=True)
    stay(received("L1"), 0, 70)
    stay(board("B1", at_oven=False), 70, 200)
    factories.store(chart, calm(150))
    assert [place for place, _value in shown(chart)] == [moment(at(1)), moment(at(31)), moment(at(61))]


def test_limits_are_told_from_the_samples_of_the_product():
    chart = factories.chart(limited=False, only_its_product=True)
    stay(received("L1"), 0, 100)
    factories.store(chart, [*calm(100), *[260.0] * 50])
    frozen = limits.freeze(
        chart=chart, data_from=at(0), data_to=at(200), reason="Study", by=engineer(), at=NOW
    )
    assert (frozen.points, frozen.center) == (100, pytest.approx(240.0))


@pytest.mark.parametrize("fields", [
    {"sampling": "TIME"}, {"every_seconds": 60}, {"sampling": "LOT", "every_seconds": 60},
    {"sampling": "TIME", "every_seconds": 4, "kind": "XBAR_R", "subgroup_size": 5},
    {"sampling": "TIME", "every_seconds": 90_000},
])  # fmt: skip
def test_an_interval_that_makes_no_sense_is_refused(fields):
    with pytest.raises(charts.ChartRefused):
        factories.chart(**fields)
