"""What people measure at a station names its gauge; a review of a wrong gauge finds it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from mes.commands import operator_checks
from mes.commands.data_values import Entered
from mes.models import CheckValue, DataItem, DataValue, OperatorCheck
from plant.models import Tracking
from qms.commands import measuring
from qms.models import ImpactReview
from tests.factories import NOW
from tests.mes import factories
from tests.mes.checks_world import rule
from tests.mes.commands import test_data_values as values
from tests.qms.commands.test_gauges import calibrate, gauge, kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = factories.world(5)
    made.ready(5)
    return made


def enter(world, item, mine):
    told = {"station": world.stations["MOUNT"], "lot": world.outputs[0], "by": world.operator, "at": NOW}
    return values.data_values.record(entered=[Entered(item, "4.5", gauge=mine)], **told)[0]


def test_a_value_at_an_operation_takes_a_gauge_that_may_measure(world):
    item, mine = values.torque(gauge_type=kind()), gauge(until=NOW + timedelta(days=1))
    values.start(world)
    for bad in (None, gauge("CAL-2", until=NOW - timedelta(days=1))):
        with pytest.raises(measuring.MayNotMeasure):
            enter(world, item, bad)

    made = enter(world, item, mine)

    assert made.gauge == mine
    made.pk, made.gauge = None, None
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        made.save(force_insert=True)
    assert refused.value.__cause__.pgcode in {"ZZ030", "23505"}


def test_a_review_finds_what_a_station_measured(world):
    mine = gauge()
    item = values.torque(gauge_type=kind())
    values.start(world)
    enter(world, item, mine)

    calibrate(mine, NOW + timedelta(hours=1), at=NOW + timedelta(hours=1))

    found = ImpactReview.objects.get().items.get()
    assert (found.source, found.lot, DataValue.objects.get().text in found.title) == ("data", world.outputs[0], True)


def test_a_check_takes_its_gauge_too():
    world = factories.world(2, Tracking.SERIAL)
    world.ready(2)
    rule()
    item = DataItem.objects.get()
    DataItem.objects.update(gauge_type=kind())
    world.scan(world.outputs[0].number)
    check, mine = OperatorCheck.objects.get(), gauge()
    told = {"check": check, "is_good": True, "by": world.operator, "at": NOW}
    with pytest.raises(measuring.MayNotMeasure):
        operator_checks.carry_out(entered=[Entered(item, "4.5")], **told)

    operator_checks.carry_out(entered=[Entered(item, "4.5", gauge=mine)], **told)

    assert CheckValue.objects.get().gauge == mine
