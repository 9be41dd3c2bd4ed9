"""Readings of a study sorted into cells, and what is said where some are missing."""

import pytest

from spc.engine.msa import cells

PARTS, WHO = [1, 1, 1, 1, 2, 2, 2, 2], ["A", "A", "B", "B"] * 2


def test_trials_give_the_order_and_labels_keep_theirs():
    found = cells.crossed(PARTS, WHO, [1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 1, 2, 1, 2, 1, 2])

    assert (found.parts, found.appraisers) == ((1, 2), ("A", "B"))
    assert found.x.tolist() == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]


@pytest.mark.parametrize(
    ("parts", "values", "trials", "says"),
    [
        (PARTS, [1, 2, 3, float("nan"), 5, 6, 7, 8], (), "each part 2 times, but part 1 x appraiser B has 1. Measure"),
        ([1, 1, 1, 1, 2, 2, 2, 3], range(8), (), "part 2 x appraiser B has 1; part 3 x appraiser A has 0"),
        (PARTS, range(8), [1, 1] * 4, "Trial 1 of part 1 by appraiser A is told twice"),
        (PARTS, range(7), (), "must be equally many"),
        ([1, 2, 1, 2, 3, 4, 3, 4], [float("nan")] * 8, (), "at least 2 trials"),
    ],
)
def test_a_study_with_gaps_is_refused_by_name(parts, values, trials, says):
    with pytest.raises(ValueError, match=says):
        cells.crossed(parts, WHO, list(values), trials)


def test_parts_of_a_nested_study_belong_to_one_appraiser():
    found = cells.nested([1, 1, 2, 2, 3, 3, 4, 4], ["A"] * 4 + ["B"] * 4, range(8))

    assert found.x.tolist() == [[[0, 1], [4, 5]], [[2, 3], [6, 7]]]
    with pytest.raises(ValueError, match="found A 2, B 1"):
        cells.nested([1, 1, 2, 2, 3, 3], ["A"] * 4 + ["B"] * 2, range(6))
