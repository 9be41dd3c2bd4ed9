"""Runs in packed words against runs counted one by one, across word borders and rows."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from spc.engine import bits


def pack(series):
    """Rows of yes and no as words."""
    padded = np.zeros((len(series), bits.width(series.shape[1]) * bits.WORD), bool)
    padded[:, : series.shape[1]] = series
    return np.packbits(padded, axis=1, bitorder="little").view(np.uint64)


def unpack(words, n):
    return np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")[:, :n].astype(bool).tolist()


@st.composite
def mostly_yes(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(1, 3)), draw(st.integers(1, 200))
    return rng.random(shape) < draw(st.sampled_from([0.5, 0.9, 0.98]))


@settings(deadline=None)
@given(mostly_yes(), st.integers(1, 64))
def test_run_finds_every_run(series, k):
    found = unpack(bits.run(pack(series), k), series.shape[1])

    assert found == [[i >= k - 1 and all(row[i - k + 1 : i + 1]) for i in range(len(row))] for row in series.tolist()]


@settings(deadline=None)
@given(mostly_yes(), st.integers(0, 63))
def test_shift_delays_and_keeps_rows_apart(series, k):
    found = unpack(bits.shift(pack(series), k), series.shape[1])

    assert found == [[i >= k and row[i - k] for i in range(len(row))] for row in series.tolist()]


@settings(deadline=None, max_examples=60)
@given(mostly_yes(), st.integers(1, 64), st.data())
def test_at_least_counts_k_of_m(series, m, data):
    k = data.draw(st.integers(1, m))

    found = unpack(bits.at_least(pack(series), k, m), series.shape[1])

    expected = [
        [row[i] and sum(row[max(0, i - m + 1) : i + 1]) >= k for i in range(len(row))] for row in series.tolist()
    ]
    assert found == expected


def test_scatter_keeps_what_other_rules_found():
    out = np.full((1, 64), 4, np.uint32)

    bits.scatter(np.array([[0b101]], np.uint64), 1, out)

    assert out[0, :4].tolist() == [6, 4, 6, 4]
