"""How often a rule was right, and how long people take to answer (R183, R198)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from plant.models import Role
from spc.commands import violations
from spc.models import Violation
from spc.queries import answering
from tests.factories import NOW, person
from tests.qms.factories import engineer
from tests.spc import factories
from tests.spc.factories import calm

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def answered(start: int, minutes: int, *, false: bool = False) -> Violation:
    """An alarm of the one chart that is taken on and settled so many minutes after it was found."""
    chart = Violation.objects.first().chart if Violation.objects.exists() else factories.chart()
    [found] = factories.read(chart, [*calm(20), 250.0], start=start)
    taken = violations.acknowledge(violation=found, by=engineer(), at=NOW + minutes * MINUTE)
    told = {"violation": taken, "by": engineer(), "at": NOW + 2 * minutes * MINUTE}
    if false:
        return violations.dismiss(reason="Probe", **told)
    return violations.close(assignable_cause="Fan", action_taken="New", **told)


def test_a_rule_is_counted_right_and_wrong():
    answered(0, 10)
    answered(30, 20, false=True)
    answered(60, 60)
    [row] = answering.by_rule(NOW - answering.PERIOD)
    assert (row.raised, row.real, row.false) == (3, 2, 1)
    assert (round(row.share, 3), row.to_acknowledge, row.to_close) == (0.333, 20.0, 40.0)


def test_nothing_is_told_of_before_the_period():
    answered(0, 10)
    assert list(answering.by_rule(NOW + MINUTE)) == []


@pytest.mark.parametrize(
    ("real", "false", "tone"), [(2, 2, "unknown"), (5, 5, "failed"), (7, 3, "warning"), (9, 1, "done")]
)
def test_advice_follows_the_share_of_false_alarms(real, false, tone):
    row = SimpleNamespace(real=real, false=false, share=false / (real + false))
    assert answering.advice(row)[0] == tone


def test_times_are_grouped_by_line_shift_and_role():
    answered(0, 10)
    answered(30, 30)
    [group] = answering.grouped(person("V", Role.VIEWER), NOW - answering.MONTH)
    assert (group.raised, group.in_time, group.to_acknowledge, group.to_close) == (2, 2, 20.0, 40.0)
