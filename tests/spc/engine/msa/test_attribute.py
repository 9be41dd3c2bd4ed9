"""Attribute agreement against R, AIAG and counts by hand."""

from dataclasses import astuple

import numpy as np
import pytest

from spc.engine.msa import agreement, attribute
from tests import conformance


def test_fleiss_and_conger_agree_with_the_reference():
    case = conformance.load("spc/msa_kappa_fleiss1971")
    ratings, expected = case["data"]["ratings"], case["expected"]
    categories = [detail["category"] for detail in expected["detail"]]

    overall, each = agreement.fleiss(agreement.counted(ratings, categories))

    assert (overall.kappa, overall.z) == pytest.approx((expected["kappa"], expected["z"]), rel=5e-4)
    assert [k.kappa for k in each] == pytest.approx([d["kappa"] for d in expected["detail"]], abs=6e-4)
    assert [k.z for k in each] == pytest.approx([d["z"] for d in expected["detail"]], abs=6e-4)
    assert agreement.conger(ratings) == pytest.approx(expected["exact_conger"], rel=5e-4)


def test_cohen_by_hand_as_aiag_prints_it():
    """AIAG MSA 4th ed., Table III-C 3: A and B agree on 44 + 97 of 150 decisions, kappa .86."""
    a = ["0"] * 44 + ["0"] * 6 + ["1"] * 3 + ["1"] * 97
    b = ["0"] * 44 + ["1"] * 6 + ["0"] * 3 + ["1"] * 97

    found = agreement.cohen(a, b)

    chance = (50 * 47 + 100 * 103) / 150**2
    assert found.kappa == pytest.approx((141 / 150 - chance) / (1 - chance))
    assert found.kappa == pytest.approx(0.86, abs=0.005)


def test_one_category_only_has_no_kappa():
    assert astuple(agreement.cohen("aaa", "aaa")) == (None, None, None, None)
    assert agreement.fleiss([[3, 0], [3, 0]])[0].kappa is None
    assert agreement.conger([["a", "a"], ["a", "a"]]) is None


def test_an_appraiser_is_counted_by_parts_and_by_decisions():
    ratings = [["1", "1"], ["1", "0"], ["0", "0"], ["0", "1"], ["1", "1"]]
    standard = ["1", "1", "0", "0", "0"]

    found = attribute.versus(ratings, standard, "1", 0.95)

    assert (found.within.count, found.effectiveness.count, found.effectiveness.percent) == (3, 2, 40.0)
    assert (found.miss_rate, found.false_alarm_rate) == pytest.approx((100 * 3 / 6, 100 * 1 / 4))
    assert found.kappa_mean == pytest.approx(np.mean([agreement.cohen(c, standard).kappa for c in ("11001", "10011")]))


def test_between_counts_parts_that_all_judge_alike():
    ratings = {"A": [["1", "1"], ["0", "0"]], "B": [["1", "1"], ["0", "1"]]}

    assert attribute.between(ratings, ["0", "0"]) == {"alike": (1, 2), "right": (0, 2)}


def test_signal_detection_agrees_with_aiag():
    case = conformance.load("spc/aiag_signal_detection")
    x, expected = np.array(case["data"]["reference_value"]), case["expected"]
    accepted = np.repeat(((x > 0.446697) & (x < 0.566152))[:, None], 9, axis=1)
    accepted[(x < 0.470832) | (x > 0.542704), :4] = False

    found = attribute.grey_zone(x, accepted, lsl=0.45, usl=0.55)

    assert astuple(found)[:3] == pytest.approx((expected["d_lsl"], expected["d_usl"], expected["d"]), abs=1e-6)
    assert found.grr_percent == pytest.approx(expected["pct_grr"], abs=0.5)


@pytest.mark.parametrize(
    ("shares", "told"),
    [((90, 2, 5), "acceptable"), ((84, 5, 10), "marginal"), ((84, 6.3, 4.9), "unacceptable"),
     ((95, None, None), "acceptable")],
)
def test_the_verdict_is_that_of_aiag(shares, told):
    assert attribute.verdict(*shares) == told


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: attribute.grey_zone([1.0], [[False]]), "No part was accepted"),
        (lambda: attribute.grey_zone([1.0], [[True]]), "No part was rejected"),
        (lambda: agreement.fleiss([[1, 0]]), "two or more judges"),
        (lambda: agreement.cohen("a", "ab"), "same subjects"),
        (lambda: agreement.conger([["a"]]), "two or more judges"),
    ],
)
def test_what_cannot_be_told_is_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
