"""A plan whose machine fails sooner than it is looked after gets a shorter interval proposed."""

from datetime import timedelta

import pytest

from mes import advice

HOUR = timedelta(hours=1)


def test_half_of_the_failures_are_met():
    assert advice.interval(200 * HOUR, 100 * HOUR, 3) / HOUR == pytest.approx(69.3, abs=0.05)


@pytest.mark.parametrize(("planned", "mtbf", "failures"), [(200, 100, 2), (100, 100, 9), (50, 100, 9), (200, None, 9)])
def test_nothing_is_proposed_without_cause(planned, mtbf, failures):
    assert advice.interval(planned * HOUR, None if mtbf is None else mtbf * HOUR, failures) is None
