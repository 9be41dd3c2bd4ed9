"""Packing, picking, shipping and returning move amounts; none appears, none vanishes."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mes.commands import returns, unpacking
from plant.errors import Refusal
from tests.factories import NOW
from tests.mes import packed as world
from tests.traceability.breaking import broken
from traceability.models import Bucket, LotBalance, Move
from traceability.queries import packing as units
from traceability.queries import shipments as reading

ACTS = st.lists(st.tuples(st.sampled_from(["pack", "out", "pick", "ship", "back"]), st.integers(1, 9)), max_size=10)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_packed_picked_shipped_and_returned_nothing_appears_or_vanishes(acts):
    token = world.goods(f"L{Move.objects.count()}-{len(acts)}", 20)
    one = world.shipment(20, f"S{token.number}")
    for act, amount in acts:
        try:
            step(act, Decimal(amount), token, one)
        except Refusal:
            continue
    lots = Move.objects.filter(lot__number__startswith=token.number)
    rows = LotBalance.objects.filter(lot__in=lots.values("lot")).exclude(bucket=Bucket.CONSUMED)
    assert sum(row.quantity for row in rows) == 20
    assert broken("I08", "I09", "I16", "I14") == {}


def step(act, amount, lot, one):
    """One act of somebody in the store; whatever may not be is refused and changes nothing."""
    if act == "pack":
        unpacking.close(unit=world.pack(world.unit(), lot, amount).unit, by=world.packer(), at=NOW)
        return None
    if act == "out":
        carton = units.units().filter(status="CLOSED").first()
        if carton:
            unpacking.reopen(unit=carton, reason="?", by=world.packer(), at=NOW)
            unpacking.dissolve(unit=carton, reason="?", by=world.packer(), at=NOW)
        return None
    if act == "pick":
        carton = units.units().filter(status="CLOSED").first()
        return world.pick(one, carton.number if carton else lot.number, None if carton else amount)
    if act == "ship":
        return world.ship(one, reason="?")
    left = reading.picks(one).first()
    if left is None:
        return None
    return returns.take_back(
        shipment=one, code=left.lot.number, quantity=amount, reason="?", store=world.store(), by=world.packer(), at=NOW
    )
