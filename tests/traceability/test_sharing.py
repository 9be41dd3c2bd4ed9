"""Time at a machine, shared out among the lots that stood in it together."""

import random
from datetime import timedelta

import pytest

from tests.factories import NOW
from traceability.sharing import shares


def at(second):
    return NOW + timedelta(seconds=second)


def test_a_full_oven_is_shared_equally_and_a_late_comer_pays_for_its_own_time():
    assert shares({1: (at(0), at(600)), 2: (at(0), at(600)), 3: (at(0), at(600))}) == {1: 200, 2: 200, 3: 200}
    assert shares({1: (at(0), at(100)), 2: (at(60), at(160))}) == {1: 80, 2: 80}


def test_shares_add_up_to_the_time_in_which_something_stood_there():
    draw = random.Random(5)
    for _round in range(50):
        starts = [draw.randrange(300) for _lot in range(draw.randrange(1, 9))]
        spans = {lot: (at(start), at(start + draw.randrange(1, 200))) for lot, start in enumerate(starts)}
        busy = sum(any(begin <= at(second) < end for begin, end in spans.values()) for second in range(600))
        assert sum(shares(spans).values()) == pytest.approx(busy)
