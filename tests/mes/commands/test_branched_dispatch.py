"""A line takes a branched work order when it can do one of the alternatives; material is asked for once."""

from decimal import Decimal

import pytest

from mes.commands import job_orders, work_requests
from mes.commands.readiness import CantDispatch
from mes.models import JobOrder, JobSegment, MaterialSpecification, Segment
from mes.queries import kitting
from plant.models import Equipment
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories, ways_world

pytestmark = pytest.mark.django_db


def released(*gone, materials=()):
    """A released work order by the branched routing, with some stations out of use."""
    ways_world.master()
    for code in materials:
        MaterialSpecification.objects.create(
            segment=Segment.objects.get(code=code), material=ground.material("GLUE"), quantity_per=Decimal(1)
        )
    Equipment.objects.filter(code__in=gone).update(active=False)
    request = work_requests.release(work_request=factories.order(10), by=factories.planner(), at=NOW)
    job = JobOrder.objects.get(work_request=request)
    return job_orders.release(
        job_order=job, by=factories.planner(), at=NOW, despite_shortage="For the test" if materials else ""
    )


def dispatch(job):
    return job_orders.dispatch(job_order=job, line=ground.line(), by=factories.planner(), at=NOW)


@pytest.mark.parametrize("gone", [("LASER",), ("GLUE",), ("WASH",), ("LASER", "WASH")])
def test_one_alternative_is_enough_and_optional_ones_need_no_station(gone):
    dispatch(released(*gone))

    without = JobSegment.objects.filter(station=None).values_list("segment__code", flat=True)
    assert set(without) == set(gone)


@pytest.mark.parametrize(("gone", "named"), [(("LASER", "GLUE"), {"LASER", "GLUE"}), (("BRUSH",), {"BRUSH"})])
def test_without_any_alternative_or_with_one_of_all_missing_it_is_refused(gone, named):
    with pytest.raises(CantDispatch) as refused:
        dispatch(released(*gone))

    assert all(code in str(refused.value) for code in named)


def test_a_lot_goes_by_the_alternative_that_the_line_can_do():
    job = dispatch(released("LASER", "WASH"))
    world = factories.World(
        job, {code: ground.station(code) for code in ("CUT", "DRILL", "BRUSH", "MARK", "GLUE", "TEST")},
        ground.person("OP", "OPERATOR"), factories.planner(), None, None,
    )

    assert ways_world.done(world, "CUT", "DRILL", "BRUSH", "MARK", "GLUE").outcome == "accepted"


def test_of_alternatives_the_material_of_one_is_asked_for():
    job = released(materials=("LASER", "GLUE", "TEST"))

    lines = [(line.operation, line.needed) for line in kitting.kits([job], at=NOW)[0].lines]

    assert lines == [("LASER", Decimal(10)), ("TEST", Decimal(10))]
