"""Capability indices against reference software and by hand."""

import numpy as np
import pytest

from spc.engine import capability, charts
from tests import conformance


@pytest.mark.parametrize("name", ["cap_pistonrings_qcc", "cap_pistonrings_qcc_tight"])
def test_cp_and_cpk_agree_with_the_reference(name):
    case = conformance.load(f"spc/{name}")
    x, params, expected = np.array(case["data"]["phase1"]), case["params"], case["expected"]
    sigma = charts.xbar_r(x).location.sigma

    found = capability.indices(x, sigma_within=sigma, within="Rbar/d2", lsl=params["lsl"], usl=params["usl"])

    assert (found.cp, found.cpk) == pytest.approx((expected["Cp"], expected["Cp_k"]), rel=5e-4)


def test_indices_by_hand():
    found = capability.indices([9.0, 10.0, 11.0], sigma_within=0.5, within="MRbar2/d2", lsl=6.0, usl=13.0)

    assert (found.cp, found.cpl, found.cpu, found.cpk) == pytest.approx((7 / 3, 8 / 3, 2, 2))
    assert (found.pp, found.ppl, found.ppu, found.ppk) == pytest.approx((7 / 6, 4 / 3, 1, 1))
    assert (found.n, found.mean, found.sigma_overall, found.within) == (3, 10.0, 1.0, "MRbar2/d2")


def test_a_one_sided_tolerance_has_no_cp():
    found = capability.indices([9.0, float("nan"), 11.0], sigma_within=1.0, within="s/c4", usl=13.0)

    assert (found.cp, found.cpl, found.pp, found.ppl) == (None, None, None, None)
    assert (found.cpk, found.cpu, found.n) == (1.0, 1.0, 2)


@pytest.mark.parametrize(
    ("values", "sigma", "limits", "says"),
    [
        ([1.0], 1.0, {"usl": 2.0}, "at least 2 values"),
        ([1.0, 2.0], 1.0, {}, "needs a lower or an upper"),
        ([1.0, 2.0], 1.0, {"lsl": 2.0, "usl": 2.0}, "must be below the upper"),
        ([1.0, 2.0], 1.0, {"usl": float("inf")}, "must be finite"),
        ([1.0, 2.0], 0.0, {"usl": 3.0}, "show no spread"),
        ([1.0, 1.0], 1.0, {"usl": 3.0}, "show no spread"),
    ],
)
def test_a_capability_that_cannot_be_told_is_refused(values, sigma, limits, says):
    with pytest.raises(ValueError, match=says):
        capability.indices(values, sigma_within=sigma, within="s/c4", **limits)


def test_cpm_rests_on_either_sigma_and_on_the_target():
    x = [9.0, 10.0, 11.0, 12.0]

    middle = capability.indices(x, sigma_within=1.2, within="s/c4", lsl=4.0, usl=16.0, target=10.0)
    off = capability.indices(x, sigma_within=1.2, within="s/c4", lsl=4.0, usl=20.0, target=10.0)
    one_sided = capability.indices(x, sigma_within=1.2, within="s/c4", usl=16.0, target=10.0)

    assert middle.cpm == pytest.approx(12 / (6 * np.sqrt(6 / 4)))
    assert middle.cpm_within == pytest.approx(12 / (6 * np.hypot(1.2, 0.5)))
    assert (off.cpm, one_sided.cpm) == pytest.approx((middle.cpm, middle.cpm))


def test_a_target_outside_the_tolerance_is_refused():
    with pytest.raises(ValueError, match="target 17 must lie between"):
        capability.indices([9.0, 11.0], sigma_within=1.0, within="s", lsl=4.0, usl=16.0, target=17)
