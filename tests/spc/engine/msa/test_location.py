"""Bias, linearity and type 1 against AIAG and Minitab; the combined uncertainty against ISO 22514-7."""

import numpy as np
import pytest

from spc.engine.msa import location, system
from tests import conformance


def test_bias_agrees_with_aiag():
    case = conformance.load("spc/aiag_bias_independent")
    expected = case["expected"]

    found = location.bias(case["data"]["x"], case["params"]["reference"])

    answers = (found.mean, found.bias, found.stdev, found.se)
    printed = [expected[name] for name in ("mean", "bias", "sd", "se")]
    assert answers == pytest.approx(printed, abs=5.1e-5)
    assert (found.t, found.t_critical) == pytest.approx((expected["t"], expected["t_crit"]), abs=5e-3)
    assert found.interval == pytest.approx(expected["ci"], abs=5.1e-5)
    assert not found.is_significant


def test_linearity_agrees_with_aiag():
    case = conformance.load("spc/aiag_linearity")
    expected = case["expected"]

    found = location.linearity(np.repeat(case["data"]["reference"], 12), np.ravel(case["data"]["readings"]))

    names = {"slope": "slope", "intercept": "intercept", "s": "s", "se_slope": "se_slope", "mean_bias": "avg_bias"}
    assert [getattr(found, n) for n in names] == pytest.approx([expected[n] for n in names.values()], abs=5e-6)
    assert (found.t_slope, found.t_intercept) == pytest.approx((expected["t_slope"], expected["t_intercept"]), abs=5e-4)
    assert found.r_squared == pytest.approx(expected["r2"], abs=5e-4)
    assert found.p_slope == pytest.approx(expected["p_slope"], rel=1e-6)
    assert [p for _r, _b, p in found.bias_by_reference] == pytest.approx(expected["p_bias_by_part_minitab"], rel=1e-6)
    assert found.zero_line_inside_band is expected["zero_line_inside_band"]
    assert found.percent_linearity == pytest.approx(expected["linearity_pct_if_process_variation_1"], abs=5e-5)


@pytest.mark.parametrize(("name", "percent", "multiple"), [("pct20_k6", 20, 6), ("pct15_k4", 15, 4)])
def test_type_one_agrees_with_minitab(name, percent, multiple):
    case = conformance.load("spc/jasp_type1_gauge")
    expected, params = case["expected"], case["params"]

    found = location.type_one(
        case["data"]["x"], params["reference"], params["tolerance"], percent=percent, multiple=multiple
    )

    answers = (found.cg, found.cgk, found.percent_repeatability, found.percent_with_bias)
    assert answers == pytest.approx(tuple(expected[name].values()), abs=6e-3)
    assert (found.bias.t, found.bias.p) == pytest.approx((expected["t"], expected["p"]), abs=1e-9)
    assert found.bias.interval == pytest.approx(expected["ci"], abs=1e-9)


def test_a_zero_line_inside_the_band_is_told():
    rng = np.random.default_rng(1)
    references = np.repeat([2.0, 4.0, 6.0], 10)

    assert location.linearity(references, references + rng.normal(scale=0.1, size=30)).zero_line_inside_band


def test_iso_22514_7_combines_as_printed():
    expected = conformance.load("spc/iso22514_7_reproducibility")["expected"]

    found = system.of_combined(expected["u_ms"], expected["u_mp"], 9.0)

    assert (found.q_ms, found.q_mp) == pytest.approx((expected["q_ms"], expected["q_mp"]), abs=0.05)
    assert (found.c_ms, found.c_mp) == pytest.approx((expected["c_ms"], expected["c_mp"]), abs=0.005)
    assert found.is_capable


def test_of_resolution_and_repeatability_only_the_larger_counts():
    u = system.Uncertainty(calibration=0.03, resolution=0.1, bias=0.04, evr=0.01, evo=0.05, appraiser=0.02)

    found = system.judge(u, 2.0)

    assert found.u_re == pytest.approx(0.1 / np.sqrt(12))
    assert found.u_ms == pytest.approx(np.sqrt(0.03**2 + 0.1**2 / 12 + 0.04**2 / 3))
    assert found.u_mp == pytest.approx(np.sqrt(0.03**2 + 0.05**2 + 0.04**2 / 3 + 0.02**2))
    assert found.resolution_percent == pytest.approx(5.0)


@pytest.mark.parametrize(("q", "real"), [(10, 1.36), (20, 1.45), (30, 1.66), (40, 2.21)])
def test_an_observed_index_is_freed_as_table_10_prints(q, real):
    assert system.freed(1.33, q) == pytest.approx(real, abs=0.015)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: system.freed(3.0, 40), "alone allows no capability of 3.00"),
        (lambda: system.judge(system.Uncertainty(), 0.0), "tolerance must be above zero"),
        (lambda: location.bias([1.0], 1.0), "at least two readings"),
        (lambda: location.linearity([1, 1, 1], [1, 2, 3]), "at least two references"),
        (lambda: location.type_one([1.0, 1.0], 1.0, 1.0), "show no spread"),
        (lambda: location.type_one([1.0, 2.0], 1.0, 0.0), "tolerance must be above zero"),
    ],
)
def test_what_cannot_be_told_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
