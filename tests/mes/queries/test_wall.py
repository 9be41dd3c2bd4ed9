"""OEE after ISO 22400-2, counted by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import machines
from mes.models import JobResponse
from mes.queries import flow, wall
from plant.models import Equipment
from plant.queries.persons import system
from plant.shifts import shift_at
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db
SHIFT = shift_at(NOW)


def test_oee_is_the_product_of_its_factors():
    factories.released()
    mount, by = Equipment.objects.get(code="MOUNT"), system("plc")
    machines.observe_state(equipment=mount, state="RUNNING", by=by, at=NOW)
    machines.observe_state(equipment=mount, state="ALARM", by=by, at=NOW + timedelta(minutes=30))
    machines.observe_count(equipment=mount, good=81, reject=9, at=NOW + timedelta(minutes=10))

    found = wall.of_line(ground.line(), shift=SHIFT, at=NOW + timedelta(minutes=60)).oee

    assert (found.availability, found.effectiveness, found.quality) == (0.5, 0.5, 0.9)
    assert found.value == pytest.approx(0.225)


def test_oee_of_a_silent_machine_is_unknown():
    factories.released()

    assert wall.of_line(ground.line(), shift=SHIFT, at=NOW).percent["oee"] == "—"


def test_board_piles_up_by_operation_with_age():
    world = factories.world(10)
    world.ready()
    [world.scan(world.outputs[0].number) for _ in range(2)]

    piles = flow.lines(ground.person("ALL"), [ground.line()], at=NOW, line="LINE")[0].piles

    assert [(pile.code, pile.quantity) for pile in piles] == [("MOUNT", 5), ("OVEN", 5)]
    assert piles[0].oldest_at == NOW


def test_output_counts_good_at_the_last_operation_only():
    world = factories.world(5)
    world.ready(5)
    [world.scan(world.outputs[0].number, code) for code in ("MOUNT", "OVEN") for _ in range(2)]
    before = wall.output(ground.line(), shift=SHIFT, at=NOW)
    [world.scan(world.outputs[0].number, "TEST") for _ in range(2)]

    assert (before, wall.output(ground.line(), shift=SHIFT, at=NOW)) == ((0, 0), (5, 0))


def test_what_quality_takes_from_an_earlier_shift_lowers_nothing_now():
    world = factories.world(10)
    world.ready()
    [world.scan(world.outputs[0].number, code) for code in ("MOUNT", "OVEN", "TEST") for _ in range(2)]
    last = JobResponse.objects.latest("pk")
    taken = {"job_segment": last.job_segment, "station": last.station, "person": last.person, "nonconformance": "NC1"}
    JobResponse.objects.create(**taken, lot=last.lot, good=-3, scrap=3, started_at=NOW, at=NOW + timedelta(hours=1))
    JobResponse.objects.create(**taken, lot=world.outputs[1], good=-2, scrap=2, started_at=NOW, at=NOW)
    hour = NOW + timedelta(hours=1)

    assert wall.output(ground.line(), shift=SHIFT, at=hour) == (2, 5)
    assert wall.reported([last.station_id], NOW, hour) == {last.station_id: (2, 5)}
    assert wall.tally(JobResponse.objects.filter(job_segment=last.job_segment)).share_good == Decimal("28.6")


def test_shift_runs_from_eight_to_eight():
    night = shift_at(NOW + timedelta(hours=13))

    assert (SHIFT.starts_at, SHIFT.is_day, night.starts_at, night.is_day) == (
        NOW, True, NOW + timedelta(hours=12), False,
    )
