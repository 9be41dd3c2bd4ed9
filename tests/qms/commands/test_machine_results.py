"""A file of a measuring machine fills the inspection that asks for its characteristics."""

from decimal import Decimal

import pytest

from qms.commands import inspections, machine_results
from qms.models import InspectionResult
from tests.factories import NOW, person
from tests.qms import factories as make
from tests.qms.test_qif import read, small

pytestmark = pytest.mark.django_db
PARTS = [(5.05, 0.1), (4.95, 0.3)]


def inspector():
    return person("QC", "INSPECTOR")


def task(code="d1"):
    line = make.plan_line(code, method="INSPECTION", sample_size=2)
    line.characteristic.lower, line.characteristic.upper = 4.9, 5.1
    line.characteristic.save()
    return inspections.create(
        kind="FQC", lot=make.board("B1", Decimal(2)), trigger="t", by=make.operator(), lines=[line], at=NOW
    )


def take(one, parts=PARTS):
    return machine_results.take(inspection=one, results=read(small(*parts)), by=inspector(), at=NOW)


def test_parts_are_samples_and_what_is_not_asked_for_is_named():
    one = task()

    taken = take(one)

    assert (taken.recorded, taken.unmatched) == (2, ["F1"])
    assert list(InspectionResult.objects.values_list("sample", "value")) == [(1, 5.05), (2, 4.95)]
    assert inspections.decide(inspection=one, by=inspector(), at=NOW).verdict == "PASS"


def test_the_same_file_once_more_changes_nothing():
    one = task()
    take(one)

    assert (take(one).known, InspectionResult.objects.count()) == (2, 2)


def test_another_value_for_a_sample_is_no_correction():
    one = task()
    take(one)
    with pytest.raises(inspections.ResultRefused):
        take(one, [(5.0, 0.1)])

    assert InspectionResult.objects.count() == 2


def test_a_file_of_something_else_is_refused():
    with pytest.raises(inspections.ResultRefused, match="None of the file"):
        take(task("OTHER"))
