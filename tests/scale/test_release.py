"""A large serial order is released in seconds, and leaves what the plain way leaves."""

import pytest

from benchmarks import release
from tests import factories as ground
from traceability.commands import lots

pytestmark = pytest.mark.django_db


def test_a_thousand_serials_in_three_seconds():
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)

    took, left = release.released("PO-1", 1000, lots.make_many)
    _slow, plain = release.released("PO-2", 100, release.one_by_one)

    assert left == dict.fromkeys(left, 1000)
    assert plain == dict.fromkeys(left, 100)
    assert took <= release.MOST_SECONDS
