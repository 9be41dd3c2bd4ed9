"""The grade of a stream at its bounds."""

import pytest

from spc.engine import grade


@pytest.mark.parametrize(
    ("cpk", "flagged", "told"),
    [(1.67, 0, "A1"), (1.66, 1, "B1"), (1.33, 2, "B2"), (1.32, 5, "C2"), (0.2, 6, "C3")],
)
def test_grade_at_its_bounds(cpk, flagged, told):
    assert grade.of(cpk, flagged, 100) == told


def test_a_plant_may_set_its_own_bounds():
    assert grade.of(1.5, 3, 100, grade.Bounds(a=1.5, b=1.0, first=0.03)) == "A1"


def test_senseless_bounds_and_no_points_are_refused():
    with pytest.raises(ValueError, match="must fall from A to B"):
        grade.Bounds(a=1.0, b=1.33)
    with pytest.raises(ValueError, match="at least one point"):
        grade.of(1.0, 0, 0)
