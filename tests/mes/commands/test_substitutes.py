"""At the station a listed substitute is taken and written down as one; anything else is refused."""

from decimal import Decimal

import pytest

from mes.queries import stations
from plant.models import JournalEntry
from tests import factories as ground
from tests.mes import bills_world as bill
from tests.mes import factories
from traceability.models import Link

pytestmark = pytest.mark.django_db


def described():
    """How the board is made at its stations; another order knows it already."""
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    factories.order(number="PO0")


@pytest.fixture
def waiting():
    """A lot of five stands at the first station; for each listed screw two SCREW-B may be taken, or three SCREW-C."""
    described()
    bill.allow("SCREW-B", ratio="2", priority=1)
    bill.allow("SCREW-C", ratio="3", priority=2)
    world = factories.world(10)
    world.scan(world.outputs[0].number)
    return world


def lot(code, number, quantity=1000):
    return ground.received(number, quantity, material=ground.material(code))


def noted():
    rows = JournalEntry.objects.filter(kind="joborder.substituted").order_by("id")
    return [(row.data["lot"], row.data["instead of"], Decimal(row.data["quantity"])) for row in rows]


def test_a_substitute_covers_by_its_ratio_and_is_written_down(waiting):
    outcome = waiting.scan(lot("SCREW-B", "B-1").number)

    assert (outcome.outcome, outcome.facts["quantity"], outcome.facts["instead_of"]) == ("accepted", "20", "SCREW")
    assert "instead of SCREW" in outcome.message
    assert noted() == [("B-1", "SCREW", Decimal(20))]


def test_an_unlisted_material_is_refused_with_what_may_be_taken(waiting):
    outcome = waiting.scan(lot("NUT", "N-1").number)

    assert (outcome.outcome, outcome.code) == ("refused", "wrong-material")
    assert "SCREW (or SCREW-B, SCREW-C)" in outcome.message
    assert noted() == []


def test_the_listed_material_and_a_substitute_make_up_the_whole(waiting):
    waiting.scan(lot("SCREW-C", "C-1").number, quantity=Decimal(4))
    outcome = waiting.scan(waiting.screws.number)

    assert Decimal(outcome.facts["quantity"]) == Decimal("8.666667")
    assert stations.panel(waiting.stations["MOUNT"]).missing == {}
    assert waiting.scan(waiting.blank.number).outcome == "accepted"
    assert waiting.scan(waiting.outputs[0].number).outcome == "accepted"


def test_more_of_a_substitute_than_is_needed_is_refused(waiting):
    outcome = waiting.scan(lot("SCREW-B", "B-1").number, quantity=Decimal(21))

    assert (outcome.outcome, outcome.code) == ("refused", "beyond-the-job")
    assert Link.objects.count() == 0


def test_a_loaded_substitute_goes_in_after_the_listed_material():
    described()
    bill.allow("SCREW-B", ratio="2")
    world = factories.world(10)
    for code, quantity in ((lot("SCREW-B", "B-1").number, 40), (world.blank.number, 10)):
        assert world.scan(code, quantity=Decimal(quantity)).facts["done"] == "loaded"

    outcome = world.scan(world.outputs[0].number)

    assert outcome.outcome == "accepted"
    assert noted() == [("B-1", "SCREW", Decimal(20))]
