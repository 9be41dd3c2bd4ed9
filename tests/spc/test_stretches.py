"""Stretches told from a whole series are the violations that watching it live opens."""

import pytest

from spc import judging, rulebook, stretches
from spc.engine.rules import NELSON
from spc.models import Violation
from spc.points import plotted
from spc.queries import limits, windows
from tests.spc import factories
from tests.spc.factories import at, calm

pytestmark = pytest.mark.django_db
STORIES = {
    "one": [*calm(40), 244.0, *calm(20)], "two": [*calm(30), 244.0, *calm(12), 236.0, *calm(20)],
    "close": [*calm(30), 244.0, *calm(5), 236.0, *calm(20)], "first": [250.0, *calm(20)],
    "drift": [*calm(30), *(240 + n / 5 for n in range(25)), *calm(30)],
    "gap": [*calm(30), 244.0, None, 244.5, *calm(9)],
    "quiet": calm(60),
}


@pytest.mark.parametrize("name", STORIES)
def test_find_tells_the_violations_that_live_judging_opens(name):
    chart = factories.chart(rules=NELSON)
    for second, value in enumerate(STORIES[name]):
        factories.read(chart, [value], second)
    points = plotted(windows.between(chart.stream_id, at(-9), at(999), 9999))
    case = judging.Case(points, len(points.values), limits.by_chart([chart.pk])[chart.pk], rulebook.parse(chart.rules))

    found = stretches.find(points, judging.judge([case])[0])

    live = Violation.objects.order_by("at").values_list("at", "rule", "last_at")
    assert [(points.at[s.first], s.rules[0], points.at[s.last]) for s in found] == list(live)
    goods = [v.last_good_at for v in Violation.objects.order_by("at")]
    assert [s.last_good_at or at(0) for s in found] == goods
