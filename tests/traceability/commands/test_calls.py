"""A station calls, the lots whose turn it is are proposed, and what is brought answers the call."""

from datetime import timedelta
from decimal import Decimal

import pytest

from plant.models import Role
from tests import factories
from tests.factories import NOW
from tests.traceability import stores
from traceability.commands import calls, picking, stock
from traceability.models import Bucket, CallStatus, MaterialCall, OtherLot, PickOrder, PickRule, PlaceKind
from traceability.queries import picking as reading
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


def lots():
    """The older one expires later, the third never."""
    soon, late = NOW + timedelta(days=9000), NOW + timedelta(days=9999)
    return (
        factories.received("OLD", 10, expires_at=late), factories.received("NEW", 10, expires_at=soon, at=later()),
        factories.received("EVER", 10, at=later()),
    )


def later():
    return NOW + timedelta(hours=1)


def rule(order=PickOrder.FEFO, other=OtherLot.FREE):
    PickRule.objects.create(material=factories.material(), order=order, other_lot=other)


def ask(quantity):
    by = factories.person("OP", Role.OPERATOR)
    return calls.ask(
        station=factories.station(), material=factories.material(), quantity=Decimal(quantity), by=by, at=NOW
    )


def bring(lot, quantity, **more):
    return stock.relocate(
        lot=lot, source=Spot(Bucket.STOCK), to=factories.station(), quantity=Decimal(quantity),
        by=factories.person("WH", Role.WAREHOUSE), at=NOW, **more,
    )


def proposed(quantity):
    picks = reading.proposal(factories.material(), factories.site(), Decimal(quantity), NOW)
    return [(pick.balance.lot.number, pick.quantity) for pick in picks]


def test_what_expires_first_is_taken_first():
    lots()
    assert proposed(15) == [("NEW", 10), ("OLD", 5)]
    assert [number for number, _quantity in proposed(99)] == ["NEW", "OLD", "EVER"]


def test_by_rule_what_came_first_is_taken_first():
    lots()
    rule(PickOrder.FIFO)
    assert proposed(15) == [("OLD", 10), ("NEW", 5)]


def test_held_lots_and_blocked_stock_are_not_proposed():
    _old, new, _ever = lots()
    factories.received("ASIDE", 10, place=stores.place("Q-01", PlaceKind.BLOCKED).code)
    stores.hold(new)
    assert [number for number, _quantity in proposed(99)] == ["OLD", "EVER"]


def test_another_lot_needs_a_reason_where_the_rule_says_so():
    old, new, _ever = lots()
    rule(other=OtherLot.REASON)
    with pytest.raises(picking.NotItsTurn, match="NEW is to be taken before OLD"):
        bring(old, 1)
    bring(old, 1, reason="NEW stands behind a pallet")
    assert bring(new, 1).quantity == 1


def test_another_lot_is_refused_where_the_rule_says_so():
    old, _new, _ever = lots()
    rule(other=OtherLot.REFUSED)
    with pytest.raises(picking.NotItsTurn):
        bring(old, 1, reason="it is nearer")


def test_what_is_brought_answers_the_call():
    old, *_others = lots()
    call = ask(5)
    bring(old, 3)
    call.refresh_from_db()
    assert (call.status, call.brought) == (CallStatus.OPEN, 3)
    bring(old, 2)
    call.refresh_from_db()
    assert (call.status, call.brought) == (CallStatus.DONE, 5)


def test_a_call_repeated_is_one_call_for_the_larger_amount():
    assert [ask(quantity).quantity for quantity in (5, 3, 8)] == [5, 5, 8]
    assert MaterialCall.objects.count() == 1


def test_a_store_calls_for_nothing():
    by = factories.person("OP", Role.OPERATOR)
    with pytest.raises(calls.CallRefused):
        calls.ask(station=stores.place("A-01"), material=factories.material(), quantity=Decimal(1), by=by, at=NOW)


def test_a_call_is_taken_back_with_a_reason():
    call, by = ask(5), factories.person("OP", Role.OPERATOR)
    with pytest.raises(calls.CallRefused):
        calls.cancel(call=call, reason=" ", by=by, at=NOW)
    assert calls.cancel(call=call, reason="found some", by=by, at=NOW).status == CallStatus.CANCELLED
