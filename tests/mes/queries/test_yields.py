"""First-pass yield counts each piece once at each operation, however often it comes again."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import job_orders, passing_over, reports
from mes.queries import yields
from plant.models import Tracking
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes import ways_world as branched
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Line:
    """A work order of lots of five, reported hour by hour: moments tell a first pass from a later one."""

    def __init__(self, quantity: int = 5, tracking: str = Tracking.LOT) -> None:
        self.world, self.hours = factories.world(quantity, tracking), 0
        self.world.ready(quantity)

    def report(self, lot: MaterialLot, station: str, **counts: int) -> None:
        self.hours += 1
        at = NOW + self.hours * HOUR
        self.world.scan(lot.number, station, at=at)
        amounts = {name: Decimal(count) for name, count in counts.items()}
        reports.report(
            station=self.world.stations[station], lot=lot, by=self.world.operator, at=at,
            reason=factories.reason(), **amounts,
        )

    def yields(self) -> dict[str, tuple[Decimal, Decimal, float | None]]:
        """Operation → came in, bad, first-pass yield."""
        found = yields.of_jobs([self.world.job.pk])[0]
        return {step.code: (step.entered, step.scrap + step.rework, step.first_pass) for step in found.steps}


def test_pieces_split_off_for_rework_are_counted_once():
    line = Line()
    lot = line.world.outputs[0]
    line.report(lot, "MOUNT", good=5)
    line.report(lot, "OVEN", good=2, scrap=1, rework=2)
    again = MaterialLot.objects.get(number=f"{lot.number}-1")
    line.report(again, "MOUNT", good=2)
    line.report(again, "OVEN", good=2)
    line.report(again, "TEST", good=1, scrap=1)
    line.report(lot, "TEST", good=2)

    found = line.yields()

    assert found == {"MOUNT": (5, 0, 1.0), "OVEN": (5, 3, 0.4), "TEST": (4, 1, 0.75)}
    assert yields.of_jobs([line.world.job.pk])[0].rolled == pytest.approx(0.3)


def test_a_serial_that_goes_back_counts_where_it_failed():
    line = Line(1, Tracking.SERIAL)
    serial = line.world.outputs[0]
    line.report(serial, "MOUNT", good=1)
    line.report(serial, "OVEN", rework=1)
    line.report(serial, "MOUNT", good=1)
    line.report(serial, "OVEN", good=1)
    line.report(serial, "TEST", good=1)

    assert line.yields() == {"MOUNT": (1, 0, 1.0), "OVEN": (1, 1, 0.0), "TEST": (1, 0, 1.0)}


def test_the_route_multiplies_its_operations():
    steps = [yields.Step("", "", "", Decimal(100), Decimal(3), Decimal(2))] * 4

    assert yields.Yield("", "", "", 1, 1, steps).rolled == pytest.approx(0.95**4)


def test_orders_count_on_the_day_they_ended():
    line = Line(1, Tracking.SERIAL)
    for station in ("MOUNT", "OVEN", "TEST"):
        line.report(line.world.outputs[0], station, good=1)
    job = line.world.job
    job.refresh_from_db()
    if job.status != "COMPLETED":
        job_orders.complete(job_order=job, by=line.world.planner, at=NOW + 4 * HOUR)
    day = NOW.date()

    assert yields.ended(line.world.planner, day, day + timedelta(days=1)) == [job.pk]
    assert yields.ended(line.world.planner, day, day + timedelta(days=1), "NONE") == []
    assert yields.ended(line.world.planner, day + timedelta(days=3), day + timedelta(days=4)) == []


def test_alternatives_are_one_factor_and_pieces_passed_over_count_nowhere():
    world = branched.world(quantity=20)
    first, second = world.outputs
    for lot, choice in ((0, "LASER"), (1, "GLUE")):
        branched.done(world, "CUT", "DRILL", "BRUSH", "MARK", lot=lot)
        world.scan(world.outputs[lot].number, choice)
    reports.report(
        station=world.stations["LASER"], lot=first, good=Decimal(8), scrap=Decimal(2), reason=factories.reason(),
        by=world.operator, at=NOW,
    )
    world.scan(second.number, "GLUE")
    leader = ground.person("LEAD", "TEAM_LEADER")
    passing_over.pass_over(lot=first, operation="WASH", reason="Clean", by=leader, at=NOW)
    branched.done(world, "WASH", lot=1)

    found = {step.code: (step.entered, step.first_pass) for step in yields.of_jobs([world.job.pk])[0].steps}

    assert found["GLUE / LASER"] == (20, 0.9)
    assert found["WASH"] == (10, 1.0)
    assert [code for code in found if code in ("DRILL", "BRUSH", "MARK")] == ["DRILL", "BRUSH", "MARK"]


def test_rework_out_of_a_group_counts_again_only_what_was_passed_before():
    world = branched.world(quantity=10)
    lot, hours = world.outputs[0], iter(range(1, 20))

    def report(station: str, **counts: int) -> None:
        at = NOW + next(hours) * HOUR
        world.scan(lot.number, station, at=at)
        amounts = {name: Decimal(count) for name, count in counts.items()}
        reports.report(
            station=world.stations[station], lot=lot, by=world.operator, at=at, reason=factories.reason(), **amounts
        )

    report("CUT", good=10)
    report("MARK", good=10)
    report("DRILL", rework=10)
    for station in ("CUT", "MARK", "DRILL"):
        report(station, good=10)
    report("BRUSH", good=8, scrap=2)

    found = {step.code: (step.entered, step.first_pass) for step in yields.of_jobs([world.job.pk])[0].steps}

    assert found == {"CUT": (10, 1.0), "DRILL": (10, 0.0), "BRUSH": (10, 0.8), "MARK": (10, 1.0)}
