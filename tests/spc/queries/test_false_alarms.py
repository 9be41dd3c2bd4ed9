"""What rules cost at a chart's pace (run lengths: Champ & Woodall, Technometrics 29 (1987) 393)."""

import pytest

from spc.engine.rules import WESTERN_ELECTRIC
from spc.queries import false_alarms
from tests.spc import factories

pytestmark = pytest.mark.django_db


def test_of_tells_published_run_lengths_at_the_pace_of_the_stream():
    cost = false_alarms.of(factories.chart(), WESTERN_ELECTRIC)
    assert (cost.in_control, cost.after_shift) == (pytest.approx(91.75, abs=0.01), pytest.approx(9.22, abs=0.5))
    assert cost.a_week == pytest.approx(7 * 86_400 / 91.75, rel=1e-3)


@pytest.mark.parametrize(("fields", "pace"), [
    ({}, 3600), ({"kind": "XBAR_R", "subgroup_size": 5}, 720), ({"sampling": "TIME", "every_seconds": 60}, 60),
    ({"sampling": "LOT"}, None),
])  # fmt: skip
def test_points_per_hour_follow_the_sampling(fields, pace):
    assert false_alarms.points_per_hour(factories.chart(**fields)) == pace
