"""The sweep finds what nobody judged: after a crash, and when a reading came late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from spc import tasks
from spc.models import ControlChart, Violation
from spc.queries import lagging
from tests.factories import NOW
from tests.spc import factories
from tests.spc.factories import calm
from traceability.commands import readings

pytestmark = pytest.mark.django_db


def test_sweep_judges_what_was_only_stored():
    chart = factories.chart()
    factories.store(chart, [*calm(20), 244.0])
    assert (tasks.sweep(), Violation.objects.count()) == (1, 1)
    assert (tasks.sweep(), lagging.streams()) == (0, [])


def test_sweep_judges_what_came_late(monkeypatch):
    monkeypatch.setattr(factories, "START", timezone.now() - timedelta(minutes=5))
    chart = factories.chart()
    rows = factories.rows(chart, [*calm(20), 244.0, *calm(20)])
    late = rows.pop(20)
    readings.record(rows=rows)
    assert factories.judge(chart, at=timezone.now()) == []
    readings.record(rows=[late])
    assert (tasks.sweep(), Violation.objects.get().seq) == (1, 20)


def test_escalate_counts_the_unanswered():
    factories.read(factories.chart(), [*calm(20), 244.0])
    assert (tasks.escalate(), Violation.objects.get().escalations) == (1, 1)
    assert ControlChart.objects.get().evaluated_at < NOW
