"""A draw that anybody can repeat, that nobody can steer, and in which each lot is as likely as any other."""

import hashlib
from collections import Counter

from mes import drawing_lots

NUMBERS = [f"B-{n:03d}" for n in range(20)]


def test_the_smallest_tickets_are_drawn_as_the_help_says():
    tickets = {hashlib.sha256(f"seed\n{number}".encode()).hexdigest(): number for number in NUMBERS}

    assert drawing_lots.draw("seed", NUMBERS, 3) == [tickets[key] for key in sorted(tickets)[:3]]


def test_neither_order_nor_repeats_change_a_draw():
    assert drawing_lots.draw("s", reversed(NUMBERS + NUMBERS), 4) == drawing_lots.draw("s", NUMBERS, 4)


def test_fewer_lots_than_asked_for_are_all_drawn():
    assert sorted(drawing_lots.draw("s", NUMBERS[:2], 5)) == NUMBERS[:2]


def test_each_lot_comes_as_often_as_any_other():
    """4,000 draws of 5 of 20: each 1,000 times, give or take five standard deviations (27.4 each)."""
    drawn = Counter(number for n in range(4000) for number in drawing_lots.draw(f"seed {n}", NUMBERS, 5))

    assert sorted(drawn) == NUMBERS
    assert max(abs(many - 1000) for many in drawn.values()) < 137


def test_the_fingerprint_is_of_all_numbers_in_order():
    assert drawing_lots.fingerprint(["B", "A"]) == hashlib.sha256(b"A\nB").hexdigest()
