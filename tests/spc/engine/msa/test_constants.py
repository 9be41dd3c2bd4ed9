"""Factors of gauge studies against AIAG's printed tables."""

import pytest

from spc.engine.msa import constants
from tests import conformance

PRINTED_K3 = {2: 0.7071, 3: 0.5231, 4: 0.4467, 5: 0.4030, 6: 0.3742, 7: 0.3534, 8: 0.3375, 9: 0.3249, 10: 0.3146}


def test_factors_are_those_of_the_report_form():
    assert {n: constants.k3(n) for n in PRINTED_K3} == pytest.approx(PRINTED_K3, abs=5e-5)
    assert (constants.k1(2), constants.k1(3)) == pytest.approx((0.8862, 0.5908), abs=5e-5)


def test_d2_star_and_its_degrees_are_those_of_appendix_c():
    case = conformance.load("spc/aiag_k_constants")["expected"]

    assert [constants.d2_star(m, 1) for m in range(2, 11)] == pytest.approx(case["d2star_g1"], abs=5e-5)
    assert constants.d2_star(5, 20) == pytest.approx(case["d2star_m5_g20"], abs=5e-5)
    assert constants.d2_star(2, 5) == pytest.approx(case["d2star_m2_g5"], abs=5e-5)
    assert constants.degrees(5, 20) == pytest.approx(case["df_m5_g20"], abs=0.05)


def test_degrees_grow_without_bound_with_the_ranges():
    assert constants.degrees(2, 10**6) == pytest.approx(10**6 * constants.degrees(2, 10**5) / 10**5, rel=1e-4)


def test_no_range_has_no_d2_star():
    with pytest.raises(ValueError, match="at least one range"):
        constants.d2_star(3, 0)
