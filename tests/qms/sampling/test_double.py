"""Double plans of MIL-STD-105E, and skipped lots."""

import pytest

from qms.sampling import curves, double, single, skipping
from qms.sampling.skipping import Phase, Rule, State


def plan(severity="normal", aql="1.0", lot=1200):
    return double.find(single.find(standard="z1.4", lot=lot, aql=aql, severity=severity))


# MIL-STD-105E, Tables III-A, III-B, III-C.
@pytest.mark.parametrize(("severity", "aql", "n", "numbers"), [
    ("normal", "0.65", 50, (0, 2, 1, 2)), ("normal", "1.0", 50, (0, 3, 3, 4)), ("normal", "1.5", 50, (1, 4, 4, 5)),
    ("normal", "2.5", 50, (2, 5, 6, 7)), ("normal", "4.0", 50, (3, 7, 8, 9)), ("normal", "15", 50, (11, 16, 26, 27)),
    ("tightened", "1.0", 50, (0, 2, 1, 2)), ("tightened", "6.5", 50, (3, 7, 11, 12)),
    ("tightened", "15", 50, (9, 14, 23, 24)), ("reduced", "0.65", 20, (0, 2, 0, 2)),
    ("reduced", "1.0", 20, (0, 3, 0, 4)), ("reduced", "2.5", 20, (0, 4, 3, 6)), ("reduced", "15", 20, (5, 10, 12, 16)),
])  # fmt: skip
def test_row_j_of_the_double_tables(severity, aql, n, numbers):
    found = plan(severity, aql)
    assert (found.n, found.numbers) == (n, numbers)


def test_where_a_star_stands_the_single_plan_is_used():
    assert plan(aql="0.15") is None
    assert plan(lot=8, aql="25") is None
    assert plan("reduced", "15", lot=20) is None


def test_iso_has_no_double_plans_here():
    with pytest.raises(ValueError, match="MIL-STD-105E"):
        double.find(single.find(lot=1200, aql="1.0"))


@pytest.mark.parametrize("aql", ["0.65", "1.0", "1.5", "2.5", "4.0", "6.5", "10", "15"])
@pytest.mark.parametrize("severity", ["normal", "tightened"])
def test_a_double_plan_protects_as_its_single_plan_does(aql, severity):
    one, two = single.find(lot=1200, aql=aql, severity=severity), plan(severity, aql)
    for chance in (0.95, 0.5, 0.1):
        p = curves.quality_at(chance, n=one.n, ac=one.ac)
        assert double.acceptance(p, two) == pytest.approx(chance, abs=0.09)


def test_the_second_sample_is_taken_between_the_numbers():
    found = plan()
    assert [double.judge_first(found, d) for d in (0, 1, 2, 3)] == ["accept", None, None, "reject"]
    assert [double.judge_both(found, d) for d in (3, 4)] == ["accept", "reject"]
    assert double.judge_both(plan("reduced"), 2) == "accept-to-normal"


def test_good_lots_need_one_sample():
    assert double.average_sample(0, plan()) == 50
    assert 50 < double.average_sample(0.02, plan()) < 100


def climb(rule, accepted, state=None):
    for is_accepted in accepted:
        state = skipping.after_inspected(state or State(), rule, is_accepted=is_accepted)
    return state


def test_lots_are_skipped_after_the_clearance_and_further_up_the_ladder():
    rule = Rule(clearance=3, ladder=(2, 4))
    assert climb(rule, [True, True]).phase == Phase.EVERY_LOT
    assert climb(rule, [True] * 3) == State(Phase.SKIPPING)
    assert climb(rule, [True] * 6).step == 1
    assert climb(rule, [True] * 30).step == 1
    assert climb(rule, [True] * 6 + [False]) == State()


def test_a_lot_is_due_in_turn_or_by_a_draw():
    rule, state = Rule(ladder=(3,)), State(Phase.SKIPPING)
    twice = skipping.after_skipped(skipping.after_skipped(state))
    assert skipping.is_due(State(), rule)
    assert [skipping.is_due(state, rule), skipping.is_due(twice, rule)] == [False, True]
    assert [skipping.is_due(state, rule, draw=draw) for draw in (0.3, 0.34)] == [True, False]


def test_the_long_run_of_sksp_2():
    rule = Rule(clearance=4, ladder=(4,))
    assert skipping.acceptance(1, rule) == pytest.approx(1)
    assert skipping.inspected(1, rule) == pytest.approx(0.25)
    assert skipping.acceptance(0.5, rule) == pytest.approx((0.25 * 0.5 + 0.75 / 16) / (0.25 + 0.75 / 16))


@pytest.mark.parametrize("wrong", [{"clearance": 0}, {"ladder": ()}, {"ladder": (1,)}])
def test_a_rule_that_skips_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match="Skip-lot"):
        Rule(**wrong)
