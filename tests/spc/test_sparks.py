"""A thumb-size control chart."""

from math import nan

from spc import sparks


def test_draw_puts_limits_and_points_into_the_box():
    found = sparks.draw([10.0, 20.0], (10.0, 20.0))

    assert (found.line, found.outside, found.has_band) == ("M0.0 36.1L100.0 3.9", "", True)


def test_draw_marks_what_is_outside_and_lifts_the_pen_at_a_hole():
    found = sparks.draw([1.0, nan, 9.0], (0.0, 5.0))

    assert (found.line.count("M"), found.outside.startswith("M100.0")) == (2, True)


def test_draw_needs_a_value():
    assert (sparks.draw([], None), sparks.draw([nan], (0.0, 1.0))) == (None, None)


def test_draw_of_equal_values_is_a_line_in_the_middle():
    assert sparks.draw([5.0, 5.0], None).line == "M0.0 20.0L100.0 20.0"
