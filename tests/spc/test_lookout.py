"""The lookout says what the judge says, and asks it whenever anything else has happened."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from spc.commands import charts, measurements
from spc.engine.rule import Rule
from spc.lookout import Lookout
from spc.models import ControlChart, Violation, ViolationPoint
from tests.spc import factories
from traceability.commands import readings
from traceability.models import Source

pytestmark = pytest.mark.django_db
BEGIN_US = round((factories.START + timedelta(minutes=1)).timestamp() * 1e6)
PERIOD_US = 100_000


def tell(lookout, streams, first, values):
    """Store values[i] of every stream from number `first` on, and look."""
    count, many = values.shape
    stream = np.tile(np.array(streams), count)
    seq = np.repeat(np.arange(first, first + count), many)
    at_us, value = BEGIN_US + seq * PERIOD_US, values.reshape(-1)
    bad = np.isnan(value)
    readings.record_table(stream=stream, at_us=at_us, seq=seq, value=value, quality=bad * 4, source=Source.AUTO)
    lookout.look(stream=stream, at_us=at_us, seq=seq, value=value, by=factories.by(), at=timezone.now())


def calls(monkeypatch):
    """The streams that the judge was asked about, look by look."""
    asked, judge = [], measurements.evaluate

    def evaluate(**words):
        asked.append(set(words["stream_ids"]))
        return judge(**words)

    monkeypatch.setattr(measurements, "evaluate", evaluate)
    return asked


def calm(count, many=1):
    return 240 + np.tile(np.resize(factories.WOBBLE, count)[:, None], (1, many))


def flags(among):
    rows = ViolationPoint.objects.filter(chart__in=among).order_by("chart__code", "at", "rule")
    return [(code[-2:], rule, seq) for code, rule, seq in rows.values_list("chart__code", "rule", "seq")]


def mark(chart):
    return ControlChart.objects.get(pk=chart.pk).evaluated_seq


@pytest.mark.parametrize("seed", range(6))
def test_it_flags_what_the_judge_flags(seed):
    """Twins on noise that drifts, with holes, in looks of changing length."""
    noise = np.random.default_rng(seed)
    mine = [factories.chart(f"A{n:02}") for n in range(4)]
    twins = [factories.chart(f"B{n:02}") for n in range(4)]
    values = 240 + noise.normal(0, 1, (120, 4)) + (np.arange(120)[:, None] > 60) * np.array([0, 0, 0.8, 2])
    values[noise.random(values.shape) < 0.02] = np.nan
    lookout, done = Lookout(), 0
    while done < len(values):
        some = values[done : done + noise.integers(1, 9)]
        tell(lookout, [chart.stream_id for chart in mine], done, some)
        stored = [chart.stream_id for chart in twins]
        tell(Lookout(), stored, done, some)
        done += len(some)

    assert flags(mine) == flags(twins)
    assert [mark(chart) for chart in mine] == [119] * 4
    assert flags(mine)


def test_a_quiet_chart_is_passed_without_the_judge(monkeypatch):
    chart, lookout, asked = factories.chart(), Lookout(), calls(monkeypatch)
    tell(lookout, [chart.stream_id], 0, calm(10))
    tell(lookout, [chart.stream_id], 10, calm(10))

    assert asked == [{chart.stream_id}]
    assert mark(chart) == 19


def test_a_point_beyond_the_limits_goes_to_the_judge(monkeypatch):
    chart, lookout, asked = factories.chart(), Lookout(), calls(monkeypatch)
    tell(lookout, [chart.stream_id], 0, calm(10))
    tell(lookout, [chart.stream_id], 10, np.array([[250.0]]))

    assert len(asked) == 2
    assert Violation.objects.get().seq == 10


@pytest.mark.parametrize("what", ["limits", "rules", "a reading", "a chart", "a late batch"])
def test_what_somebody_else_did_goes_to_the_judge(monkeypatch, what):
    chart, lookout = factories.chart(), Lookout()
    tell(lookout, [chart.stream_id], 0, calm(10))
    first, number = 10, 1
    if what == "limits":
        factories.limit(chart, center=241.0, at=factories.START + timedelta(minutes=2))
    elif what == "rules":
        words = {"reason": "x", "by": factories.engineer(), "at": factories.NOW}
        charts.change_rules(chart=chart, rules=[Rule(kind="trend", k=7)], **words)
    elif what == "a reading":
        factories.store(chart, [240.0], 62)
        first, number = 50, 1
    elif what == "a chart":
        factories.chart("SECOND", stream=chart.stream)
        lookout._looked = -100.0
    else:
        first = 5
    asked = calls(monkeypatch)
    tell(lookout, [chart.stream_id], first, calm(number))

    assert asked == [{chart.stream_id}]


def test_a_stream_without_a_chart_costs_no_question(monkeypatch):
    bare, lookout, asked = factories.stream("OVEN.BARE"), Lookout(), calls(monkeypatch)
    tell(lookout, [bare.pk], 0, calm(5))

    assert asked == []


def test_after_a_gap_the_judge_is_asked(monkeypatch):
    chart, lookout = factories.chart(), Lookout()
    tell(lookout, [chart.stream_id], 0, calm(10))
    asked = calls(monkeypatch)
    lookout.forget([chart.stream_id])
    tell(lookout, [chart.stream_id], 10, calm(1))

    assert asked == [{chart.stream_id}]
