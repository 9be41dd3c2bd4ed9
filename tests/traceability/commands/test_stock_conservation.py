"""Whatever is received, moved, issued, returned and counted: the ledger holds exactly what a small model says."""

from collections import Counter
from decimal import Decimal
from itertools import count as endless

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plant.errors import Refusal
from plant.models import Equipment, Role
from tests import factories
from tests.factories import NOW
from tests.traceability import stores
from traceability.commands import counts, settling, stock
from traceability.models import Bucket, LotBalance, MaterialLot
from traceability.spots import Spot

pytestmark = pytest.mark.django_db
PLACES = ("A-01", "B-01", "OVEN")
NUMBERS = endless(1)
amounts = st.integers(1, 12)
moving = st.tuples(st.just("move"), st.sampled_from(PLACES), st.sampled_from(PLACES), amounts)
counting = st.tuples(st.just("count"), st.sampled_from(PLACES[:2]), st.just(""), st.integers(0, 12))


@pytest.fixture
def world():
    stores.place("A-01")
    stores.place("B-01")
    factories.station()


def spot(place: str) -> Spot:
    return Spot(Bucket.ISSUED if place == "OVEN" else Bucket.STOCK, place)


def move(lot: MaterialLot, model: Counter, source: str, to: str, quantity: int) -> None:
    """The model refuses what is not there; so must the plant."""
    target = Equipment.objects.get(code=to)
    by = factories.person("WH", Role.WAREHOUSE)
    allowed = source != to and model[source] >= quantity
    try:
        stock.relocate(lot=lot, source=spot(source), to=target, quantity=Decimal(quantity), by=by, at=NOW)
    except Refusal:
        assert not allowed
        return
    assert allowed
    model[source] -= quantity
    model[to] += quantity


def count(lot: MaterialLot, model: Counter, place: str, _to: str, quantity: int) -> None:
    """What is found too much is taken from the other store, then the line, then what was missing, then it is new."""
    by, leader = factories.person("WH", Role.WAREHOUSE), factories.person("TL", Role.TEAM_LEADER)
    task = counts.ask(place=Equipment.objects.get(code=place), by=by, at=NOW)
    counts.record(count=task, code=lot.number, quantity=Decimal(quantity), by=by, at=NOW)
    counts.finish(count=task, by=by, at=NOW)
    settling.settle(count=task, reason="count", by=leader, at=NOW)
    left = quantity - model[place]
    model["LOST"] -= min(left, 0)
    for other in (*(name for name in PLACES if name != place), "LOST"):
        part = min(max(left, 0), model[other])
        model[other] -= part
        left -= part
    model[place] = quantity


@given(steps=st.lists(st.one_of(moving, moving, counting), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_ledger_is_the_model(world, steps):
    LotBalance.objects.update(quantity=0)  # what lies there of the example before is none of this one's
    lot = factories.received(f"L{next(NUMBERS)}", 10, place="A-01")
    model = Counter({"A-01": 10})
    for what, first, second, quantity in steps:
        (move if what == "move" else count)(lot, model, first, second, quantity)
    told = {place or bucket: quantity for (bucket, place), quantity in stores.amounts(lot).items()}
    assert told == {place: quantity for place, quantity in model.items() if quantity}
