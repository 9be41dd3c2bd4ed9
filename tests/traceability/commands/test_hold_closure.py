"""Holding what reaches far: the statements it takes grow with the levels, not with the lots of a level."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import NOW
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold, Link, MaterialLot

DEEP = 4


def fan(root: MaterialLot, wide: int) -> None:
    """So many lots a level below a lot, each made from one of the level above."""
    lots = MaterialLot.objects.bulk_create(
        MaterialLot(number=f"{root.number}-{at}", material=root.material, site=root.site, created_at=NOW)
        for at in range(wide * DEEP)
    )
    parents = [root] * wide + lots[: wide * (DEEP - 1)]
    Link.objects.bulk_create(
        Link(parent=parent, child=child, quantity=1, at=NOW) for parent, child in zip(parents, lots, strict=True)
    )


@pytest.mark.django_db
def test_the_statements_of_a_closure_do_not_grow_with_its_width():
    by, counted = factories.person("QE", "QUALITY_ENGINEER"), []
    for number, wide in (("FIRST", 1), ("A", 2), ("B", 40)):  # the first fills what a process keeps
        root = factories.received(number)
        fan(root, wide)
        cause = Cause(CauseKind.NONCONFORMANCE, number)
        with CaptureQueriesContext(connection) as asked:
            holds.place(target=Target.lot(root), cause=cause, reason="Wrong alloy", by=by, at=NOW)
        assert Hold.objects.filter(cause_id=number).count() == wide * DEEP + 1
        counted.append(len(asked))

    assert counted[1] == counted[2]
