"""Which readings lie outside their window, against a slow loop."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mes import golden

VALUES = st.lists(st.one_of(st.floats(0, 20), st.none()), min_size=1, max_size=30)
NONE = float("nan")


def run(values, low=5.0, high=15.0, ramp=4.0, step=9):
    times = np.arange(len(values), dtype=np.int64) * step * 1_000_000
    return golden.Run(times, np.array([NONE if v is None else v for v in values], np.float64), low, high, ramp)


def slow(one, index):
    value = one.values[index]
    if np.isnan(value):
        return golden.UNKNOWN
    if value < one.low or value > one.high:
        return golden.LOW if value < one.low else golden.HIGH
    near = [v for t, v in zip(one.times, one.values, strict=True)
            if one.times[index] - golden.MINUTE <= t <= one.times[index] and not np.isnan(v)]
    return golden.RAMP if any(abs(value - v) > one.ramp for v in near) else golden.WITHIN


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_sides_agree_with_a_slow_loop(many):
    runs = [run(values) for values in many]
    found = [codes.tolist() for codes in golden.sides(runs)]
    assert found == [[slow(one, index) for index in range(len(one.values))] for one in runs]


def test_sides_without_bounds_are_within():
    [codes] = golden.sides([run([1.0, None, 99.0], NONE, NONE, NONE)])
    assert codes.tolist() == [golden.WITHIN, golden.UNKNOWN, golden.WITHIN]


def test_covered_names_the_span_of_each_time():
    times = np.array([0, 5, 6, 9, 20], np.int64)
    assert golden.covered(times, [(0, 5), (9, 9)]).tolist() == [0, 0, -1, 1, -1]
