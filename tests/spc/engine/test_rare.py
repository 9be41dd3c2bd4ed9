"""Gaps between rare events."""

import numpy as np
import pytest

from spc.engine import rare
from spc.engine.limits import Basis


def test_g_by_hand():
    limits = rare.g([3, 5, 10, 2]).limits

    assert (limits.center, limits.sigma, limits.lcl) == pytest.approx((5, 30**0.5, 0))
    assert limits.ucl == pytest.approx(5 + 3 * 30**0.5)


def test_exact_limits_of_g_hold_their_tails():
    limits = rare.g([9, 9], basis=Basis(center=9.0), limits="exact").limits

    more_than_floor, more_than_ceiling = (0.9 ** (end + 1) for end in (np.floor(limits.ucl), np.ceil(limits.ucl)))
    assert more_than_ceiling <= 0.00135 < more_than_floor
    assert (limits.lcl, round(limits.center, 3)) == (0, 5.592)  # 6 + (0.5 - 0.46856) / 0.05314 - 1


def test_zeros_in_a_row_become_a_signal_where_chance_would_not_bring_them():
    assert rare.zeros_in_a_row([9, 9], basis=Basis(center=9.0)) == 3  # 0.1^3 < 0.00135 <= 0.1^2
    assert rare.zeros_in_a_row([0, 0]) >= 1


def test_t_by_the_power_of_nelson():
    times = np.array([2.0, 5.0, 3.0, 8.0])
    y = times ** (1 / 3.6)
    spread = np.abs(np.diff(y)).mean() / (2 / np.sqrt(np.pi))

    limits = rare.t(times).limits

    assert limits.center == pytest.approx(y.mean() ** 3.6)
    assert limits.ucl == pytest.approx((y.mean() + 3 * spread) ** 3.6)
    assert rare.transformed(times) == pytest.approx(y)


def test_weibull_is_fitted_by_maximum_likelihood():
    times = np.random.default_rng(4).weibull(1.7, 400) * 12

    limits = rare.t(times, limits="exact").limits

    shape, scale = rare.fitted(times, "weibull")
    logs, powers = np.log(times), times**shape
    assert (powers * logs).sum() / powers.sum() - 1 / shape - logs.mean() == pytest.approx(0, abs=1e-9)
    assert scale == pytest.approx((powers.mean()) ** (1 / shape))
    assert limits.center == pytest.approx(scale * np.log(2) ** (1 / shape))


def test_exponential_times_may_be_zero():
    limits = rare.t([0.0, 2.0, 4.0], limits="exact", distribution="exponential").limits

    assert limits.center == pytest.approx(2 * np.log(2))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: rare.g([1, -1]), "Gap 2 is below 0"),
        (lambda: rare.g([1]), "2 gaps between events, got 1"),
        (lambda: rare.t([1.0]), "2 times between events, got 1"),
        (lambda: rare.t([0.0, 1.0], limits="exact"), "knows no time of 0"),
        (lambda: rare.t([2.0, 1.0], limits="exact", distribution="gamma"), "weibull or exponential"),
    ],
)
def test_gaps_that_cannot_be_are_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
