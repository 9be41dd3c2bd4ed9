"""Trying rules on what is stored: what they would have found, which lots they would have held, nothing written."""

import pytest

from spc.engine.rules import NELSON, WESTERN_ELECTRIC
from spc.models import Violation
from spc.queries import trials
from tests.factories import NOW, received, station
from tests.qms.factories import reaction
from tests.spc import factories
from tests.spc.factories import START, at, by, calm
from traceability.commands import visits
from traceability.models import Hold

pytestmark = pytest.mark.django_db


def run(chart, rules=NELSON):
    return trials.run(chart, rules, START, NOW)


def test_run_names_the_lots_that_stood_there_since_the_last_good_reading():
    chart, held, gone = factories.chart(), received("L1"), received("L2")
    reaction(hold_lots=True)
    visits.arrive(lot=gone, equipment=station(), by=by(), at=at(1))
    visits.depart(lot=gone, equipment=station(), at=at(20))
    visits.arrive(lot=held, equipment=station(), by=by(), at=at(25))
    factories.store(chart, [*calm(40), 244.0, *calm(20)])

    found = run(chart)

    assert [(alarm.at, alarm.suspect_from, alarm.lots) for alarm in found.alarms] == [(at(40), at(39), [held])]
    assert (found.opened, found.lots_held, found.points) == (1, 1, 61)
    assert (Violation.objects.count(), Hold.objects.count()) == (0, 0)


def test_run_counts_by_rule_and_beside_the_rules_of_now():
    chart = factories.chart(rules=WESTERN_ELECTRIC)
    factories.store(chart, [*calm(30), *(240 + n / 10 for n in range(6)), *calm(30)])

    found = run(chart)

    tallies = {one.rule: (one.opened, one.involved) for one in found.tallies}
    assert (found.opened, found.opened_now) == (1, 0)
    assert tallies["trend-6"] == (1, 1)
    assert tallies["beyond-3s"] == (0, 0)


def test_run_without_limits_says_so():
    chart = factories.chart(limited=False)
    factories.store(chart, calm(20))
    assert (run(chart).judged, run(chart).opened) == (False, 0)


def test_run_without_a_reaction_plan_only_alarms():
    chart = factories.chart()
    factories.store(chart, [*calm(40), 244.0])
    [alarm] = run(chart).alarms
    assert (alarm.holds, alarm.lots) == (False, [])
