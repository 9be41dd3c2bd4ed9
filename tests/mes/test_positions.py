"""Where parts of a serial sit: one after the other, the new one where the old one was."""

from datetime import timedelta
from decimal import Decimal

from mes.positions import Fitted, names, of_parts
from tests.factories import NOW

PLACES = ("R1", "R2", "R3", "R4")


def part(key, at, out=None, quantity=1, replaces=None):
    hours = timedelta(hours=1)
    return Fitted(key, Decimal(quantity), NOW + at * hours, None if out is None else NOW + out * hours, replaces)


def test_names_are_read_as_people_write_them():
    assert names(" R1,R2 ， R3,, ") == ("R1", "R2", "R3")


def test_parts_take_the_positions_in_turn():
    assert of_parts(PLACES, [part(1, 0, quantity=2), part(2, 1), part(3, 2, quantity=3)]) == {
        1: ("R1", "R2"), 2: ("R3",), 3: ("R4",),
    }


def test_a_new_part_sits_where_the_old_one_sat():
    parts = [part(1, 0, out=5), part(2, 1), part(3, 5, replaces=1)]
    assert of_parts(PLACES, parts) == {1: ("R1",), 2: ("R2",), 3: ("R1",)}


def test_what_came_out_leaves_its_position_to_the_next_but_not_to_the_one_before():
    parts = [part(1, 0, out=3), part(2, 1), part(3, 4)]
    assert of_parts(PLACES, parts) == {1: ("R1",), 2: ("R2",), 3: ("R1",)}


def test_half_a_piece_has_no_position():
    assert of_parts(PLACES, [part(1, 0, quantity="0.5"), part(2, 1)]) == {1: (), 2: ("R1",)}
