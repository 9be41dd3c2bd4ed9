"""Correlation, regression and analysis of variance against Anscombe, NIST's certified values, R and by hand."""

import numpy as np
import pytest
from scipy import stats

from spc.engine.statistics import anova, correlation, regression
from tests import conformance

SMALL = np.array([[[1.0, 3.0], [5.0, 7.0]], [[9.0, 11.0], [17.0, 19.0]]])


@pytest.mark.parametrize("i", range(4))
def test_anscombe_agrees_with_r(i):
    case = conformance.load("spc/corr_anscombe")
    x, y, expected = case["data"]["x"][i], case["data"]["y"][i], case["expected"]

    found = correlation.pearson(x, y)

    assert (found.coefficient, found.p) == pytest.approx((expected["pearson"][i], expected["p"][i]), rel=1e-9)
    assert found.interval == pytest.approx(expected["ci"][i], rel=1e-9)
    assert correlation.spearman(x, y).coefficient == pytest.approx(expected["spearman"][i], rel=1e-9)
    assert correlation.kendall(x, y).coefficient == pytest.approx(expected["kendall"][i], rel=1e-9)
    line = regression.least_squares(x, y).coefficients
    assert line == pytest.approx([expected["intercept"][i], expected["slope"][i]], rel=1e-9)


def test_autocorrelation_agrees_with_r():
    case = conformance.load("spc/corr_acf_lynx")

    found = correlation.autocorrelation(case["data"]["x"], case["params"]["lags"])

    assert found == pytest.approx(case["expected"]["acf"], rel=1e-9, abs=1e-9)


def test_p_of_tied_ranks_is_that_of_another_implementation():
    rng = np.random.default_rng(4)
    x, y = rng.integers(0, 6, 40), rng.integers(0, 6, 40)

    spearman, kendall = correlation.spearman(x, y), correlation.kendall(x, y)

    assert (spearman.coefficient, spearman.p) == pytest.approx(tuple(stats.spearmanr(x, y)))
    assert (kendall.coefficient, kendall.p) == pytest.approx(tuple(stats.kendalltau(x, y, method="asymptotic")))


def test_regression_is_what_nist_certified_for_norris():
    case = conformance.load("spc/strd_norris_regression")
    expected = case["expected"]

    found = regression.least_squares(case["data"]["x"], case["data"]["y"])

    assert found.coefficients == pytest.approx([expected["intercept"], expected["slope"]], rel=1e-9)
    assert found.errors == pytest.approx([expected["intercept_sd"], expected["slope_sd"]], rel=1e-9)
    answers = (found.residual_sd, found.r_squared, found.df)
    assert answers == pytest.approx((expected["resid_sd"], expected["r_squared"], expected["df"]), rel=1e-9)


def test_several_columns_find_the_plane_they_lie_on_even_nearly_collinear():
    rng = np.random.default_rng(5)
    a = rng.normal(size=60)
    x = np.column_stack([1e6 + a, 1e6 + a + 1e-4 * rng.normal(size=60), rng.normal(size=60)])
    y = 3 + 2 * (x[:, 0] - 1e6) - 1 * (x[:, 1] - 1e6) + 0.5 * x[:, 2]

    found = regression.least_squares(x, y)

    assert found.coefficients[1:] == pytest.approx([2, -1, 0.5], rel=1e-5)
    assert found.r_squared == pytest.approx(1.0)


def test_a_regression_by_hand():
    found = regression.least_squares([1.0, 2.0, 3.0], [1.0, 3.0, 2.0])

    assert found.coefficients == pytest.approx([1.0, 0.5])
    assert (found.f, found.r_squared, found.residual_sd) == pytest.approx((1 / 3, 0.25, np.sqrt(1.5)))


@pytest.mark.parametrize(
    ("offset", "replicates", "f", "rel"), [(1.0, 201, 201.0, 1e-9), (1e6, 21, 21.0, 1e-6), (1e12, 21, 21.0, 1e-3)]
)
def test_one_way_is_what_nist_certified_by_its_rule(offset, replicates, f, rel):
    """Simon and Lesage's data, SmLs02, SmLs04, SmLs07: the last is bounded by how numbers near 1e12 are stored."""
    part = np.array([0.2, *np.tile([0.1, 0.3], 100)])
    groups = [offset + level + part[:replicates] for level in [0.2, *[0.1, 0.3] * 4]]

    found = anova.one_way(groups)

    assert found.row("between").f == pytest.approx(f, rel=rel)
    assert (found.row("between").df, found.row("error").df) == (8, 9 * (replicates - 1))


@pytest.mark.parametrize("name", ["smls02", "smls04"])
def test_one_way_agrees_with_the_case(name):
    case = conformance.load(f"spc/strd_{name}_anova")
    expected, data = case["expected"], case["data"]
    b = np.array([0.2, *np.tile([0.1, 0.3], 100)])

    found = anova.one_way([data["offset"] + level + b[: data["replicates"]] for level in b[:9]])

    assert found.row("between").f == pytest.approx(expected["F"], rel=case["tolerance"]["F_rel"])
    assert found.row("between").ss == pytest.approx(expected["ss_between"], rel=1e-6)


def test_one_way_takes_groups_of_any_size():
    groups = [[1.0, 2.0, 4.0], [3.0, 5.0], [9.0, 8.0, 7.0, 7.5]]

    row = anova.one_way(groups).row("between")

    assert (row.f, row.p) == pytest.approx(tuple(stats.f_oneway(*groups)))


def test_two_way_by_hand_with_and_without_replicates():
    found, single = anova.two_way(SMALL), anova.two_way(SMALL[:, :, :1])

    assert [(row.source, row.df, row.ss) for row in found.rows[:4]] == [
        ("first", 1, 200.0), ("second", 1, 72.0), ("interaction", 1, 8.0), ("error", 4, 8.0),
    ]  # fmt: skip
    assert [row.f for row in found.rows[:3]] == [100.0, 36.0, 4.0]
    assert [row.source for row in single.rows] == ["first", "second", "error", "total"]
    assert found.r_squared == pytest.approx(280 / 288)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: correlation.pearson([1, 2], [1, 2]), "at least three pairs"),
        (lambda: correlation.pearson([1, 2, 3], [1, 1, 1]), "no spread"),
        (lambda: correlation.kendall([1, 2, 3], [1, 2]), "equally long"),
        (lambda: correlation.autocorrelation([1.0, 2.0], 5), "needs more readings"),
        (lambda: regression.least_squares([1, 2], [1, 2]), "more than 2 rows"),
        (lambda: regression.least_squares([1, 1, 1], [1, 2, 3]), "no spread"),
        (lambda: regression.least_squares(np.ones((5, 1)) * [1, 2] * [[1], [2], [3], [4], [5]], range(5)), "depend on"),
        (lambda: anova.one_way([[1.0], [2.0]]), "a group of two"),
        (lambda: anova.two_way([[[1.0]], [[2.0]]]), "two levels each"),
        (lambda: anova.two_way([[[1.0], [2.0]], [[2.0], [np.nan]]]), "Level 2 of the first with level 2"),
    ],
)
def test_what_cannot_be_told_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
