"""What is judged by eye: counted by several people, with defects, corrected beside the old count."""

import pytest

from plant.models import ReasonCode, ReasonUse
from qms.commands import counting, inspections
from qms.models import InspectionCount, InspectionDefect
from tests.factories import NOW, person
from tests.qms import factories as make

pytestmark = pytest.mark.django_db


def inspector(number="QC"):
    return person(number, "INSPECTOR")


def defect(code="SCRATCH"):
    return ReasonCode.objects.get_or_create(use=ReasonUse.DEFECT, code=code, defaults={"name": code})[0]


def task(**fields):
    line = make.plan_line("LOOK", method="INSPECTION", **{"sample_size": 10, **fields})
    line.characteristic.lower = line.characteristic.upper = None
    line.characteristic.is_counted = True
    line.characteristic.save()
    return inspections.create(
        kind="FQC", lot=make.board("B1", 500), trigger="WO1/B1", by=make.operator(), lines=[line], at=NOW, blocking=True
    )


def count(one, inspected, found=0, defects=None, by=None, **fields):
    return counting.count(
        inspection=one, item=one.items.get(), inspected=inspected, found=found, defects=defects or {},
        by=by or inspector(), at=NOW, **fields,
    )


def test_several_people_share_a_sample():
    one = task()
    count(one, 6)
    with pytest.raises(inspections.NotMeasured):
        inspections.decide(inspection=one, by=inspector(), at=NOW)
    count(one, 4, by=inspector("QC2"))

    assert inspections.decide(inspection=one, by=inspector(), at=NOW).verdict == "PASS"


def test_defects_are_kept_by_kind_and_one_bad_piece_fails_the_lot():
    one = task()

    count(one, 10, 2, {defect(): 2, defect("DENT"): 1})

    assert set(InspectionDefect.objects.values_list("reason__code", "quantity")) == {("SCRATCH", 2), ("DENT", 1)}
    assert inspections.decide(inspection=one, by=inspector(), at=NOW).verdict == "FAIL"


@pytest.mark.parametrize(("inspected", "found", "defects"), [(11, 0, 0), (0, 0, 0), (5, 6, 6), (5, 2, 1), (5, -1, 0)])
def test_numbers_that_cannot_be_are_refused(inspected, found, defects):
    with pytest.raises(inspections.ResultRefused):
        count(task(), inspected, found, {defect(): defects})

    assert not InspectionCount.objects.exists()


def test_a_correction_stands_beside_the_old_count():
    one = task()
    wrong = count(one, 10, 1, {defect(): 1})
    with pytest.raises(inspections.ResultRefused):
        count(one, 10, supersedes=wrong)

    count(one, 10, supersedes=wrong, reason="Only dust")

    assert inspections.decide(inspection=one, by=inspector(), at=NOW).verdict == "PASS"
    assert InspectionCount.objects.count() == 2


def test_above_ten_percent_every_fault_counts():
    one = task(sampling="AQL", aql="15")
    item = one.items.get()
    assert (item.sample_size, item.ac) == (50, 14)

    count(one, 50, 0, {defect(): 15})

    assert inspections.decide(inspection=one, by=inspector(), at=NOW).verdict == "FAIL"


def test_a_measured_characteristic_takes_no_counts():
    line = make.plan_line(method="INSPECTION")
    one = inspections.create(
        kind="FQC", lot=make.board("B1"), trigger="t", by=make.operator(), lines=[line], at=NOW, blocking=True
    )
    with pytest.raises(inspections.ResultRefused):
        count(one, 1)
