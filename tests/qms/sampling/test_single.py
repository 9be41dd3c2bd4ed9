"""The plan of a lot, and what the count of faults says."""

from decimal import Decimal

import pytest

from qms.sampling import single
from qms.sampling.single import Verdict, find, judge
from tests import conformance


def test_the_spot_values_every_tester_knows():
    case = conformance.load("spc/aql_spot_table")
    plans = [find(lot=lot, level=level, aql=aql, severity=kind) for lot, level, aql, kind in case["data"]["q"]]
    assert [[p.code_letter, p.letter, p.n, p.ac, p.re] for p in plans] == case["expected"]["a"]


@pytest.mark.parametrize("aql", ["1", "1.0", "1.00", 1, 1.0, Decimal(1), " 1.0 "])
def test_an_aql_is_taken_however_it_is_written(aql):
    assert find(lot=1200, aql=aql).aql == "1.0"


@pytest.mark.parametrize("aql", ["", "x", "3", 0.11, None, "NaN", "1e400", "-1"])
def test_an_aql_that_the_tables_do_not_have_is_refused(aql):
    with pytest.raises(ValueError, match="no AQL"):
        find(lot=1200, aql=aql)


@pytest.mark.parametrize(("name", "known"), [("GB/T 2828.1", "iso2859-1"), ("Z1.4", "mil-std-105e")])
def test_a_standard_goes_by_several_names(name, known):
    assert find(standard=name, lot=1200, aql="1.0").standard == known


@pytest.mark.parametrize("wrong", [{"standard": "x"}, {"severity": "hard"}, {"counts": "bugs"}, {"level": "V"}])
def test_words_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="There is no"):
        find(lot=1200, aql="1.0", **wrong)


def test_a_small_lot_is_inspected_whole_by_the_same_numbers():
    plan = find(lot=10, aql="0.65")
    assert (plan.n, plan.sample, plan.inspect_all, plan.ac) == (20, 10, True, 0)
    assert not find(lot=1200, aql="0.65").inspect_all


def test_a_sample_as_large_as_the_lot_is_the_whole_lot():
    assert find(lot=13, aql="1.0").inspect_all
    assert not find(lot=14, aql="1.0").inspect_all


def test_above_ten_only_nonconformities_are_counted():
    assert find(lot=100, aql=10).counts == "nonconforming"
    assert find(lot=100, aql=15).counts == "nonconformities"
    with pytest.raises(ValueError, match="per 100 units"):
        find(lot=100, aql=15, counts="nonconforming")


@pytest.mark.parametrize(("found", "verdict"), [(0, "accept"), (2, "accept"), (3, "reject"), (80, "reject")])
def test_a_lot_is_judged_by_its_numbers(found, verdict):
    assert judge(find(lot=1200, aql="1.0"), found) == verdict


@pytest.mark.parametrize(("found", "verdict"), [(1, "accept"), (2, "accept-to-normal"), (3, "reject")])
def test_in_the_gap_of_105e_the_lot_is_accepted_and_inspection_returns_to_normal(found, verdict):
    plan = find(standard="mil-std-105e", lot=1200, aql="1.0", severity="reduced")
    assert judge(plan, found) == Verdict(verdict)


def test_faults_may_outnumber_the_sample_only_where_they_are_counted():
    assert judge(find(lot=8, aql=1000), 31) == "reject"
    for wrong in (-1, 81):
        with pytest.raises(ValueError, match="can't be found"):
            judge(find(lot=1200, aql="1.0"), wrong)


@pytest.mark.parametrize(("aql", "ac"), [("1.0", 1), ("2.5", 3), ("4.0", 5), ("0.010", None), ("0.15", None)])
def test_the_score_asks_one_aql_tighter_with_the_same_sample(aql, ac):
    assert single.tighter_ac(find(lot=1200, aql=aql)) == ac


def test_a_letter_that_an_arrow_led_to_is_the_one_that_is_tightened():
    plan = find(lot=2000, aql=25)
    assert (plan.code_letter, plan.letter, plan.ac) == ("K", "H", 21)
    assert single.tighter_ac(plan) == 14
