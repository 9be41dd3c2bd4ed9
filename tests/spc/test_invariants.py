"""The checkers of process control find nothing after honest work, and the row that breaks a rule."""

from datetime import timedelta

import pytest
from django.db import connection

from spc.invariants import register
from spc.models import ControlChart, Violation
from tests.qms.factories import board, reaction
from tests.spc import factories
from tests.spc.factories import calm
from traceability import invariants

pytestmark = pytest.mark.django_db


def broken() -> set[str]:
    return {found.invariant.name for found in invariants.check(("I36", "I37")) if found.offenders}


def scene() -> Violation:
    reaction()
    board("B1")
    [violation] = factories.read(factories.chart(), [*calm(20), 244.0, 240.0, 244.0])
    return violation


def test_honest_work_breaks_no_rule():
    scene()
    assert (broken(), register is invariants.register) == (set(), True)


def test_a_violation_with_a_foreign_nonconformance_is_found():
    violation = scene()
    other = Violation.objects.create(
        chart=factories.chart("OTHER"), limits=violation.limits, rule="x", at=violation.at, seq=1, value=1.0,
        last_at=violation.last_at, owner_role="OPERATOR", respond_by=violation.at, detected_at=violation.at,
        nonconformance=violation.nonconformance,
    )
    assert other.pk
    assert broken() == {"one-nonconformance-for-a-violation", "flags-belong-to-their-violation"}


def test_a_reading_that_nobody_judged_is_found():
    violation = scene()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL zz.packing = 'on'")  # past the wall that keeps readings as they are
        cursor.execute("UPDATE traceability_reading SET recorded_at = recorded_at - interval '1 hour'")
    ControlChart.objects.update(evaluated_at=violation.at - timedelta(seconds=5))
    assert broken() == {"every-reading-is-judged"}
