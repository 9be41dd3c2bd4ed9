"""How long it takes to hold a lot from which five thousand others were made."""

import time

import pytest

from tests import factories
from tests.factories import NOW
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold, Link, MaterialLot

WIDE, DEEP, GOAL = 100, 50, 10.0


@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_five_thousand_lots_are_held_in_time():
    material, site = factories.material(), factories.site()
    root = factories.received("ROOT")
    lots = MaterialLot.objects.bulk_create(
        MaterialLot(number=f"L{at}", material=material, site=site, created_at=NOW) for at in range(WIDE * DEEP)
    )
    parents = [root] * WIDE + lots[: WIDE * (DEEP - 1)]
    Link.objects.bulk_create(
        Link(parent=parent, child=child, quantity=1, at=NOW) for parent, child in zip(parents, lots, strict=True)
    )
    by = factories.person("QE", "QUALITY_ENGINEER")

    begun = time.monotonic()
    held = holds.place(
        target=Target.lot(root), cause=Cause(CauseKind.NONCONFORMANCE, "N1"), reason="Wrong alloy", by=by, at=NOW
    )
    took = time.monotonic() - begun

    print(f"{WIDE * DEEP + 1} lots in {took:.1f} s")
    assert (held.lot, Hold.objects.count()) == (root, WIDE * DEEP + 1)
    assert took <= GOAL
