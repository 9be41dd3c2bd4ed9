"""A report that somebody typed on a page is told from what was scanned before it, in transactions of their own."""

from decimal import Decimal

from mes.commands import reports
from tests.factories import NOW
from tests.mes import factories
from tests.mes.commands.test_how_it_came_in import ways


def test_what_is_reported_on_a_page_was_typed(committed_db):
    world = factories.world(10)
    world.ready()
    [first, *_rest] = world.outputs
    world.scan(first.number)
    reports.report(station=world.stations["MOUNT"], lot=first, good=Decimal(5), by=world.operator, at=NOW)

    assert ways(first) == ({"SCAN"}, {"SCAN"}, {"HAND"})
