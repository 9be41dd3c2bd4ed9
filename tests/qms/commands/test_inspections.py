"""Inspection tasks: once per trigger, measured by sample, decided by the numbers."""

import math

import pytest

from qms.commands import inspections
from qms.models import Inspection, InspectionResult, Nonconformance
from tests.factories import NOW, person
from tests.qms import factories as make
from traceability.models import Hold

pytestmark = pytest.mark.django_db


def inspector():
    return person("QC", "INSPECTOR")


def task(lot=None, **fields):
    asked = {"kind": "IPQC", "lot": lot or make.board("B1"), "trigger": "WO1/REFLOW/B1", "by": make.operator(),
             "lines": [make.plan_line(method="INSPECTION", sample_size=2)], "at": NOW, "blocking": True, **fields}
    return inspections.create(**asked)


def measure(one, *values, **fields):
    for sample, value in enumerate(values, start=1):
        inspections.record(
            inspection=one, item=one.items.get(), sample=sample, value=value, by=inspector(), at=NOW, **fields
        )


def test_create_twice_for_one_trigger_makes_one_task_and_one_hold():
    lot = make.board("B1")

    assert task(lot) == task(lot)

    assert (Inspection.objects.count(), Hold.objects.count()) == (1, 1)


def test_record_judges_each_value_by_the_limits_of_the_task():
    one = task()

    measure(one, 240.0, 245.1)

    assert list(InspectionResult.objects.values_list("passed", flat=True)) == [True, False]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e301])
def test_record_refuses_what_is_no_number(value):
    with pytest.raises(inspections.ResultRefused):
        measure(task(), value)


def test_record_again_needs_a_reason_and_keeps_the_old_value():
    one = task()
    measure(one, 250.0)
    with pytest.raises(inspections.ResultRefused):
        measure(one, 240.0)

    measure(one, 240.0, supersedes_reason="Typed wrongly")

    assert list(InspectionResult.objects.order_by("id").values_list("value", flat=True)) == [250.0, 240.0]


def test_decide_before_everything_is_measured_is_refused():
    one = task()
    measure(one, 240.0)

    with pytest.raises(inspections.NotMeasured):
        inspections.decide(inspection=one, by=inspector(), at=NOW)


def test_decide_pass_frees_the_lot():
    one = task()
    measure(one, 240.0, 241.0)

    done = inspections.decide(inspection=one, by=inspector(), at=NOW)

    one.lot.refresh_from_db()
    assert (done.verdict, one.lot.status) == ("PASS", "AVAILABLE")


def test_decide_fail_opens_a_nonconformance_that_holds_the_lot():
    one = task()
    measure(one, 240.0, 250.0)

    inspections.decide(inspection=one, by=inspector(), at=NOW)

    case = Nonconformance.objects.get()
    held = Hold.objects.get(released_at__isnull=True)
    assert (case.source_id, held.cause_id, held.lot) == (one.number, case.number, one.lot)
