"""An instrument sends its code and a value: into the open sample of the inspection in hand, and never by a guess."""

import pytest
from django.utils import timezone

from plant.models import Role
from qms.commands import gauges, inspection_hands, instruments
from qms.commands.inspections import ResultRefused
from qms.models import InspectionResult
from tests import factories
from tests.qms import factories as make
from tests.qms.commands.test_gauges import DAY, demanded, gauge
from tests.qms.commands.test_inspections import inspector

pytestmark = pytest.mark.django_db


@pytest.fixture(name="now")
def moment():
    return timezone.now()


@pytest.fixture(name="caliper")
def caliper_in_calibration(now):
    return gauge(done=now - DAY, until=now + DAY)


def in_hand(lot, who, now):
    return inspection_hands.take_on(inspection=demanded(make.board(lot), trigger=lot), by=who, at=now)


def hear(caliper, value, now):
    return instruments.hear(gauge=caliper, value=value, by=inspector(), at=now)


def test_values_fill_the_samples_in_order_and_one_too_many_is_refused(caliper, now):
    one = in_hand("B-1", inspector(), now)

    for value in (240.0, 241.0):
        hear(caliper, value, now)

    assert list(one.items.get().results.order_by("sample").values_list("sample", "value", "gauge__code")) == [
        (1, 240.0, "CAL-1"), (2, 241.0, "CAL-1")]
    with pytest.raises(ResultRefused) as told:
        hear(caliper, 242.0, now)
    assert told.value.code == "nothing-in-hand"


def test_an_inspection_that_nobody_took_on_takes_nothing(caliper, now):
    demanded(make.board("B-1"))

    with pytest.raises(ResultRefused):
        hear(caliper, 240.0, now)

    assert not InspectionResult.objects.exists()


def test_of_two_in_hand_the_one_of_whoever_has_the_gauge_counts(caliper, now):
    other = factories.person("QC2", Role.INSPECTOR)
    in_hand("B-1", inspector(), now)
    theirs = in_hand("B-2", other, now)
    with pytest.raises(ResultRefused) as told:
        hear(caliper, 240.0, now)
    assert (told.value.code, theirs.number in str(told.value)) == ("not-clear", True)

    gauges.lend(gauge=caliper, person=other, station=None, back_by=None, by=make.engineer(), at=now)

    assert hear(caliper, 240.0, now).item.inspection == theirs


def test_without_a_loan_the_one_that_it_measured_for_last_goes_on(caliper, now):
    first = in_hand("B-1", inspector(), now)
    hear(caliper, 240.0, now)
    in_hand("B-2", inspector(), now)

    assert hear(caliper, 241.0, now).item.inspection == first
