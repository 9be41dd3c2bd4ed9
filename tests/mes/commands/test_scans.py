"""Scans at a station: what each code does."""

import uuid
from decimal import Decimal

import pytest

from mes.commands import job_orders
from mes.commands.scan_outcomes import ScanOutcome
from mes.models import JobOrder, JobResponse, JobSegment
from mes.queries import wip
from plant.errors import Refusal
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.models import LotBalance, MaterialActual

pytestmark = pytest.mark.django_db


def test_accept_job_order_starts_it():
    world = factories.world()

    outcome = world.scan(world.job.number)

    assert (outcome.outcome, outcome.kind) == ("accepted", "job_order")
    assert JobOrder.objects.get().status == "RUNNING"


def test_accept_material_first_loads_it_up_to_the_need():
    world = factories.world(10)

    outcome = world.scan(world.blank.number)

    assert (outcome.outcome, outcome.facts["done"], outcome.facts["quantity"]) == ("accepted", "loaded", "10")
    assert LotBalance.objects.get(lot=world.blank, bucket="ISSUED").place == "MOUNT"


def test_accept_output_consumes_what_lies_ready():
    world = factories.world(10)
    world.ready()

    outcome = world.scan(world.outputs[0].number)

    assert (outcome.outcome, outcome.facts["done"]) == ("accepted", "started")
    taken = {actual.lot.number: actual.quantity for actual in MaterialActual.objects.filter(kind="CONSUMED")}
    assert taken == {"PCB-1": Decimal(5), "SCREW-1": Decimal(10)}


def test_accept_output_without_material_says_what_is_missing():
    world = factories.world(10)

    outcome = world.scan(world.outputs[0].number)

    assert (outcome.outcome, outcome.facts["missing"]) == ("attention", {"PCB": "5", "SCREW": "10"})


def test_accept_material_goes_into_the_lot_that_waits_for_it():
    world = factories.world(10)
    world.scan(world.outputs[0].number)

    outcome = world.scan(world.blank.number)

    assert (outcome.facts["done"], outcome.facts["into"]) == ("consumed", world.outputs[0].number)


def test_accept_second_scan_is_refused_while_material_is_missing():
    world = factories.world(10)
    world.scan(world.outputs[0].number)

    outcome = world.scan(world.outputs[0].number)

    assert (outcome.outcome, outcome.code) == ("refused", "material-missing")
    assert outcome.facts["missing"] == {"PCB": "5", "SCREW": "10"}


def test_accept_second_scan_sends_it_to_the_next_operation():
    world = factories.world(10)
    world.ready()
    lot = world.outputs[0]

    outcomes = [world.scan(lot.number), world.scan(lot.number)]

    assert [outcome.facts["done"] for outcome in outcomes] == ["started", "finished"]
    assert wip.of_lot(lot) == {"OVEN": Decimal(5)}
    assert JobSegment.objects.get(segment__code="MOUNT").good == 5
    assert JobResponse.objects.get().good == 5


def walk(world: factories.World, number: str) -> list[str]:
    return [world.scan(number, station).outcome for station in ("MOUNT", "OVEN", "TEST") for _ in range(2)]


@pytest.mark.parametrize("tracking", ["LOT", "SERIAL"])
def test_accept_walks_the_whole_routing_into_stock(tracking):
    world = factories.world(5, tracking)
    world.ready(5)

    outcomes = [walk(world, lot.number) for lot in world.outputs]

    assert outcomes == [["accepted"] * 6] * len(world.outputs)
    assert {row.bucket for row in LotBalance.objects.filter(lot__in=world.outputs, quantity__gt=0)} == {"STOCK"}
    assert job_orders.complete(job_order=world.job, by=world.planner, at=NOW).work_request.status == "COMPLETED"


def test_accept_hints_at_a_badge():
    world = factories.world()
    ground.person("B", badge="BADGE-7")

    outcome = world.scan("BADGE-7")

    assert (outcome.outcome, outcome.kind) == ("attention", "badge")


def test_accept_replays_the_first_answer():
    world = factories.world()
    event = uuid.uuid4()

    first, second = world.scan(world.blank.number, event_id=event), world.scan(world.blank.number, event_id=event)

    assert (first.facts, first.replayed, second.facts, second.replayed) == (second.facts, False, first.facts, True)
    assert LotBalance.objects.get(lot=world.blank, bucket="ISSUED").quantity == 10


def test_accept_refuses_an_event_id_with_another_code():
    world = factories.world()
    event = uuid.uuid4()
    world.scan(world.blank.number, event_id=event)

    assert world.scan(world.screws.number, event_id=event).code == "event-id-reused"


def test_accept_refuses_somebody_without_the_right():
    world = factories.world()

    with pytest.raises(Refusal):
        world.scan(world.blank.number, by=ground.person("V", "VIEWER"))


def test_accept_works_without_job_order_for_an_output_lot():
    world = factories.world()

    assert world.scan(world.outputs[0].number, job_order="").outcome == "attention"


def test_accept_finds_the_only_job_of_the_station():
    world = factories.world()

    assert world.scan(world.blank.number, job_order="").facts["done"] == "loaded"


def test_scan_outcome_says_what_to_do_next():
    world = factories.world()

    assert world.scan(world.job.number).next == "Scan the material: PCB, SCREW."
    assert ScanOutcome("accepted", "x").next == ""
