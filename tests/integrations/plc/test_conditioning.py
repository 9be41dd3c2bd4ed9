"""Conditioning beside scipy: the same numbers whatever the batches, and nothing smeared from what is not believed."""

import numpy as np
import pytest
from scipy import ndimage, signal

from integrations.plc.conditioning import Conditioner
from integrations.plc.filters import MOST, Filter
from integrations.plc.tags import READING, Quality, sequence

SECOND = 1_000_000


def table(values, key=1, quality=None, period=SECOND, start=1_700_000_000_000_000):
    """Readings of one stream; NaN is BAD unless told otherwise."""
    rows = np.empty(len(values), READING)
    rows["key"], rows["at"] = key, start + np.arange(len(values)) * period
    rows["seq"] = sequence(7, 0) + np.arange(1, len(values) + 1)
    rows["value"] = values
    rows["quality"] = np.where(np.isnan(values), Quality.BAD, Quality.GOOD) if quality is None else quality
    return rows


def run(rows, *filters, cuts=()):
    """What comes out when the readings come in batches cut at some places."""
    conditioner, found = Conditioner(filters), []
    for part in np.split(rows, cuts):
        out, conditioner.memory = conditioner.run(part)
        found.append(out)
    return np.concatenate(found)


@pytest.fixture(name="noise")
def noisy():
    rng = np.random.default_rng(4)
    values = 20 + rng.normal(0, 1, 400).cumsum() * 0.1 + rng.normal(0, 0.3, 400)
    values[[50, 51, 200, 333]] += [9, -9, 12, -15]
    return values


@pytest.mark.parametrize("window", [3, 5, 11, MOST])
def test_median_is_that_of_scipy(noise, window):
    out = run(table(noise), Filter(1, 2, median_window=window), cuts=[1, 2, 7, 100, 101])

    expected = ndimage.median_filter(noise, size=window, origin=window // 2, mode="nearest")
    assert np.array_equal(out["value"][window - 1 :], expected[window - 1 :])
    assert out["value"][:2].tolist() == [noise[0], (noise[0] + noise[1]) / 2]


@pytest.mark.parametrize("seconds", [0.5, 3.0, 60.0])
def test_average_is_that_of_scipy(noise, seconds):
    out = run(table(noise), Filter(1, 2, seconds=seconds), cuts=[1, 30, 31, 250])

    share = 1 - np.exp(-1 / seconds)
    expected, _ = signal.lfilter([share], [1, share - 1], noise, zi=[(1 - share) * noise[0]])
    np.testing.assert_allclose(out["value"], expected, rtol=0, atol=1e-12)


def test_average_fades_with_the_time_that_went_by():
    rows = table(np.array([0.0, 1.0, 1.0]))
    rows["at"][1:] += [0, 9 * SECOND]
    out = run(rows, Filter(1, 2, seconds=10.0))

    first = 1 - np.exp(-0.1)
    assert out["value"].tolist() == pytest.approx([0, first, 1 - (1 - first) * np.exp(-1.0)])


def by_hand(values, window, factor, least=0.0):
    """Hampel's identifier, reading by reading."""
    found = []
    for end in range(1, len(values) + 1):
        part = values[max(0, end - window) : end]
        middle = np.median(part)
        spread = 1.4826 * np.median(np.abs(part - middle))
        found.append(len(part) >= 3 and abs(values[end - 1] - middle) > max(factor * spread, least))
    return found


@pytest.mark.parametrize(("window", "factor", "least"), [(7, 3.0, 0.0), (15, 4.0, 0.0), (9, 3.0, 8.0)])
def test_spikes_are_those_found_reading_by_reading(noise, window, factor, least):
    out = run(table(noise), Filter(1, 2, spike_window=window, spike_factor=factor, spike_least=least), cuts=[5, 52, 53])

    expected = by_hand(noise, window, factor, least)
    assert (out["quality"] == Quality.UNCERTAIN).tolist() == expected
    assert np.array_equal(out["value"], noise)
    assert (expected[200], expected[333]) == (True, True)


def test_a_spike_left_out_makes_a_hole_and_enters_no_average(noise):
    rows = table(np.r_[np.full(20, 5.0), 50.0, np.full(5, 5.0)])
    out = run(rows, Filter(1, 2, spike_window=5, leave_out=True, median_window=3, seconds=4.0))

    assert set(out["value"].tolist()) == {5.0}
    assert (out["seq"] - sequence(7, 0)).tolist() == [*range(1, 21), *range(22, 27)]


def test_what_is_not_believed_is_passed_on_and_smears_into_nothing(noise):
    holes = noise.copy()
    holes[10:200:17] = np.nan
    filters = Filter(1, 2, spike_window=9, median_window=5, seconds=3.0)
    out = run(table(holes), filters, cuts=[11, 28])
    believed = table(holes)[~np.isnan(holes)]

    assert np.isnan(out["value"]).tolist() == np.isnan(holes).tolist()
    assert (out["quality"][np.isnan(holes)] == Quality.BAD).all()
    assert np.array_equal(out["value"][~np.isnan(holes)], run(believed, filters)["value"])


def test_nothing_is_told_within_the_dead_band_until_a_minute_is_over():
    out = run(table(np.r_[10.0, 10.4, 9.6, 10.6, 10.2, np.full(70, 10.5)]), Filter(1, 2, deadband=0.5), cuts=[2, 3])

    assert out["value"].tolist() == [10.0, 10.6, 10.5]
    assert (out["at"] - out["at"][0]).tolist() == [0, 3 * SECOND, 63 * SECOND]
    assert (out["seq"] - sequence(7, 0)).tolist() == [1, 2, 3]


def test_a_dead_band_in_percent_is_of_what_was_told_last():
    out = run(table(np.array([100.0, 104.0, 106.0, 101.0, 100.6])), Filter(1, 2, deadband=5.0, is_percent=True))
    assert out["value"].tolist() == [100.0, 106.0, 100.6]


def test_a_lost_value_is_told_within_the_dead_band_too():
    out = run(table(np.array([1.0, np.nan, np.nan, 1.0])), Filter(1, 2, deadband=5.0))
    assert out["quality"].tolist() == [Quality.GOOD, Quality.BAD, Quality.GOOD]


def test_many_streams_at_once_are_what_each_is_alone(noise):
    kinds = [
        Filter(1, 11, spike_window=7, median_window=3, seconds=2.0, deadband=0.2),
        Filter(2, 12, median_window=9, leave_out=True, spike_window=5),
        Filter(3, 13, seconds=20.0),
    ]
    rows = [table(noise * key, key)[: 400 - 40 * key] for key in (1, 2, 3)]
    among = np.concatenate(rows)[np.random.default_rng(1).permutation(sum(map(len, rows)))]
    out = run(among[np.argsort(among["at"], kind="stable")], *kinds, cuts=[10, 11, 500])
    for one, alone in zip(kinds, rows, strict=True):
        assert np.array_equal(out[out["key"] == one.out], run(alone, one))


def test_readings_that_were_conditioned_before_are_passed(noise):
    rows, conditioner = table(noise), Conditioner([Filter(1, 2, seconds=5.0)])
    first, conditioner.memory = conditioner.run(rows[:60])
    again, conditioner.memory = conditioner.run(rows[40:])

    assert np.array_equal(np.concatenate([first, again]), run(rows, Filter(1, 2, seconds=5.0)))
