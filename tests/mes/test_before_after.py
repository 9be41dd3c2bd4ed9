"""A change is judged by the pieces before and after it: better, worse, no difference, or too few to say."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mes.before_after import Verdict, judge, p_value

count = some.integers(0, 12)


def by_hand(before, after):
    """Every way to draw the pieces after the change from all pieces, counted."""
    pieces = [1] * (before[1] + after[1]) + [0] * (before[0] + after[0])
    drawn = sum(after)

    def ways(bad):
        return math.comb(sum(pieces), bad) * math.comb(len(pieces) - sum(pieces), drawn - bad)

    all_ways = {bad: ways(bad) for bad in range(drawn + 1)}
    return sum(n for n in all_ways.values() if n <= all_ways[after[1]]) / math.comb(len(pieces), drawn)


def test_the_lady_tasting_tea():
    # R. A. Fisher, The Design of Experiments, 1935: three of four cups right, one-sided 17/70, two-sided 34/70.
    assert p_value((3, 1), (1, 3)) == pytest.approx(34 / 70)


@given(count, count, count, count)
def test_it_is_what_counting_by_hand_says(a, b, c, d):
    assert p_value((a, b), (c, d)) == pytest.approx(by_hand((a, b), (c, d)))


@given(count, count, count, count)
def test_before_and_after_change_places_and_the_likelihood_stays(a, b, c, d):
    assert p_value((a, b), (c, d)) == pytest.approx(p_value((c, d), (a, b)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((900, 100), (990, 10), Verdict.BETTER), ((990, 10), (900, 100), Verdict.WORSE),
        ((95, 5), (97, 3), Verdict.ALIKE), ((100, 0), (100, 0), Verdict.ALIKE),
        ((29, 0), (500, 0), Verdict.TOO_FEW), ((500, 0), (0, 29), Verdict.TOO_FEW),
    ],
)
def test_the_verdict(before, after, told):
    assert judge(before, after) == told


def test_many_pieces_are_no_trouble():
    shares = [p_value((10**6 - n, n), (10**6 - 1000, 1000)) for n in (1000, 1100, 1300)]
    assert all(0 <= one <= 1 for one in shares)
    assert all(later < sooner for sooner, later in itertools.pairwise(shares))
