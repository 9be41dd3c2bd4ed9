"""Lots go to places that take them, held ones to blocked stock only, and what is left at a station comes back."""

from decimal import Decimal

import pytest

from plant.errors import Refusal
from plant.models import EquipmentLevel, Role, Unit, UnitConversion
from plant.policies import Forbidden
from tests import factories
from tests.factories import NOW
from tests.traceability import stores
from traceability.commands import holds, moves, stock
from traceability.models import Bucket, PlaceKind
from traceability.queries import put_away
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


def keeper():
    return factories.person("WH", Role.WAREHOUSE)


def bring(lot, source, to, quantity=None, by=None, **more):
    return stock.relocate(
        lot=lot, source=source, to=to, quantity=quantity and Decimal(quantity), by=by or keeper(), at=NOW, **more
    )


def test_a_lot_goes_from_the_dock_to_a_bin_to_the_line_and_its_rest_back():
    lot, bin_a, oven = factories.received("L1", 10), stores.place("A-01"), factories.station()
    bring(lot, Spot(Bucket.STOCK), bin_a)
    bring(lot, Spot(Bucket.STOCK, "A-01"), oven, "4")
    bring(lot, Spot(Bucket.ISSUED, "OVEN"), bin_a, "1.5")
    assert stores.amounts(lot) == {("STOCK", "A-01"): Decimal("7.5"), ("ISSUED", "OVEN"): Decimal("2.5")}


def test_what_was_weighed_comes_back_in_pieces():
    lot, bin_a = factories.received("L1", 100), stores.place("A-01")
    gram = Unit.objects.create(code="GRM", name="gram", symbol="g")
    UnitConversion.objects.create(from_unit=lot.material.unit, to_unit=gram, factor=Decimal("2.5"))
    bring(lot, Spot(Bucket.STOCK), factories.station())
    bring(lot, Spot(Bucket.ISSUED, "OVEN"), bin_a, "50", unit=gram)
    assert stores.amounts(lot)["STOCK", "A-01"] == 20


def test_an_unknown_conversion_says_so():
    lot = factories.received("L1", 100)
    metre = Unit.objects.create(code="MTR", name="metre", symbol="m")
    with pytest.raises(Refusal, match="Nobody has said how many pcs"):
        bring(lot, Spot(Bucket.STOCK), stores.place("A-01"), "1", unit=metre)


def test_a_held_lot_goes_to_blocked_stock_only():
    lot, bin_a, blocked = factories.received("L1", 10), stores.place("A-01"), stores.place("Q-01", PlaceKind.BLOCKED)
    stores.hold(lot)
    with pytest.raises(holds.Held):
        bring(lot, Spot(Bucket.STOCK), bin_a)
    with pytest.raises(Forbidden):
        bring(lot, Spot(Bucket.STOCK), blocked, by=factories.person("OP", Role.OPERATOR))
    bring(lot, Spot(Bucket.STOCK), blocked)
    assert stores.amounts(lot) == {("STOCK", "Q-01"): 10}


def test_the_database_itself_lets_a_held_lot_go_nowhere_else():
    lot = factories.received("L1", 10)
    stores.place("A-01")
    stores.place("Q-01", PlaceKind.BLOCKED)
    stores.hold(lot)
    with pytest.raises(moves.LotStopped):
        moves.move(lot=lot, quantity=Decimal(1), source=Spot(Bucket.STOCK), to=Spot(Bucket.STOCK, "A-01"), by=keeper(),
                   at=NOW)


@pytest.mark.parametrize("code", ["Q-01", "KEPT", "LINE"])
def test_a_place_refuses_what_it_is_not_for(code):
    lot = factories.received("L1", 10)
    stores.place("Q-01", PlaceKind.BLOCKED)
    stores.place("KEPT", material=factories.material("OTHER"))
    factories.line()
    with pytest.raises(stock.WrongPlace):
        bring(lot, Spot(Bucket.STOCK), stores.found(code))


def test_the_same_entry_sent_twice_moves_once():
    lot, bin_a = factories.received("L1", 10), stores.place("A-01")
    for _again in range(2):
        bring(lot, Spot(Bucket.STOCK), bin_a, "3", key="0b8f")
    assert stores.amounts(lot) == {("STOCK", ""): 7, ("STOCK", "A-01"): 3}


def test_proposals_go_from_the_fixed_place_to_a_free_one():
    lot, other = factories.received("L1", 10), factories.received("L2", 5)
    kept = stores.place("B-09", material=lot.material)
    same, free = stores.place("C-01"), stores.place("D-01")
    bring(other, Spot(Bucket.STOCK), same)
    stores.place("Q-01", PlaceKind.BLOCKED)
    assert [one.place for one in put_away.proposals(lot)] == [kept, same, free]
    stores.hold(lot)
    lot.refresh_from_db()
    assert [one.place.code for one in put_away.proposals(lot)] == ["Q-01"]


def test_a_rack_with_bins_is_not_free_itself():
    lot, rack = factories.received("L1", 10), stores.place("R-1", level=EquipmentLevel.WORK_CENTER)
    inner = stores.place("R-1-1", parent=rack)
    assert [one.place for one in put_away.proposals(lot)] == [inner]
