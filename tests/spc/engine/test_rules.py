"""Run rules against the slow oracle, and on series small enough to count by hand."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spc.engine import rules
from spc.engine.predicates import BLOCK
from spc.engine.rules import Rule
from tests.spc.engine import oracle
from tests.spc.engine.strategies import ANY_RULE, LEVELS

NAN = float("nan")


@settings(max_examples=400, deadline=None)
@given(st.lists(LEVELS, max_size=150), st.lists(ANY_RULE, min_size=1, max_size=6))
def test_evaluate_agrees_with_the_oracle(values, among):
    found = rules.evaluate(values, 0.0, 1.0, among)

    assert found.tolist() == oracle.flags(values, [0.0] * len(values), [1.0] * len(values), among)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 5), st.integers(1, 140), st.integers(0, 2**32 - 1), st.lists(ANY_RULE, min_size=1, max_size=6))
def test_evaluate_judges_each_stream_by_its_own_limits(streams, n, seed, among):
    rng = np.random.default_rng(seed)
    x = np.where(rng.random((streams, n)) < 0.1, NAN, rng.integers(-6, 7, (streams, n)) / 2)
    center, sigma = rng.integers(-1, 2, x.shape) / 2, rng.choice([0.5, 1.0, NAN], x.shape)

    found = rules.evaluate(x, center, sigma, among)

    rows = zip(x.tolist(), center.tolist(), sigma.tolist(), strict=True)
    assert found.tolist() == [oracle.flags(*row, among) for row in rows]


@given(st.integers(1, 6), st.integers(1, 200), st.integers(0, 2**32 - 1))
def test_evaluate_takes_one_limit_per_stream(streams, n, seed):
    rng = np.random.default_rng(seed)
    x, center, sigma = rng.normal(size=(streams, n)), rng.normal(size=streams), rng.random(streams)

    together = rules.evaluate(x, center, sigma, rules.NELSON)

    alone = [rules.evaluate(x[i], center[i], sigma[i], rules.NELSON).tolist() for i in range(streams)]
    assert together.tolist() == alone


@pytest.mark.parametrize("n", [BLOCK, BLOCK + 1, 2 * BLOCK + 64])
def test_evaluate_sees_patterns_across_blocks(n):
    x = np.random.default_rng(n).normal(size=n)

    found = rules.evaluate(x, 0.0, 1.0, rules.NELSON)

    edges = [slice(max(0, e - 200), min(n, e + 200)) for e in (BLOCK, 2 * BLOCK, n) if e <= n]
    for edge in edges:
        again = rules.evaluate(x[edge], 0.0, 1.0, rules.NELSON)
        assert found[edge][20:].tolist() == again[20:].tolist()


def points(values, *among, center=0.0, sigma=1.0):
    """Points, counted from 1, at which any of the rules fires."""
    return (np.flatnonzero(rules.evaluate(values, center, sigma, among)) + 1).tolist()


def test_seven_rising_are_seven_points_not_seven_steps():
    rising = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]

    assert points(rising, Rule(kind="trend", k=7)) == [7, 8]
    assert points(rising, Rule(kind="trend", k=7, count="moves")) == [8]


def test_a_tie_ends_a_trend_unless_it_may_continue():
    values = [1, 2, 2, 3, 4]

    assert points(values, Rule(kind="trend", k=4)) == []
    assert points(values, Rule(kind="trend", k=4, ties="continue")) == [4, 5]


def test_a_point_on_the_limit_is_in_control():
    assert points([28, 4, 28.001], Rule(kind="beyond", zone=3), center=16, sigma=4) == [3]


def test_a_point_on_the_centre_ends_a_run():
    assert points([1, 1, 0, 1, 1, 1], Rule(kind="side", k=3)) == [6]


def test_a_point_on_one_sigma_hugs_unless_strict():
    rule = Rule(kind="inside", k=2, zone=1)

    assert points([1, 0, 0], rule) == [2, 3]
    assert points([1, 0, 0], replace(rule, inside="strict")) == [3]


def test_mixture_wants_both_sides_unless_either():
    rule = Rule(kind="outside", k=3, zone=1)

    assert points([2, 2, 2, -2], rule) == [4]
    assert points([2, 2, 2, -2], replace(rule, outside="either")) == [3, 4]


def test_the_last_point_of_two_in_three_must_be_beyond():
    rule = Rule(kind="zone", k=2, m=3, zone=2)

    assert points([2.5, 2.5, 0, 2.5, -2.5, 2.5], rule) == [2, 4, 6]
    assert points([2.5, 2.5, 0, 2.5, -2.5, 2.5], replace(rule, window="full")) == [4, 6]


def test_ten_of_eleven_on_one_side_is_a_zone_rule_at_zero():
    rule = Rule(kind="zone", k=10, m=11, zone=0)

    assert points([1] * 5 + [-1] + [1] * 5, rule) == [11]


def test_a_missing_reading_breaks_or_is_bridged():
    values = [1, 1, NAN, 1, 1]

    assert points(values, Rule(kind="side", k=3)) == []
    assert points(values, Rule(kind="side", k=3, missing="bridge")) == [4, 5]


def test_nan_and_missing_limits_are_never_flagged():
    every = [*rules.NELSON, Rule(kind="inside", k=1, zone=1), Rule(kind="outside", k=1, zone=1, outside="either")]

    assert points([NAN] * 20, *every) == []
    assert points([5.0, 5.0, 5.0], *every, sigma=NAN) == []
    assert points([5.0, 5.0, 5.0], *every, center=NAN) == []


def test_every_rule_at_a_point_is_kept():
    assert rules.evaluate([4.0] * 9, 0.0, 1.0, rules.NELSON)[-1] == 0b00110011


def test_an_empty_series_has_no_flags():
    assert rules.evaluate([], 0, 1, rules.NELSON).tolist() == []
    assert rules.evaluate(np.empty((3, 0)), 0, 1, rules.NELSON).shape == (3, 0)


@pytest.mark.parametrize(
    ("values", "center", "sigma", "says"),
    [
        ([1.0, 2.0], [0.0, 0.0, 0.0], 1.0, "center has the shape"),
        (np.zeros((2, 3)), 0.0, np.ones(3), "sigma has the shape"),
        ([1.0], 0.0, -1.0, "must not be negative"),
        ([1.0], np.inf, 1.0, "center must be finite"),
        (np.zeros((1, 1, 1)), 0.0, 1.0, "values must have the shape"),
    ],
)
def test_evaluate_refuses_what_does_not_fit(values, center, sigma, says):
    with pytest.raises(ValueError, match=says):
        rules.evaluate(values, center, sigma, rules.NELSON)


def test_evaluate_refuses_more_rules_than_bits():
    with pytest.raises(ValueError, match="At most 32 rules"):
        rules.evaluate([1.0], 0.0, 1.0, [Rule(kind="beyond", zone=3)] * 33)


@given(ANY_RULE)
def test_a_rule_survives_json(rule):
    assert Rule.from_dict(json.loads(json.dumps(rule.to_dict()))) == rule
