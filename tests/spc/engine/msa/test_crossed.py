"""Gauge studies against AIAG, ISO 22514-7, R and sums by hand."""

import numpy as np
import pytest

from spc.engine.msa import cells, components, crossed
from tests import conformance


def table(x):
    """Cells of an array (parts, appraisers, trials)."""
    x = np.asarray(x, float)
    return cells.Cells(tuple(range(x.shape[0])), tuple("ABCDEF"[: x.shape[1]]), x)


def aiag():
    appraisers = conformance.load("spc/aiag_grr_average_range")["data"]["appraisers"]
    return table(np.array([appraisers[who] for who in "ABC"]).transpose(2, 0, 1))


def test_average_range_agrees_with_aiag():
    expected = conformance.load("spc/aiag_grr_average_range")["expected"]

    study = crossed.average_range(aiag())
    shares = components.shares(study.variances)

    c = shares.components
    order = ("repeatability", "appraiser", "grr", "part", "total")
    printed = [expected[name] for name in ("EV", "AV", "GRR", "PV", "TV")]
    assert [c[name].stdev for name in order] == pytest.approx(printed, abs=2e-4)
    percent = [expected[name] for name in ("pct_EV", "pct_AV", "pct_GRR", "pct_PV")]
    assert [c[name].percent_study for name in order[:4]] == pytest.approx(percent, abs=0.03)
    assert shares.ndc == expected["ndc"]
    assert study.details["ucl_r"] == pytest.approx(expected["ucl_r"], abs=2e-4)
    assert study.details["ranges_beyond"] == [{"part": 3, "appraiser": "B"}]


def test_anova_agrees_with_minitab_on_the_same_readings():
    conformance.load("spc/aiag_grr_average_range")

    study = crossed.anova(aiag())
    shares = components.shares(study.variances, tolerance=8.0)

    c = shares.components
    found = [c[name].variance for name in ("repeatability", "appraiser", "grr", "part")]
    assert found == pytest.approx([0.03997, 0.05146, 0.09143, 1.08645], abs=5e-6)
    assert (c["grr"].percent_study, c["grr"].percent_tolerance) == pytest.approx((27.86, 22.68), abs=0.005)
    assert (shares.ndc, study.details["interaction_pooled"]) == (4, True)
    assert study.details["interaction_p"] == pytest.approx(0.974, abs=5e-4)


def test_the_interaction_stays_where_alpha_says_so():
    conformance.load("spc/aiag_grr_average_range")

    study = crossed.anova(aiag(), alpha=0.98)

    assert not study.details["interaction_pooled"]
    assert study.variances["interaction"] < 0
    assert components.shares(study.variances).components["interaction"].variance == 0.0


def test_anova_agrees_with_r():
    case = conformance.load("spc/msa_grr_qualitytools")
    data, expected = case["data"], case["expected"]["varcomp"]

    study = crossed.anova(cells.crossed(data["part"], data["operator"], data["value"]))
    c = components.shares(study.variances).components

    names = ("grr", "repeatability", "reproducibility", "appraiser", "interaction", "part", "total")
    assert [c[name].variance for name in names] == pytest.approx(list(expected.values()), abs=1e-6)


def test_anova_agrees_with_iso_22514_7():
    case = conformance.load("spc/iso22514_7_reproducibility")
    expected = case["expected"]

    study = crossed.anova(table(np.array(case["data"]["operators"]).transpose(1, 0, 2)))

    rows = {row["source"]: row for row in study.details["anova_with_interaction"]}
    ss = [rows[name]["ss"] for name in ("part", "appraiser", "interaction", "repeatability")]
    assert ss == pytest.approx(list(expected["ss"].values()), abs=0.03)
    assert rows["interaction"]["f"] == pytest.approx(expected["F_interaction"], rel=5e-3)
    u = [np.sqrt(study.variances[name]) for name in ("appraiser", "repeatability")]
    assert u == pytest.approx([expected["u_av"], expected["u_evo"]], rel=5e-3)
    assert study.variances["part"] == pytest.approx(expected["var_part"], rel=5e-3)


def test_anova_by_hand_pooled_and_not():
    x = table([[[1.0, 3.0], [5.0, 7.0]], [[9.0, 11.0], [17.0, 19.0]]])

    pooled, whole = crossed.anova(x).variances, crossed.anova(x, alpha=0.5).variances

    assert pooled == pytest.approx({"repeatability": 3.2, "appraiser": 17.2, "interaction": 0.0, "part": 49.2})
    assert whole == pytest.approx({"repeatability": 2.0, "appraiser": 16.0, "interaction": 3.0, "part": 48.0})


def test_one_appraiser_has_no_reproducibility():
    study = crossed.anova(table([[[1.0, 2.0]], [[5.0, 6.0]], [[9.0, 10.0]]]))

    assert study.variances == pytest.approx({"repeatability": 0.5, "appraiser": 0.0, "part": 15.75})
    assert crossed.average_range(table([[[1.0, 2.0]], [[5.0, 6.0]]])).variances["appraiser"] == 0.0


def test_nested_by_hand():
    x = [[[1.0, 3.0], [11.0, 13.0]], [[5.0, 7.0], [19.0, 21.0]]]

    study = crossed.nested(table(x))

    assert study.variances == pytest.approx({"repeatability": 2.0, "appraiser": (288 - 40) / 4, "part": 19.0})
    assert [row["df"] for row in study.details["anova"]] == [1, 2, 4]


def test_anova_keeps_its_digits_on_a_large_offset():
    x = np.random.default_rng(2).normal(size=(5, 3, 2))

    near, far = crossed.anova(table(x)), crossed.anova(table(x + 2.0**30))

    assert far.variances == pytest.approx(near.variances, rel=1e-6)


def test_the_short_range_method_agrees_with_aiag():
    case = conformance.load("spc/aiag_range_method")
    expected = case["expected"]

    found = crossed.by_range(np.array([case["data"]["A"], case["data"]["B"]]).T, case["params"]["process_sd"])

    assert found["grr"] == pytest.approx(expected["grr"], abs=5e-5)
    assert found["pct_grr"] == pytest.approx(expected["pct_grr"], abs=0.1)
    assert found["d2_star"] == pytest.approx(expected["d2star"], abs=5e-5)


def test_distinct_categories_are_truncated_and_at_least_one():
    assert components.categories(5.9 / 1.41, 1.0) == 5
    assert components.categories(0.1, 1.0) == 1
    assert components.categories(1.0, 0.0) is None


def test_one_limit_counts_twice_the_distance_of_the_mean():
    assert components.room(8.0, tolerance=None, lsl=None, usl=10.0) == 4.0
    assert components.room(8.0, tolerance=None, lsl=1.0, usl=10.0) == 9.0
    assert components.room(8.0, tolerance=None, lsl=None, usl=None) is None
    with pytest.raises(ValueError, match="must be above zero"):
        components.room(8.0, tolerance=None, lsl=10.0, usl=1.0)


def test_readings_that_are_all_equal_are_refused():
    with pytest.raises(ValueError, match="All readings are equal"):
        components.shares(crossed.anova(table(np.ones((3, 2, 2)))).variances)
