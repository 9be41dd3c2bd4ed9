"""Where the parts of a serial sit: told at the scan, shown as built, handed on in repair."""

from decimal import Decimal

import pytest

from mes.models import MaterialSpecification
from plant.models import MaterialUse, Tracking
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import actuals, repairs
from traceability.queries import as_built

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A serial that takes two screws, whose places the bill named when its order was planned."""
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    factories.master(ground.material("BOARD", Tracking.SERIAL, MaterialUse.FINISHED))
    MaterialSpecification.objects.filter(material__code="SCREW").update(positions="S1, S2")
    made = factories.world(1, Tracking.SERIAL)
    for lot, count in ((made.blank, 1), (made.screws, 2)):
        made.scan(lot.number, quantity=Decimal(count))
    made.scan(made.outputs[0].number)
    return made


def places(unit):
    return {one.actual.lot.number: one.places for one in as_built.of_unit(unit)[0] if one.places}


def test_a_scan_says_where_the_part_belongs(world):
    other = ground.received("SCREW-2", 5, material=ground.material("SCREW"))
    unit = world.outputs[0]
    for part in as_built.of_unit(unit)[0]:
        if part.actual.lot_id == world.screws.pk:
            actuals.undo(actual=part.actual, reason="Again", by=world.operator, at=NOW)

    first = world.scan(other.number, quantity=Decimal(1))
    second = world.scan(world.screws.number, quantity=Decimal(1))

    assert (first.facts["places"], second.facts["places"]) == (["S1"], ["S2"])
    assert "S2" in second.message
    assert places(unit) == {"SCREW-2": ("S1",), "SCREW-1": ("S2",)}


def test_a_part_put_in_instead_sits_where_the_old_one_sat(world):
    other = ground.received("SCREW-2", 5, material=ground.material("SCREW"))
    unit = world.outputs[0]
    old = next(one.actual for one in as_built.of_unit(unit)[0] if one.actual.lot_id == world.screws.pk)
    repairs.replace(
        actual=old, went="SCRAP", reason="Bent", part=other, by=ground.person("LEAD", "TEAM_LEADER"), at=NOW
    )
    assert places(unit) == {"SCREW-2": ("S1", "S2")}

