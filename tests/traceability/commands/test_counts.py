"""A place is counted blind, somebody else approves, the ledger still adds up, and what moved is never overwritten."""

from decimal import Decimal

import pytest

from plant.models import Role, Tracking
from tests import factories
from tests.factories import NOW
from tests.traceability import stores
from traceability.commands import counts, lots, moves, settling, stock
from traceability.models import Bucket, CountState, CountStatus, Move, StockCount
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


def keeper():
    return factories.person("WH", Role.WAREHOUSE)


def leader():
    return factories.person("TL", Role.TEAM_LEADER)


def lying(number, quantity, place):
    return factories.received(number, quantity, place=place.code)


def asked(place):
    return counts.ask(place=place, by=keeper(), at=NOW)


def saw(count, code, quantity, **more):
    return counts.record(count=count, code=code, quantity=Decimal(quantity), by=keeper(), at=NOW, **more)


def approve(count, by=None):
    counts.finish(count=count, by=keeper(), at=NOW)
    settling.settle(count=count, reason="weekly count", by=by or leader(), at=NOW)
    return StockCount.objects.get(pk=count.pk)


def test_what_differs_is_found_or_missing_and_the_ledger_adds_up():
    here = stores.place("A-01")
    less, more, gone = lying("L1", 10, here), lying("L2", 10, here), lying("L3", 10, here)
    count = asked(here)
    saw(count, "L1", 8)
    saw(count, "L2", 12)
    assert approve(count).status == CountStatus.CLOSED
    assert [stores.amounts(lot) for lot in (less, more, gone)] == [
        {("STOCK", "A-01"): 8, ("LOST", ""): 2}, {("STOCK", "A-01"): 12}, {("LOST", ""): 10},
    ]


def test_a_lot_that_the_books_have_elsewhere_is_taken_from_there():
    here, there = stores.place("A-01"), stores.place("B-01")
    lot = lying("L1", 10, there)
    count = asked(here)
    saw(count, "L1", 4)
    approve(count)
    assert stores.amounts(lot) == {("STOCK", "A-01"): 4, ("STOCK", "B-01"): 6}


def test_what_was_missing_and_turns_up_comes_back():
    here, there = stores.place("A-01"), stores.place("B-01")
    lot = lying("L1", 10, here)
    approve(asked(here))
    second = asked(there)
    saw(second, "L1", 10)
    approve(second)
    assert stores.amounts(lot) == {("STOCK", "B-01"): 10}
    assert not Move.objects.filter(from_bucket=Bucket.FOUND).exists()


def test_a_lot_that_moved_meanwhile_is_stale_and_stays_as_it_is():
    here, there = stores.place("A-01"), stores.place("B-01")
    moved, still = lying("L1", 10, here), lying("L2", 5, here)
    count = asked(here)
    saw(count, "L1", 9)
    saw(count, "L2", 4)
    stock.relocate(lot=moved, source=Spot(Bucket.STOCK, "A-01"), to=there, quantity=Decimal(1), by=keeper(), at=NOW)
    assert approve(count).status == CountStatus.COUNTING
    assert (stores.amounts(moved)["STOCK", "A-01"], stores.amounts(still)["STOCK", "A-01"]) == (9, 4)
    assert list(count.lines.values_list("code", "state")) == [("L2", CountState.SETTLED)]
    saw(count, "L1", 9)
    assert approve(count).status == CountStatus.CLOSED
    assert stores.amounts(moved) == {("STOCK", "A-01"): 9, ("STOCK", "B-01"): 1}


def test_a_lot_that_came_while_it_was_counted_is_not_missing():
    here = stores.place("A-01")
    count = asked(here)
    late = lying("L1", 10, here)
    assert approve(count).status == CountStatus.COUNTING
    assert stores.amounts(late) == {("STOCK", "A-01"): 10}


def test_an_unknown_code_is_kept_and_changes_nothing():
    count = asked(stores.place("A-01"))
    line = saw(count, "NOBODY-KNOWS", 3)
    assert (line.lot, approve(count).status, Move.objects.count()) == (None, CountStatus.CLOSED, 0)


def test_another_box_adds_and_the_same_entry_twice_counts_once():
    here = stores.place("A-01")
    lying("L1", 10, here)
    count = asked(here)
    saw(count, "L1", 4, key="k1")
    saw(count, "L1", 6, adds=True, key="k2")
    assert saw(count, "L1", 6, adds=True, key="k2").counted == 10


def test_nobody_approves_what_they_counted():
    here = stores.place("A-01")
    both = factories.person("B1", Role.TEAM_LEADER, Role.WAREHOUSE)
    count = counts.ask(place=here, by=both, at=NOW)
    counts.finish(count=count, by=both, at=NOW)
    with pytest.raises(counts.CountRefused):
        settling.settle(count=count, reason="weekly count", by=both, at=NOW)


def test_a_place_is_in_one_open_count():
    here = stores.place("A-01")
    asked(here)
    with pytest.raises(counts.CountRefused):
        asked(here)


def test_a_held_lot_is_corrected_too():
    here = stores.place("A-01")
    lot = lying("L1", 10, here)
    stores.hold(lot)
    count = asked(here)
    saw(count, "L1", 11)
    approve(count)
    assert stores.amounts(lot) == {("STOCK", "A-01"): 11}


def test_a_serial_that_the_books_have_in_production_is_not_found_twice():
    here, serial = stores.place("A-01"), factories.material("UNIT", Tracking.SERIAL)
    lots.make(material=serial, quantity=Decimal(1), number="S1", job_order="WO1", operation="TEST",
              site=factories.site(), by=factories.person("OP", Role.OPERATOR), at=NOW)
    count = asked(here)
    saw(count, "S1", 1)
    with pytest.raises(counts.CountRefused, match="Report it there first"):
        approve(count)


@pytest.mark.parametrize("bad", ["NaN", "-1", "1E12", "0.0000001"])
def test_a_count_is_zero_or_more(bad):
    count = asked(stores.place("A-01"))
    with pytest.raises(moves.BadQuantity):
        saw(count, "L1", bad)


def test_a_cancelled_count_leaves_the_books():
    here = stores.place("A-01")
    lot = lying("L1", 10, here)
    count = asked(here)
    saw(count, "L1", 1)
    counts.cancel(count=count, reason="wrong place", by=keeper())
    assert (StockCount.objects.get().status, stores.amounts(lot)) == (CountStatus.CANCELLED, {("STOCK", "A-01"): 10})


def test_sent_back_what_nobody_found_is_looked_for_again():
    here = stores.place("A-01")
    lying("L1", 10, here)
    count = asked(here)
    counts.finish(count=count, by=keeper(), at=NOW)
    counts.again(count=count, reason="look behind the rack", by=leader())
    saw(count, "L1", 10)
    assert approve(count).status == CountStatus.CLOSED
