"""A chart watches the parameter that its control plan line asks for."""

import pytest

from plant.models import JournalEntry
from spc.commands import charts
from spc.engine.rule import Rule
from spc.engine.rules import NELSON
from tests.factories import NOW
from tests.qms.factories import engineer
from tests.spc import factories
from tests.spc.factories import at, calm

pytestmark = pytest.mark.django_db


def test_create_takes_a_rule_set_by_name():
    chart = factories.chart(rules="nelson")
    assert [Rule.from_dict(data) for data in chart.rules] == list(NELSON)


@pytest.mark.parametrize("fields", [
    {"subgroup_size": 5}, {"kind": "XBAR_S"}, {"kind": "XBAR_R"},
    {"kind": "XBAR_R", "subgroup_size": 26}, {"rules": "unheard"},
    {"rules": []}, {"rules": [NELSON[0], NELSON[0]]}, {"rules": [NELSON[1], Rule(kind="trend", k=7, missing="bridge")]},
])  # fmt: skip
def test_create_refuses_what_makes_no_sense(fields):
    with pytest.raises(charts.ChartRefused):
        factories.chart(**fields)


def test_create_refuses_a_stream_of_another_parameter():
    with pytest.raises(charts.ChartRefused):
        factories.chart(stream=factories.stream("OVEN.SPEED", "SPEED"))


def test_change_rules_is_journalled_with_both_sets():
    chart = factories.chart()
    charts.change_rules(chart=chart, rules="western-electric", reason="Customer asks", by=engineer(), at=NOW)
    entry = JournalEntry.objects.get(kind="chart.rules-changed")
    assert (len(entry.data["from"]), len(entry.data["to"]), entry.reason) == (3, 4, "Customer asks")


def test_change_rules_needs_a_reason():
    with pytest.raises(charts.ChartRefused):
        charts.change_rules(chart=factories.chart(), rules="nelson", reason="", by=engineer(), at=NOW)


def test_a_revived_chart_judges_from_then_on_and_never_what_came_while_it_was_retired():
    chart = factories.chart()
    factories.read(chart, calm(40))
    charts.retire(chart=chart, reason="The oven rests", by=engineer(), at=at(50))
    factories.read(chart, [200.0], 60)
    chart = charts.revive(chart=chart, reason="The oven is back", by=engineer(), at=at(70))

    assert factories.read(chart, calm(5), 80) == []
    [violation] = factories.read(chart, [200.0], 90)
    assert violation.at == at(90)


def test_a_late_reading_of_the_time_in_which_a_chart_was_retired_is_not_judged():
    chart = factories.chart()
    factories.read(chart, calm(40))
    charts.retire(chart=chart, reason="The oven rests", by=engineer(), at=at(50))
    chart = charts.revive(chart=chart, reason="The oven is back", by=engineer(), at=at(70))
    factories.read(chart, calm(5), 80)

    assert factories.read(chart, [200.0], 60, since=at(60)) == []
    assert factories.read(chart, [200.0], 72, since=at(72)) != []
