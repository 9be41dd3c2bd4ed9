"""A large serial order is released in as many statements as a small one, and leaves what the plain way leaves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import release
from tests import factories as ground
from traceability.commands import lots

pytestmark = pytest.mark.django_db


def statements(number, pieces):
    with CaptureQueriesContext(connection) as seen:
        _took, left = release.released(number, pieces, lots.make_many)
    assert left == dict.fromkeys(left, pieces)
    return len(seen)


def test_a_large_serial_order_takes_no_more_statements_than_a_small_one():
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    statements("PO-0", 1)  # what is read once is read

    assert statements("PO-1", 400) == statements("PO-2", 40)


def test_it_leaves_what_the_plain_way_leaves():
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)

    _took, left = release.released("PO-1", 50, lots.make_many)
    _slow, plain = release.released("PO-2", 50, release.one_by_one)

    assert left == plain == dict.fromkeys(left, 50)
