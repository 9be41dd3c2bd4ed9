"""What Prometheus reads of holds, nonconformances, charts and readings."""

import pytest

from plant import metrics
from qms.queries import gauges as quality
from spc.queries import gauges
from tests.qms.factories import board, reaction
from tests.spc import factories
from tests.spc.factories import calm
from traceability.queries import gauges as stored

pytestmark = pytest.mark.django_db


def test_gauges_count_what_is_held_open_and_unanswered():
    reaction()
    board("B1")
    factories.read(factories.chart(), [*calm(40), 244.0])

    assert (gauges.open_violations(), gauges.running_violations()) == (1.0, 1.0)
    assert quality.open_nonconformances() == {("OPEN",): 1.0, ("REVIEW",): 0.0, ("DISPOSED",): 0.0}
    held = stored.open_holds()
    assert (held["LOT",], held["EQUIPMENT",], held["RULE",]) == (1.0, 1.0, 0.0)
    assert stored.readings_stored() >= 0.0


def test_the_lag_is_what_the_slowest_chart_has_not_judged():
    chart = factories.chart()
    factories.read(chart, calm(10))
    assert gauges.evaluation_lag() == 0.0
    factories.store(chart, calm(5), 30)
    assert gauges.evaluation_lag() == 25.0


def test_every_gauge_can_be_read():
    metrics.register(*gauges.GAUGES, *quality.GAUGES, *stored.GAUGES)
    text = metrics.text().decode()
    for name in ("zhizao_holds_open", "zhizao_nonconformances_open", "zhizao_evaluation_lag_seconds"):
        assert f"# TYPE {name} gauge" in text
