"""Curves and finders against published numbers and a slow count."""

from math import comb, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.sampling import curves, finders
from tests import conformance

# A few of the published values, so that this proves something beside no conformance data: NIST 6.2.3.2, n=52 c=3.
NIST = {0.01: 0.998, 0.02: 0.980, 0.03: 0.930, 0.04: 0.845, 0.05: 0.739, 0.06: 0.620, 0.07: 0.502, 0.12: 0.115}


@pytest.mark.parametrize(("p", "chance"), NIST.items())
def test_the_curve_of_the_nist_handbook(p, chance):
    assert curves.acceptance(p, n=52, ac=3) == pytest.approx(chance, abs=1.1e-3)


@pytest.mark.parametrize("model", ["binomial", "poisson"])
def test_the_curves_of_ten_plans(model):
    case = conformance.load("spc/samp_oc_binomial_poisson")
    for (n, ac), row in zip(case["data"]["plans"], case["expected"][model], strict=True):
        ours = [curves.acceptance(p, n=n, ac=ac, model=model) for p in case["data"]["pd"]]
        assert ours == pytest.approx(row, rel=1e-9, abs=1e-30)


@given(lot=st.integers(2, 60), data=st.data())
def test_hypergeometric_is_a_count_of_samples(lot, data):
    n, bad = data.draw(st.integers(1, lot)), data.draw(st.integers(0, lot))
    ac = data.draw(st.integers(0, n))
    ways = sum(comb(bad, k) * comb(lot - bad, n - k) for k in range(min(ac, n) + 1))
    ours = curves.acceptance(bad / lot, n=n, ac=ac, model="hypergeometric", lot=lot)
    assert isclose(ours, ways / comb(lot, n), rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("wrong", [
    {"p": -0.1}, {"p": 1.1}, {"n": 0}, {"ac": -1}, {"model": "x"}, {"model": "hypergeometric"},
    {"model": "hypergeometric", "lot": 9},
])  # fmt: skip
def test_a_plan_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        curves.acceptance(**{"p": 0.1, "n": 10, "ac": 1, **wrong})


def test_the_ends_of_a_curve():
    assert [curves.acceptance(p, n=10, ac=1) for p in (0, 1)] == [1, 0]
    assert curves.acceptance(0.5, n=2, ac=2) == 1
    assert curves.acceptance(20, n=2, ac=44, model="poisson") > 0.7


@pytest.mark.parametrize(("model", "chance"), [("binomial", 0.1), ("poisson", 0.5), ("poisson", 0.001)])
def test_a_quality_is_where_its_chance_lies(model, chance):
    p = curves.quality_at(chance, n=80, ac=5, model=model)
    assert curves.acceptance(p, n=80, ac=5, model=model) == pytest.approx(chance)


def test_outgoing_quality_of_montgomery():
    worst, at = curves.worst_outgoing(n=89, ac=2, lot=10_000)  # Fig. 15.9 reads 0.0155 near 0.025
    assert (worst, at) == pytest.approx((0.0152, 0.0253), abs=1e-4)
    assert curves.outgoing(0.01, n=89, ac=2, lot=10_000) == pytest.approx(0.0093, abs=1e-4)
    assert curves.total_inspection(0.01, n=89, ac=2, lot=10_000) == pytest.approx(687, abs=1)
    assert curves.worst_outgoing(n=10, ac=0, lot=10) == (0, 0)


def test_the_smallest_plan_for_two_points_is_exact():
    found = finders.single(p1=0.01, p2=0.06)
    assert (found.n, found.ac) == (110, 3)
    assert found.producer_risk <= 0.05
    assert found.consumer_risk <= 0.10 < curves.acceptance(0.06, n=109, ac=3)


@settings(max_examples=30)
@given(st.floats(0.005, 0.05), st.floats(2.5, 8))
def test_no_smaller_acceptance_number_would_do(p1, times):
    found = finders.single(p1=p1, p2=p1 * times)
    assert found.producer_risk <= 0.05
    if found.ac:
        fewer = next(n for n in range(1, found.n + 1) if curves.acceptance(p1 * times, n=n, ac=found.ac - 1) <= 0.10)
        assert curves.acceptance(p1, n=fewer, ac=found.ac - 1) < 0.95


@pytest.mark.parametrize("wrong", [
    {"p1": 0.06, "p2": 0.01}, {"p1": 0}, {"p2": 1}, {"alpha": 0}, {"beta": 1}, {"alpha": 0.6, "beta": 0.5},
    {"p1": 0.01, "p2": 0.0101},
])  # fmt: skip
def test_points_that_no_plan_meets_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must lie|No sample"):
        finders.single(**{"p1": 0.01, "p2": 0.06, **wrong})


@pytest.mark.parametrize(("lot", "limit", "n"), [(1200, 0.0652, 34), (1200, 0.0478, 47), (10, 0.5, 3), (5, 0.01, 5)])
def test_a_plan_without_a_fault_protects_against_its_limit(lot, limit, n):
    assert finders.zero(lot=lot, limit=limit) == n
    if n > 1:
        worse = max(limit, 1 / lot)
        assert curves.acceptance(worse, n=n - 1, ac=0, model="hypergeometric", lot=lot) > 0.10


def test_percent_and_fixed_samples():
    assert [curves.percent_of(lot, 10) for lot in (1, 10, 11, 1000)] == [1, 1, 2, 100]
    assert [curves.percent_of(10, 1, least=5), curves.fixed(3, 5), curves.fixed(300, 5)] == [5, 3, 5]
