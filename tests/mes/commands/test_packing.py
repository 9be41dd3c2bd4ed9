"""Packing by scan: what fits goes in, what may not lie there stays out and is an alarm."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import packing, unpacking, whole_lots
from plant.gs1.checks import check_digit_ok
from plant.models import JournalEntry
from tests import factories as ground
from tests.factories import NOW
from tests.mes import packed as world
from traceability.commands import labels as label_commands
from traceability.commands import moves
from traceability.models import Bucket, HandlingUnit, LabelTemplate, Mixing, UnitKind
from traceability.queries import labels
from traceability.queries import packing as reading
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


def scan(unit, code, **more):
    return packing.scan(unit=unit, code=code, by=world.packer(), at=NOW, **more)


def test_each_carton_has_the_next_number_of_the_prefix():
    numbers = [world.unit().number for _ in range(3)]
    assert len(set(numbers)) == 3
    assert all(check_digit_ok(number) and number.startswith("0" + world.PREFIX) for number in numbers)


def test_without_a_company_prefix_nothing_is_opened():
    with pytest.raises(packing.NotPacked) as refused:
        packing.open_unit(kind=UnitKind.CARTON, site=ground.site(), by=world.packer(), at=NOW)
    assert refused.value.code == "no-prefix"


def test_a_lot_is_packed_whole_and_its_number_comes_back():
    carton, lot = world.unit(), world.goods("L1")
    assert scan(carton, "L1").refusal is None
    assert [(row.lot, row.quantity) for row in reading.lying([carton])] == [(lot, Decimal(10))]


def test_fewer_are_split_off_as_a_lot_of_their_own():
    carton, lot = world.unit(), world.goods("L1")
    row = world.pack(carton, lot, 4)
    assert (row.lot.number, row.quantity) == ("L1-1", Decimal(4))
    assert lot.balances.get(bucket=Bucket.STOCK).quantity == Decimal(6)


def test_a_second_lot_in_a_single_lot_carton_is_an_alarm():
    carton = world.carton(world.goods("L1"))
    unpacking.reopen(unit=carton, reason="Room left", by=world.packer(), at=NOW)
    world.goods("L2")
    done = scan(carton, "L2")
    assert done.refusal.code == "mixed-lot"
    assert JournalEntry.objects.get(kind="handlingunit.alarmed").data["lot"] == "L2"


def test_parts_of_one_lot_are_no_mixture():
    carton, lot = world.unit(), world.goods("L1")
    world.pack(carton, lot, 4)
    assert scan(carton, "L1").refusal is None


def test_several_lots_lie_together_where_the_rule_says_so():
    world.rule(20, Mixing.ONE_MATERIAL)
    carton = world.carton(world.goods("L1"), world.goods("L2"))
    assert reading.filled(carton) == 20


@pytest.mark.parametrize(("mixing", "code"), [(Mixing.ONE_MATERIAL, "mixed-material"), (Mixing.ANYTHING, None)])
def test_another_material_lies_there_by_rule_only(mixing, code):
    world.rule(20, mixing)
    world.rule(20, mixing, code="LAMP")
    carton = world.unit()
    world.pack(carton, world.goods("L1"))
    world.goods("X1", code="LAMP")
    refusal = scan(carton, "X1").refusal
    assert (refusal.code if refusal else None) == code


def test_the_carton_holds_no_more_than_its_rule():
    world.rule(12, Mixing.ONE_MATERIAL)
    carton = world.unit()
    world.pack(carton, world.goods("L1"))
    world.goods("L2")
    assert scan(carton, "L2").refusal.code == "unit-full"
    assert scan(carton, "L2", quantity=Decimal(2)).refusal is None


def test_held_and_expired_lots_stay_out():
    carton, lot = world.unit(), world.goods("L1")
    world.hold(lot)
    world.goods("L2", expires_at=NOW - timedelta(days=1))
    assert [scan(carton, code).refusal.code for code in ("L1", "L2")] == ["held", "expired"]


def test_a_packed_lot_goes_nowhere_without_its_carton():
    lot = world.goods("L1")
    world.carton(lot)
    with pytest.raises(moves.LotStopped) as refused:
        moves.move(
            lot=lot, quantity=Decimal(1), source=Spot(Bucket.STOCK), to=Spot(Bucket.ISSUED, "OVEN"),
            by=world.packer(), at=NOW,
        )
    assert refused.value.code == "lot-packed"


def test_a_lot_lies_in_one_carton_at_most():
    lot = world.goods("L1")
    world.carton(lot)
    with pytest.raises(packing.NotPacked) as refused:
        world.pack(world.unit(), lot)
    assert refused.value.code == "lot-packed"


def test_closed_cartons_go_onto_a_pallet_and_down_again():
    pallet, carton = world.unit(UnitKind.PALLET), world.carton(world.goods("L1"))
    assert scan(pallet, "]C100" + carton.number).refusal is None
    assert [row.lot.number for row in reading.lying([pallet])] == ["L1"]
    down = unpacking.take_down(carton=carton, reason="Damaged", by=world.packer(), at=NOW)
    assert down.pallet is None


def test_an_open_carton_and_a_loose_lot_do_not_go_onto_a_pallet():
    pallet, carton = world.unit(UnitKind.PALLET), world.unit()
    world.goods("L1")
    assert [scan(pallet, code).refusal.code for code in (carton.number, "L1")] == ["not-packed", "wrong-unit"]


def test_taking_out_needs_an_open_carton_and_a_reason():
    lot = world.goods("L1")
    carton = world.carton(lot)
    act = {"unit": carton, "lot": lot, "by": world.packer(), "at": NOW}
    for reason in ("Wrong label", ""):
        with pytest.raises(packing.NotPacked):
            unpacking.take_out(reason=reason, **act)
        if reason:
            unpacking.reopen(unit=carton, reason=reason, by=world.packer(), at=NOW)
    unpacking.take_out(**{**act, "reason": "Wrong label"})
    assert (reading.around(lot), lot.packings.get().end_reason) == (None, "Wrong label")


def test_a_held_lot_gets_out_of_its_carton():
    lot = world.goods("L1")
    carton = world.carton(lot)
    world.hold(lot)
    unpacking.reopen(unit=carton, reason="Held", by=world.packer(), at=NOW)
    unpacking.dissolve(unit=carton, reason="Held", by=world.packer(), at=NOW)
    assert (reading.around(lot), HandlingUnit.objects.get().status) == (None, "DISSOLVED")


def test_an_empty_carton_is_not_closed():
    with pytest.raises(packing.NotPacked):
        unpacking.close(unit=world.unit(), by=world.packer(), at=NOW)


def test_what_lies_elsewhere_is_split_off_first():
    lot = world.goods("L1")
    moves.move(
        lot=lot, quantity=Decimal(3), source=Spot(Bucket.STOCK), to=Spot(Bucket.WIP, "TEST"), by=world.packer(), at=NOW
    )
    whole = whole_lots.take_whole(lot=lot, quantity=None, reason="", by=world.packer(), at=NOW)
    assert (whole.number, whole.balances.get(bucket="STOCK").quantity) == ("L1-1", Decimal(7))


def labelled(lot, symbology="CODE128"):
    """Its label is asked for, and printed."""
    LabelTemplate.objects.get_or_create(kind="LOT", material=world.board(), needs_check=True, symbology=symbology)
    thing = labels.lot(lot)
    form = labels.template(thing)
    drawing = labels.drawing(thing, form, "https://plant/")
    return label_commands.record_print(thing=thing, drawing=drawing, template=form, by=world.packer(), at=NOW)


def test_a_lot_is_packed_with_its_own_label_which_this_very_scan_reads_back():
    carton, lot = world.unit(), world.goods("L1")
    LabelTemplate.objects.create(kind="LOT", material=world.board(), needs_check=True, symbology="CODE128")
    assert scan(carton, "L1").refusal.code == "not-labelled"
    made = labelled(lot)

    assert scan(carton, "L1", quantity=Decimal(4)).refusal is None

    made.refresh_from_db()
    assert (made.checked_by, reading.filled(carton)) == (world.packer(), 4)


def test_a_label_that_says_something_else_is_an_alarm_and_nothing_is_packed():
    carton, lot = world.unit(), world.goods("L1")
    made = labelled(lot, "QR")  # leads to the record, and is no bare number

    assert scan(carton, "L1").refusal.code == "wrong-label"

    made.refresh_from_db()
    assert (made.checked_at, reading.filled(carton)) == (None, 0)
    assert JournalEntry.objects.get(kind="handlingunit.alarmed").data["code"] == "wrong-label"


def test_a_label_that_was_scanned_back_before_is_not_asked_again():
    carton, lot = world.unit(), world.goods("L1")
    labelled(lot)
    label_commands.verify(thing=labels.lot(lot), code="L1", by=world.packer(), at=NOW)
    world.pack(carton, lot)
    assert reading.filled(carton) == 10


def test_only_the_material_whose_template_says_so_needs_it():
    labelled(world.goods("L1"))
    carton, other = world.unit(), world.goods("X1", code="OTHER")
    world.pack(carton, other)
    assert reading.filled(carton) == 10
