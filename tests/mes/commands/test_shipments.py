"""Picking against the order, the truck that leaves or is stopped, and what comes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mes.commands import packing, picks, returns, shipments
from plant.models import JournalEntry, Role
from tests import factories as ground
from tests.factories import NOW
from tests.mes import packed as world
from tests.traceability.breaking import broken
from traceability.commands import holds, moves
from traceability.models import Bucket, LotStatus, Mixing, Move, UnitKind
from traceability.queries import packing as units
from traceability.queries import shipments as reading
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


def scan(to, code, **more):
    return picks.scan(shipment=to, code=code, by=world.packer(), at=NOW, **more)


def back(one, code, **more):
    fields = {"reason": "Cracked", "store": world.store(), "by": world.packer(), "at": NOW, **more}
    return returns.take_back(shipment=one, code=code, **fields)


def test_a_carton_is_picked_and_leaves_with_its_lots():
    lot = world.goods("L1")
    carton, one = world.carton(lot), world.shipment()
    assert scan(one, carton.number).refusal is None
    gone = world.ship(one)
    assert (gone.status, gone.shipped_by, gone.vehicle) == ("SHIPPED", world.packer(), "沪A·12345")
    assert units.by_number(carton.number).status == "SHIPPED"
    out = lot.balances.get(quantity__gt=0)
    assert (out.bucket, out.place, out.quantity) == (Bucket.SHIPPED, "SH-1", 10)


def test_a_pallet_goes_along_with_all_its_cartons():
    world.rule(4, Mixing.ONE_MATERIAL, UnitKind.PALLET)
    pallet, one = world.unit(UnitKind.PALLET), world.shipment(20)
    for number in ("L1", "L2"):
        packing.load(pallet=pallet, carton=world.carton(world.goods(number)), by=world.packer(), at=NOW)
    packing_done = picks.scan(shipment=one, code=pallet.number, by=world.packer(), at=NOW)
    assert packing_done.refusal.code == "not-packed"  # it is still open
    world.unpacking.close(unit=pallet, by=world.packer(), at=NOW)
    world.pick(one, pallet.number)
    world.ship(one)
    assert set(units.units().values_list("status", flat=True)) == {"SHIPPED"}


def test_the_wrong_item_is_stopped_and_said_where_it_belongs():
    one, other = world.shipment(), world.shipment(number="SH-2", code="LAMP")
    world.goods("X1", code="LAMP")
    refusal = scan(one, "X1").refusal
    assert (refusal.code, refusal.facts["belongs_to"]) == ("wrong-item", [other.number])
    assert JournalEntry.objects.filter(kind="shipment.alarmed", subject_label="SH-1").count() == 1


def test_more_than_ordered_is_stopped():
    one = world.shipment(6)
    world.goods("L1")
    assert scan(one, "L1").refusal.code == "too-many"
    assert scan(one, "L1", quantity=Decimal(6)).refusal is None
    assert scan(one, "L1", quantity=Decimal(1)).refusal.code == "too-many"


def test_held_and_expired_lots_are_not_picked():
    one = world.shipment()
    world.hold(world.goods("L1"))
    world.goods("L2", expires_at=NOW - timedelta(days=1))
    assert [scan(one, code).refusal.code for code in ("L1", "L2")] == ["held", "expired"]


def test_a_hold_placed_after_picking_stops_the_truck():
    lot, one = world.goods("L1"), world.shipment()
    world.pick(one, world.carton(lot).number)
    world.hold(lot)
    with pytest.raises(holds.Held):
        world.ship(one)
    assert Move.objects.filter(to_bucket=Bucket.SHIPPED).count() == 0


def test_what_expires_after_picking_stops_the_truck():
    one = world.shipment()
    now = timezone.now()
    world.pick(one, world.goods("L1", expires_at=now + timedelta(hours=1)).number)
    with pytest.raises(picks.WrongPick) as refused:
        shipments.ship(shipment=one, vehicle="V", by=world.packer(), at=now + timedelta(hours=2))
    assert refused.value.code == "expired"


def test_a_loose_lot_of_which_some_was_used_after_picking_stops_the_truck():
    lot, one = world.goods("L1"), world.shipment()
    world.pick(one, "L1")
    to = Spot(Bucket.ISSUED, "OVEN")
    moves.move(lot=lot, quantity=Decimal(3), source=Spot(Bucket.STOCK), to=to, by=world.packer(), at=NOW)
    with pytest.raises(shipments.NotShipped):
        world.ship(one)


def test_a_lot_in_a_carton_is_not_picked_alone():
    lot = world.goods("L1")
    world.carton(lot)
    assert scan(world.shipment(), "L1").refusal.code == "lot-packed"


def test_a_short_shipment_leaves_with_a_reason_only():
    one = world.shipment(20)
    world.pick(one, world.goods("L1").number)
    with pytest.raises(shipments.NotShipped) as refused:
        world.ship(one)
    assert refused.value.code == "short"
    assert world.ship(one, reason="Rest follows").status == "SHIPPED"


def test_a_lot_is_picked_for_one_shipment_and_free_again_once_put_back():
    one, other = world.shipment(), world.shipment(number="SH-2")
    world.goods("L1")
    world.pick(one, "L1")
    assert scan(other, "L1").refusal.code == "picked-already"
    picks.put_back(shipment=one, code="L1", reason="Wrong truck", by=world.packer(), at=NOW)
    assert scan(other, "L1").refusal is None


def test_the_same_shipment_again_changes_nothing_and_a_new_one_not_after_picking():
    one = world.shipment()
    assert world.shipment() == one
    assert world.shipment(12).lines.get().quantity == 12
    world.pick(one, world.goods("L1").number)
    with pytest.raises(shipments.NotShipped) as refused:
        world.shipment(20)
    assert refused.value.code == "picking-begun"


def test_what_comes_back_is_held_and_keeps_its_history():
    lot, one = world.goods("L1"), world.shipment()
    carton = world.carton(lot)
    world.pick(one, carton.number)
    back(world.ship(one), carton.number)
    lot.refresh_from_db()
    assert (lot.status, lot.balances.get(quantity__gt=0).place) == (LotStatus.HELD, "FG")
    assert (units.around(lot), reading.returns(one).get().quantity) == (None, 10)
    assert [row.line.shipment for row in reading.of_lots([lot])] == [one]


def test_a_held_lot_may_come_back_and_goes_out_again_once_released():
    lot, one = world.goods("L1"), world.shipment()
    world.pick(one, "L1")
    world.ship(one)
    placed = world.hold(lot)
    back(one, "L1", quantity=Decimal(4))
    quality = ground.person("Q", Role.QUALITY_ENGINEER)
    for row in [placed, *lot.holds.filter(released_at__isnull=True).exclude(pk=placed.pk)]:
        holds.release(hold=row, reason="Fine", by=quality, at=NOW)
    again = world.shipment(4, "SH-2")
    world.pick(again, "L1")
    world.ship(again)
    amounts = dict(lot.balances.filter(quantity__gt=0).values_list("place", "quantity"))
    assert amounts == {"SH-1": Decimal(6), "SH-2": Decimal(4)}
    assert broken("I01", "I08", "I09", "I14") == {}


def test_only_what_left_comes_back():
    one = world.shipment()
    world.pick(one, world.goods("L1").number)
    world.goods("L2")
    world.ship(one)
    for code, more in (("L2", {}), ("L1", {"quantity": Decimal(11)})):
        with pytest.raises(returns.NotReturned):
            back(one, code, **more)


def test_a_recall_finds_the_shipments_of_what_was_split_off():
    lot, one = world.goods("L1"), world.shipment(4)
    world.pick(one, "L1", 4)
    world.ship(one)
    left = reading.left_with([lot.pk], world.packer())
    assert [(row.lot.number, row.line.shipment) for row in left] == [("L1-1", one)]
