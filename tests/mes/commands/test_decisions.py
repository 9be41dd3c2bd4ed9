"""What quality decides of pieces in production shows in the counts of their operation, once."""

from decimal import Decimal

import pytest
from django.utils import timezone

from mes import tasks
from mes.models import JobResponse, JobSegment, RejectLimit, RejectReminder
from plant.models import Delivery
from qms.models import Disposition
from tests import factories as ground
from tests.mes import factories
from tests.qms import factories as quality
from tests.traceability.breaking import broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A lot of five that has passed the first of three operations."""
    made = factories.world(5)
    made.ready(5)
    [made.scan(made.outputs[0].number) for _ in range(2)]
    return made


def decide(world, *lines):
    """Signed decisions about the lot: (decision, quantity[, operation])."""
    lot = world.outputs[0]
    quality.dispose(quality.report(lot), *[(lot, *line) for line in lines])


def hear():
    """Every delivery arrives, and arrives once more."""
    for delivery in [*deliveries().order_by("pk"), *deliveries().order_by("pk")]:
        tasks.count_decision(delivery.pk, delivery.entry_id)


def deliveries():
    return Delivery.objects.filter(subscriber=tasks.count_decision.name)


def counts(code):
    row = JobSegment.objects.get(segment__code=code)
    return int(row.good), int(row.scrap), int(row.rework)


def test_scrap_and_rework_count_where_the_pieces_lay(world):
    decide(world, ("SCRAP", 2), ("REWORK", 1, "MOUNT"), ("USE_AS_IS", 2))
    hear()

    assert (counts("MOUNT"), counts("OVEN")) == ((5, 0, 0), (0, 2, 1))
    assert JobResponse.objects.latest("pk").nonconformance.startswith("N")
    assert (broken("I08"), deliveries().filter(delivered_at=None).count()) == ({}, 0)


def test_scrap_that_quality_decides_later_reminds_of_the_reject_rate_once(world):
    RejectLimit.objects.create(operation="OVEN", percent=5, minimum=1)
    decide(world, ("SCRAP", 2), ("USE_AS_IS", 3))
    hear()

    reminder = RejectReminder.objects.get()
    assert (reminder.kind, reminder.operation, int(reminder.bad), reminder.lot) == (
        "LOT", "OVEN", 2, world.outputs[0])


def test_rework_of_the_whole_lot_counts_and_the_lot_passes_again(world):
    decide(world, ("REWORK", 5, "MOUNT"))
    hear()
    world.scan(world.outputs[0].number)
    world.scan(world.outputs[0].number)

    assert (counts("MOUNT"), counts("OVEN"), broken("I08")) == ((10, 0, 0), (0, 0, 5), {})


def test_rework_where_the_pieces_lie_counts_although_nothing_moves():
    made = factories.world(5)
    decide(made, ("REWORK", 5, "MOUNT"))
    hear()

    assert (counts("MOUNT"), broken("I08")) == ((0, 0, 5), {})


def test_what_is_repaired_is_rework_and_what_is_regraded_is_lost_to_the_order(world):
    other = ground.material("BOARD-B")
    decide(world, ("REPAIR", 2), ("REGRADE", 1, "", other), ("USE_AS_IS", 2))
    hear()

    repaired, regraded = (Disposition.objects.get(decision=one) for one in ("REPAIR", "REGRADE"))
    assert (counts("MOUNT"), counts("OVEN"), broken("I08")) == ((5, 0, 0), (0, 1, 2), {})
    assert (repaired.rework_operation, regraded.rework_lot.job_order) == ("OVEN", "")


def test_finished_pieces_of_another_grade_are_not_good_any_more(world):
    [world.scan(world.outputs[0].number, station) for station in ("OVEN", "TEST") for _ in range(2)]
    decide(world, ("REGRADE", 2, "", ground.material("BOARD-B")), ("USE_AS_IS", 3))
    hear()

    assert (counts("TEST"), broken("I08")) == ((3, 2, 0), {})


def test_finished_pieces_that_are_scrapped_are_not_good_any_more(world):
    [world.scan(world.outputs[0].number, station) for station in ("OVEN", "TEST") for _ in range(2)]
    decide(world, ("SCRAP", 1), ("USE_AS_IS", 4))
    hear()

    assert (counts("TEST"), broken("I08")) == ((4, 1, 0), {})


def test_the_checker_names_the_operation_that_did_not_hear_of_it(world):
    decide(world, ("SCRAP", Decimal(2)))
    waiting = broken("I08")
    Delivery.objects.update(delivered_at=timezone.now())

    silent = JobSegment.objects.get(segment__code="OVEN")
    assert (waiting, broken("I08")) == ({}, {"I08 operations-count-what-the-ledger-moved": [str(silent.pk)]})
