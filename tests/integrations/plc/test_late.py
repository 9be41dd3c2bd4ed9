"""Which readings came late."""

import numpy as np

from integrations.plc.late import Late
from integrations.plc.tags import READING


def table(*rows):
    found = np.zeros(len(rows), READING)
    found["key"], found["at"] = [key for key, _at in rows], [at for _key, at in rows]
    return found


def test_what_is_older_than_the_newest_of_an_earlier_batch_is_late():
    late = Late()
    told = [late.found(table(*rows)) for rows in (
        [(1, 10), (2, 50), (1, 9)], [(1, 10), (2, 60)], [(1, 5), (1, 7), (2, 70)], [(1, 11), (3, 1)], [(3, 0)],
    )]
    assert told == [{}, {}, {1: 5}, {}, {3: 0}]
