"""The newest points of many charts against the whole series of each."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spc.engine import rules, tick
from spc.engine.rules import NELSON, Rule
from tests.spc.engine.strategies import ANY_RULE

NAN = float("nan")


def a_plant(seed, charts, points, gaps):
    rng = np.random.default_rng(seed)
    x = rng.integers(-6, 7, (charts, points)) / 2
    x[rng.random(x.shape) < gaps] = NAN
    x[np.arange(points) < rng.integers(0, points, charts)[:, None]] = NAN
    return x, rng.integers(-1, 2, charts) / 2, rng.choice([0.5, 1.0, NAN], charts)


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 2**32 - 1), st.integers(1, 4), st.sampled_from([0.0, 0.15]),
    st.lists(ANY_RULE, min_size=1, max_size=6),
)  # fmt: skip
def test_tick_agrees_with_the_whole_series(seed, new, gaps, among):
    window, center, sigma = a_plant(seed, 4, tick.reach(among, new) + 5, gaps)

    found = tick.evaluate(window, center, sigma, among, new=new)

    assert found.tolist() == rules.evaluate(window, center, sigma, among)[:, -new:].tolist()


@pytest.mark.parametrize("new", [1, 3])
def test_tick_of_the_shortest_window_equals_the_long_series(new):
    x = np.random.default_rng(new).normal(size=(300, 400))

    found = tick.evaluate(x[:, -tick.reach(NELSON, new) :], 0.0, 1.0, NELSON, new=new)

    assert found.tolist() == rules.evaluate(x, 0.0, 1.0, NELSON)[:, -new:].tolist()


def test_tick_takes_limits_per_point():
    rng = np.random.default_rng(4)
    x, center, sigma = rng.normal(size=(50, 20)), rng.normal(size=(50, 20)), rng.random((50, 20))

    found = tick.evaluate(x, center, sigma, NELSON, new=2)

    assert found.tolist() == rules.evaluate(x, center, sigma, NELSON)[:, -2:].tolist()


def test_each_chart_hears_only_of_its_own_rules():
    window = np.full((3, 15), 4.0)

    found = tick.evaluate(window, 0.0, 1.0, NELSON, enabled=[0b11111111, 0b00000010, 0])

    assert found[:, 0].tolist() == [0b00110011, 0b00000010, 0]


def test_a_chart_with_its_first_reading_is_judged():
    window = np.full((1, 15), NAN)
    window[0, -1] = 3.5

    assert tick.evaluate(window, 0.0, 1.0, NELSON).tolist() == [[1]]


def test_a_bridged_gap_inside_the_window_is_seen():
    among = [Rule(kind="side", k=3, missing="bridge"), Rule(kind="side", k=3)]
    window = [[NAN, 1, 1, NAN, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, NAN]]

    assert tick.evaluate(window, 0.0, 1.0, among).tolist() == [[1], [3], [0]]


def test_no_charts_have_no_flags():
    assert tick.evaluate(np.empty((0, 15)), 0.0, 1.0, NELSON).shape == (0, 1)


@pytest.mark.parametrize(
    ("window", "new", "says"),
    [
        (np.zeros((2, 14)), 1, "1 new points need windows of 15, got 14"),
        (np.zeros((2, 15)), 2, "2 new points need windows of 16, got 15"),
        (np.zeros((2, 15)), 0, "0 new points"),
        (np.zeros(15), 1, "window must have the shape"),
    ],
)
def test_a_window_too_short_is_refused(window, new, says):
    with pytest.raises(ValueError, match=says):
        tick.evaluate(window, 0.0, 1.0, NELSON, new=new)
