"""Compiled kernels against numpy: every rule, option, gap, tie and limit."""

import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spc.engine import acceleration, rules, tick
from spc.engine.rules import NELSON
from tests.spc.engine.strategies import ANY_RULE

SLOW_START = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
SETS = st.lists(ANY_RULE, min_size=1, max_size=6)


@pytest.fixture(autouse=True)
def compiled():
    pytest.importorskip("numba")
    assert acceleration.start()
    yield
    acceleration.stop()


def both(judge):
    """The answer compiled, and by numpy."""
    found = judge()
    acceleration.stop()
    plain = judge()
    acceleration.start()
    return found.tolist(), plain.tolist()


def a_series(seed, rows, n):
    rng = np.random.default_rng(seed)
    x = np.where(rng.random((rows, n)) < rng.choice([0, 0.1]), np.nan, rng.integers(-6, 7, (rows, n)) / 2)
    shape = [(), (rows,), (rows, n)][rng.integers(3)]
    return x, rng.integers(-1, 2, shape) / 2, rng.choice([0.5, 1.0, np.nan], shape)


@SLOW_START
@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.sampled_from([1, 63, 64, 65, 200, 8191, 8192, 8300]), SETS)
def test_whole_series_are_judged_alike(seed, rows, n, among):
    x, center, sigma = a_series(seed, rows, n)

    found, plain = both(lambda: rules.evaluate(x, center, sigma, among))

    assert found == plain


@SLOW_START
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(0, 5), SETS)
def test_the_newest_points_are_judged_alike(seed, new, more, among):
    x, center, sigma = a_series(seed, 5, tick.reach(among, new) + more)

    found, plain = both(lambda: tick.evaluate(x, center, sigma, among, new=new))

    assert found == plain


@pytest.mark.parametrize("n", [1, 4096, 4097, 100_000])
def test_long_series_are_judged_alike_across_blocks(n):
    x = np.random.default_rng(n).normal(size=n)

    found, plain = both(lambda: rules.evaluate(x, 0.0, 1.0, NELSON))

    assert found == plain


def test_without_numba_numpy_judges(monkeypatch):
    acceleration.stop()
    monkeypatch.setitem(sys.modules, "spc.engine.kernels", None)

    assert not acceleration.start()
    assert not acceleration.start()
    assert rules.evaluate([4.0], 0.0, 1.0, NELSON).tolist() == [1]
