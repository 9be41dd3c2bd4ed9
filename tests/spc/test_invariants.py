"""The checker of charts names a chart with two running violations."""

import pytest

from spc.models import Violation
from tests.factories import NOW
from tests.traceability.breaking import broken, no_walls, sql

pytestmark = pytest.mark.django_db


def test_i36_names_the_first_of_two_running_violations() -> None:
    sql("DROP INDEX violation_one_running")
    fields = {
        "chart_id": 7, "limits_id": 1, "rule": "nelson-1", "at": NOW, "value": 1.0, "last_at": NOW, "respond_by": NOW,
        "detected_at": NOW, "owner_role": "QUALITY_ENGINEER",
    }
    with no_walls():
        first = Violation.objects.create(seq=1, **fields)
        Violation.objects.create(seq=2, **fields)
    assert broken("I36") == {"I36 one-running-violation-per-chart": [str(first.pk)]}
    sql("DELETE FROM spc_violation")
