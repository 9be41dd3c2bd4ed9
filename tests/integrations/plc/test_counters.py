"""Counters: the sum of the steps is what the machine made, whatever the register does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.plc.counters import MODULUS, Delta, Step, delta


@pytest.mark.parametrize(
    ("previous", "current", "data_type", "seconds", "max_rate", "expected"),
    [
        (None, 500, "uint16", 1, 10, Delta(0, Step.FIRST)),
        (10, 10, "uint16", 1, 10, Delta(0, Step.FORWARD)),
        (10, 14, "uint16", 1, 10, Delta(4, Step.FORWARD)),
        (65535, 0, "uint16", 1, 10, Delta(1, Step.WRAP)),
        (65530, 3, "uint16", 1, None, Delta(9, Step.WRAP)),
        (2**32 - 1, 4, "uint32", 1, 10, Delta(5, Step.WRAP)),
        (2**64 - 1, 0, "uint64", 1, 10, Delta(1, Step.WRAP)),
        (40000, 0, "uint32", 1, 10, Delta(0, Step.RESET)),
        (40000, 3, "uint32", 1, 10, Delta(3, Step.RESET)),
        (40000, 3, "uint16", 1, 10, Delta(3, Step.RESET)),
        (40000, 39990, "uint32", 1, 10, Delta(0, Step.SUSPECT)),
        (10, 5000, "uint32", 1, 10, Delta(0, Step.SUSPECT)),
        (10, 5000, "uint32", 1000, 10, Delta(4990, Step.FORWARD)),
        (10, 5000, "uint32", -5, 10, Delta(0, Step.SUSPECT)),
        (65535, 2, "uint32", 1, 10, Delta(2, Step.RESET)),
    ],
)
def test_delta(previous, current, data_type, seconds, max_rate, expected):
    assert delta(previous, current, data_type=data_type, seconds=seconds, max_rate=max_rate) == expected


@given(
    st.sampled_from(["uint16", "uint32", "uint64"]), st.integers(0, 2**64), st.lists(st.integers(0, 50), max_size=50)
)
def test_delta_over_wraps_adds_up(data_type, start, steps):
    total, value = 0, start % MODULUS[data_type]
    for step in steps:
        following = (value + step) % MODULUS[data_type]
        total += delta(value, following, data_type=data_type, seconds=1, max_rate=50).count
        value = following

    assert total == sum(steps)


@given(
    st.sampled_from(sorted(MODULUS)), st.integers(0, 2**15), st.integers(0, 2**15), st.floats(0, 100), st.floats(0, 100)
)
def test_delta_is_never_negative_or_beyond_the_rate(data_type, previous, current, seconds, max_rate):
    found = delta(previous, current, data_type=data_type, seconds=seconds, max_rate=max_rate)

    assert 0 <= found.count <= max_rate * seconds + 1
