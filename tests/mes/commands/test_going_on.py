"""Deviations that go on cost the same few statements whether one runs or many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mes.commands import golden
from mes.models import Deviation, DeviationLot, GoldenMark, ParameterSpecification
from plant import fresh
from plant.models import Parameter
from plant.queries import persons
from tests.factories import NOW
from tests.mes.golden_world import GOOD, HOT, Kiln, at, kiln
from traceability.models import Stream

pytestmark = pytest.mark.django_db


def beside(oven, number):
    """One more stream of the oven with a golden window of its own."""
    parameter = Parameter.objects.create(code=f"MORE{number}", name="More", unit=oven.stream.parameter.unit)
    stream = Stream.objects.create(code=f"OVEN.MORE{number}", parameter=parameter, equipment=oven.stream.equipment)
    standard = ParameterSpecification.objects.create(
        segment=oven.standard.segment, parameter=parameter, low=230.0, target=240.0, high=250.0,
        reaction=oven.standard.reaction,
    )
    GoldenMark.objects.create(stream=stream, at=at(-1), seq=0)
    return Kiln(oven.world, stream, standard)


def cost(ovens, values, start):
    """The statements of one batch for all streams at once."""
    for oven in ovens:
        oven.store(values, start)
    with CaptureQueriesContext(connection) as asked:
        golden.compare(stream_ids=[oven.stream.pk for oven in ovens], by=persons.system("mes"), at=NOW)
    return len(asked)


@pytest.mark.parametrize("reaction", ["ALARM", "MARK", "HOLD"])
def test_a_batch_costs_the_same_with_one_and_with_five_deviations_running(reaction):
    oven = kiln(reaction=reaction)
    oven.arrive()
    ovens = [oven, *(beside(oven, number) for number in range(4))]
    fresh.forget_all()
    cost(ovens[:1], [GOOD, HOT], 0)
    one = cost(ovens[:1], [HOT, HOT], 2)
    cost(ovens[1:], [GOOD, HOT], 0)

    assert Deviation.objects.count() == 5
    assert (cost(ovens, [HOT, HOT], 10), DeviationLot.objects.count()) == (one, 0 if reaction == "ALARM" else 5)


def test_a_lot_that_comes_while_it_goes_on_is_marked_once():
    oven = kiln(reaction="MARK")
    oven.arrive()
    oven.read([GOOD, HOT])
    second = oven.arrive(index=1, second=3) if len(oven.world.outputs) > 1 else None
    oven.read([HOT, HOT], start=4)
    oven.read([HOT], start=6)

    marked = list(DeviationLot.objects.order_by("lot").values_list("lot", flat=True))
    assert marked == sorted(lot.pk for lot in (oven.world.outputs[0], second) if lot)
