"""Finished goods into the store: the order's received quantity grows, and the order ends when all of it is in."""

from decimal import Decimal

import pytest

from mes.commands import goods_receipts, unpacking
from mes.models import JobOrder, WorkRequest
from mes.queries import units
from plant.models import JournalEntry
from tests.factories import NOW
from tests.mes import factories as floor
from tests.mes import packed as world
from traceability.models import Mixing, UnitKind

pytestmark = pytest.mark.django_db


def receive(code):
    return goods_receipts.receive(code=code, store=world.store(), by=world.packer(), at=NOW)


def made(quantity=10):
    """A work order whose lots have all passed the last operation."""
    plant = floor.world(quantity)
    plant.ready(quantity)
    for lot in plant.outputs:
        for station in ("MOUNT", "OVEN", "TEST"):
            plant.scan(lot.number, station), plant.scan(lot.number, station)
    return plant


def test_the_order_ends_when_all_of_it_is_in_the_store():
    plant = made()
    first, second = plant.outputs
    assert receive(first.number) == 5
    assert (JobOrder.objects.get().status, units.received([plant.job.number])) == ("RUNNING", Decimal(5))
    receive(second.number)
    assert (JobOrder.objects.get().status, WorkRequest.objects.get().status) == ("COMPLETED", "COMPLETED")


def test_the_erp_hears_what_came_in_for_its_order():
    plant = made()
    receive(plant.outputs[0].number)
    told = JournalEntry.objects.get(kind="workrequest.goods-received")
    assert (told.subject_label, told.data["quantity"], told.data["received"]) == ("PO1", "5.000000", "5.000000")


def test_a_pallet_brings_all_its_cartons_in():
    plant = made()
    world.rule(5, Mixing.ONE_LOT)
    world.rule(2, Mixing.ONE_REVISION, UnitKind.PALLET)
    pallet = world.unit(UnitKind.PALLET)
    for lot in plant.outputs:
        world.load(pallet, world.carton(lot))
    unpacking.close(unit=pallet, by=world.packer(), at=NOW)
    assert receive(pallet.number) == 10
    assert JobOrder.objects.get().status == "COMPLETED"
    assert {carton.place for carton in pallet.cartons.all()} == {"FG"}


def test_nothing_comes_in_twice():
    plant = made()
    receive(plant.outputs[0].number)
    with pytest.raises(goods_receipts.NotReceived) as refused:
        receive(plant.outputs[0].number)
    assert refused.value.code == "received-already"


def test_an_open_carton_and_what_lies_in_one_stay_where_they_are():
    plant = made()
    carton = world.unit()
    world.pack(carton, plant.outputs[0])
    for code in (carton.number, plant.outputs[0].number):
        with pytest.raises(goods_receipts.NotReceived):
            receive(code)


def test_lots_of_different_revisions_make_an_alarm():
    plant = made()
    world.rule(20, Mixing.ONE_REVISION)
    carton = world.unit()
    world.pack(carton, plant.outputs[0])
    world.goods("BOUGHT")
    refusal = world.scan(carton, "BOUGHT").refusal
    assert refusal.code == "mixed-revision"


def test_goods_of_one_customer_are_stopped_on_the_truck_to_another():
    plant = made()
    WorkRequest.objects.update(customer=world.customer("C-SOUTH"))
    one = world.shipment(5)
    assert world.try_pick(one, plant.outputs[0].number).refusal.code == "wrong-customer"
    assert world.try_pick(world.shipment(5, "SH-2", to="C-SOUTH"), plant.outputs[0].number).refusal is None
