"""An alarm stops the operation, the station or the line, once, and what puts it right is tracked."""

from datetime import timedelta

import pytest

from mes.commands import alarm_stops, stoppages
from mes.models import Rectification, Stoppage
from mes.queries import stoppages as reading
from plant.commands.signatures import content_hash
from plant.models import Equipment
from plant.queries import persons
from qms.commands import containments
from qms.models import NonconformanceSource, ReactionPlan
from tests import factories as ground
from tests.factories import NOW, PASSWORD
from tests.mes import factories
from tests.mes.golden_world import GOOD, HOT, kiln

pytestmark = pytest.mark.django_db


def stopped():
    return [(one.scope, one.label, one.source_kind, one.status) for one in Stoppage.objects.order_by("pk")]


def resume(stoppage):
    boss = ground.person("QM", "QUALITY_MANAGER")
    seen = content_hash(reading.content(stoppage))
    return stoppages.resume(stoppage=stoppage, reason="Cooled", by=boss, at=NOW, password=PASSWORD, seen_hash=seen)


def violate(world, source_id="7", **reaction):
    """A rule fires at the oven."""
    plan = ReactionPlan.objects.first() or ReactionPlan.objects.create(
        line=factories.control_plan("OVEN"), instruction="Look", **reaction
    )
    return containments.contain(
        source_kind=NonconformanceSource.VIOLATION, source_id=source_id, line=plan.line, rule="nelson-1",
        equipment=world.stations["OVEN"], suspect_from=NOW - timedelta(minutes=10), suspect_to=NOW, title="Drifts",
        by=persons.system("spc"), at=NOW,
    )


@pytest.mark.parametrize(
    ("scope", "label"), [("OPERATION", "{job} · OVEN"), ("STATION", "OVEN"), ("LINE", "LINE")]
)
def test_a_deviation_stops_what_its_golden_parameter_says(scope, label):
    here = kiln(stops=scope)
    here.arrive()

    here.read([GOOD, HOT])
    here.read([HOT, HOT], start=2)

    assert stopped() == [(scope, label.format(job=here.world.job.number), "DEVIATION", "STOPPED")]
    assert Rectification.objects.get().stoppage == Stoppage.objects.get()
    assert here.world.scan(here.world.outputs[0].number, station="OVEN").code == "held"


def test_whoever_lets_it_go_on_is_not_stopped_again_by_the_same_deviation():
    here = kiln(stops="STATION")
    here.arrive()
    here.read([GOOD, HOT])
    resume(Stoppage.objects.get())

    here.read([HOT, HOT], start=2)

    assert [one[3] for one in stopped()] == ["RESUMED"]


def test_a_value_that_is_back_already_stops_nothing():
    here = kiln(stops="LINE")
    here.arrive()
    here.read([GOOD, HOT, GOOD, GOOD, GOOD])
    assert stopped() == []


def test_a_violation_stops_the_orders_that_run_at_the_place():
    here = kiln()
    here.arrive()
    violate(here.world, stops="OPERATION")
    violate(here.world, stops="OPERATION")

    assert stopped() == [("OPERATION", f"{here.world.job.number} · OVEN", "VIOLATION", "STOPPED")]
    violate(here.world, source_id="8")
    assert len(stopped()) == 2


def test_where_nothing_is_known_to_run_the_station_stands_still():
    world = factories.world()
    violate(world, stops="OPERATION")
    assert stopped() == [("STATION", "OVEN", "VIOLATION", "STOPPED")]


def test_an_alarm_without_it_stops_nothing():
    violate(factories.world(), hold_lots=True)
    assert stopped() == []


def test_a_sensor_of_the_line_stops_the_line_and_one_of_no_line_nothing():
    station = ground.station("MOUNT")
    assert alarm_stops.place_of("STATION", station) == ("STATION", station)
    assert alarm_stops.place_of("STATION", station.parent) == ("LINE", station.parent)
    assert alarm_stops.place_of("LINE", Equipment.objects.create(code="HALL", name="Hall", level="SITE")) is None
