"""Run lengths against published ones, exact ones and one another."""

import numpy as np
import pytest

from spc.engine import arl, chains, oc
from spc.engine.rule import Rule
from spc.engine.rulesets import NELSON, RULE_SETS, WESTERN_ELECTRIC
from tests import conformance

C = {"1": WESTERN_ELECTRIC[0], "2": WESTERN_ELECTRIC[1], "3": WESTERN_ELECTRIC[2], "4": WESTERN_ELECTRIC[3]}
NAMED = {
    **{f"NEL{i + 1}": [rule] for i, rule in enumerate(NELSON)},
    "NEL3_k7 (7 points rising, GB/T 17989.2 / AIAG)": [Rule(kind="trend", k=7)],
    "NEL2_k7 (7 same side)": [Rule(kind="side", k=7)],
    "NEL2_k8 (8 same side)": [Rule(kind="side", k=8)],
    "NEL4_k15": [Rule(kind="alternate", k=15)],
    "NEL8_either_side": [Rule(kind="outside", k=8, zone=1, outside="either")],
    "Nelson 1-4": NELSON[:4],
    "Nelson 1-8 all": NELSON,
    "AIAG/GB set: 1 + 7 side + 7 trend": RULE_SETS["gb17989.2"],
    "GB/T 4091-2001 = Nelson 1-8": RULE_SETS["iso8258"],
    "Nelson 1,2,3,5,6 (common subset)": [NELSON[i] for i in (0, 1, 2, 4, 5)],
}


def test_published_run_lengths_of_western_electric():
    """Champ & Woodall (1987), table 1: 91.75 in control and 9.22 at a shift of one sigma; Shewhart's 370.4 and 43.9."""
    assert arl.of_rules(WESTERN_ELECTRIC).mean == pytest.approx(91.75, abs=5e-3)
    assert arl.of_rules(WESTERN_ELECTRIC, shift=1).mean == pytest.approx(9.22, abs=5e-3)
    assert arl.of_rules(WESTERN_ELECTRIC[:1]).mean == pytest.approx(370.4, abs=0.05)
    assert arl.of_rules(WESTERN_ELECTRIC[:1], shift=1).mean == pytest.approx(43.9, abs=0.05)


def test_a_run_on_one_side_has_a_closed_form():
    assert arl.of_rules([Rule(kind="side", k=9)]).mean == pytest.approx(2**9 - 1)


def test_champ_and_woodall():
    case = conformance.load("spc/arl_western_electric_champ_woodall")
    for name, published in case["expected"]["arl0"].items():
        found = arl.of_rules([C[digit] for digit in name[1:]])
        assert found.mean == pytest.approx(published, rel=case["tolerance"]["rel"]), name


@pytest.mark.parametrize("name", NAMED)
def test_every_rule_and_set_waits_as_long_as_the_reference(name):
    expected = conformance.load("spc/arl_nelson_rules_mc")["expected"][name]

    found = arl.of_rules(NAMED[name])

    assert abs(found.mean - expected["arl0"]) < 4 * np.hypot(found.error, expected["se"])


@pytest.mark.parametrize("shift", [0.0, 1.5])
@pytest.mark.parametrize(
    "among",
    [
        [Rule(kind="zone", k=3, m=7, zone=2, zone_high=3, outside="either"), NELSON[0]],
        [Rule(kind="zone", k=2, m=3, zone=1.5, window="full"), Rule(kind="inside", k=5, zone=1)],
        [Rule(kind="outside", k=4, zone=1), Rule(kind="outside", k=6, zone=0.5, outside="either")],
    ],
)
def test_chain_and_simulation_agree(among, shift):
    exact, found = arl.of_rules(among, shift=shift), arl.simulated(among, shift=shift, runs=4000)

    assert exact.error == 0
    assert abs(found.mean - exact.mean) < 4 * found.error


def test_what_the_tables_say_of_sets_is_what_simulation_says():
    for name, told in arl.PRESETS.items():
        found = arl.simulated(RULE_SETS[name], runs=1500, seed=3)
        assert abs(found.mean - told.mean) < 4 * np.hypot(found.error, told.error), name
        assert arl.of_rules(RULE_SETS[name]) == told


def test_runs_that_do_not_end_count_as_seen(monkeypatch):
    monkeypatch.setattr(arl, "MOST_POINTS", 50_000)

    found = arl.simulated([Rule(kind="trend", k=6)], runs=500)

    assert found.error > 0
    assert abs(found.mean - 420.7) < 4 * found.error


def test_false_alarms_follow_the_rate_of_points():
    assert arl.RunLength(100.0, 0.0).false_alarms_per_week(60) == pytest.approx(60 * 168 / 100)
    with pytest.raises(ValueError, match="Without a rule there is no alarm"):
        arl.of_rules([])


def test_values_themselves_have_no_chain():
    assert chains.of_rules(NELSON[2:3]) is None
    assert chains.of_rules([Rule(kind="zone", k=8, m=20, zone=0), Rule(kind="inside", k=40, zone=1)]) is None


@pytest.mark.parametrize(("name", "h", "start"), [("h4", 4, 0), ("h4_fir", 4, 2), ("h5", 5, 0)])
def test_cusum_of_lucas_and_crosier(name, h, start):
    case = conformance.load("spc/arl_cusum_lucas_crosier")

    found = [oc.cusum_run_length(0.5, h, shift, head_start=start) for shift in case["data"]["shift"]]

    assert found == pytest.approx(case["expected"][name], rel=case["tolerance"]["rel"])


def test_published_run_lengths_of_charts_that_remember():
    """Lucas & Crosier (1982), h = 4: 168, 8.38, with head start 149, 5.29; Lucas & Saccucci (1990): about 500, 10.3."""
    assert [round(oc.cusum_run_length(0.5, 4, shift), 2) for shift in (0, 1)] == [167.68, 8.38]
    assert [round(oc.cusum_run_length(0.5, 4, shift, head_start=2), 2) for shift in (0, 1)] == [148.70, 5.29]
    assert oc.cusum_run_length(0.5, 4, sides=1) == pytest.approx(2 * 167.6838, rel=1e-5)
    assert oc.ewma_run_length(0.1, 2.814) == pytest.approx(500, abs=1)
    assert oc.ewma_run_length(0.1, 2.814, 1.0) == pytest.approx(10.3, abs=0.05)


def test_operating_characteristic_of_means():
    case = conformance.load("spc/oc_xbar_pistonrings")
    shift, n = np.array(case["data"]["shift"]), np.array(case["data"]["n"])

    found = oc.xbar(shift[:, None], n)

    assert found == pytest.approx(np.array(case["expected"]["beta"]), rel=1e-7, abs=1e-7)


def test_operating_characteristic_of_counts():
    """Montgomery, OC of the p chart with n = 50, limits 0.0303 and 0.3697: beta 0.2642 at 0.02 and 0.0325 at 0.5."""
    assert oc.p([0.02, 0.5], 50, 0.0303, 0.3697) == pytest.approx([0.2642, 0.0325], abs=5e-5)
    assert oc.p([0.0, 0.2], 50, 0.0, 0.3697)[0] == 1.0
    assert oc.c(20.0, 6.48, 33.22) == pytest.approx(oc.c([20.0], 7, 33)[0])
