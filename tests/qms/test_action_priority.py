"""Action Priority: every combination has one, and the printed cells are as printed."""

import itertools

import pytest

from qms import action_priority
from qms.action_priority import CELLS, RATINGS

ALL = list(itertools.product(RATINGS, repeat=3))


def test_every_combination_has_exactly_one_cell():
    for severity, occurrence, detection in ALL:
        fits = [c for c in CELLS if severity in c.severity and occurrence in c.occurrence and detection in c.detection]
        assert len(fits) == 1, (severity, occurrence, detection)


# AIAG & VDA FMEA Handbook, 1st edition 2019, table AP: (S, O, D) at the corners of cells, and what is printed there.
@pytest.mark.parametrize(("ratings", "printed"), [
    ((10, 10, 10), "H"), ((9, 8, 1), "H"), ((9, 6, 1), "H"), ((10, 5, 2), "H"), ((9, 4, 1), "M"), ((10, 3, 7), "H"),
    ((9, 2, 5), "M"), ((9, 3, 6), "M"), ((10, 2, 4), "L"), ((9, 2, 1), "L"), ((10, 1, 10), "L"),
    ((8, 8, 1), "H"), ((7, 7, 2), "H"), ((8, 6, 1), "M"), ((7, 5, 7), "H"), ((8, 4, 6), "M"), ((7, 4, 1), "M"),
    ((8, 3, 10), "M"), ((7, 2, 5), "M"), ((8, 2, 4), "L"), ((7, 1, 10), "L"),
    ((6, 8, 7), "H"), ((4, 10, 5), "H"), ((5, 9, 4), "M"), ((6, 8, 1), "M"), ((4, 7, 2), "M"), ((5, 6, 1), "L"),
    ((6, 5, 7), "M"), ((4, 4, 6), "L"), ((6, 3, 10), "L"), ((5, 1, 10), "L"),
    ((3, 10, 7), "M"), ((2, 8, 5), "M"), ((3, 9, 4), "L"), ((2, 7, 10), "L"), ((3, 4, 10), "L"), ((1, 10, 10), "L"),
])
def test_printed_cells(ratings, printed):
    assert action_priority.of(*ratings) == printed


def test_more_of_anything_never_lowers_the_priority():
    order = {"L": 0, "M": 1, "H": 2}
    for one in ALL:
        for place in range(3):
            more = tuple(rating + (at == place) for at, rating in enumerate(one))
            if max(more) <= 10:
                assert order[action_priority.of(*more)] >= order[action_priority.of(*one)], (one, more)


def test_what_is_not_rated_has_none_and_what_is_no_rating_is_refused():
    assert (action_priority.of(8, None, 3), action_priority.rpn(8, None, 3), action_priority.rpn(8, 4, 3)) == (
        "", None, 96)
    with pytest.raises(ValueError, match="from 1 to 10"):
        action_priority.of(11, 1, 1)
