"""Definitions make charts of what turns up, each once; a changed one offers its change and touches no frozen limits."""

import pytest

from plant.models import JournalEntry
from plant.policies import Forbidden
from plant.queries import persons
from spc.commands import definitions
from spc.commands.definitions import DefinitionRefused
from spc.models import ControlChart
from spc.queries import definitions as queries
from tests.factories import NOW, person, received, station
from tests.qms.factories import engineer, plan_line
from tests.spc import factories
from tests.spc.factories import at
from traceability.commands import visits

pytestmark = pytest.mark.django_db


def defined(**fields):
    line = plan_line()
    wanted = {"code": "ZONES", "name": "Zones", "parameter": line.characteristic.parameter, "equipment": station(),
              "by": engineer(), "at": NOW, **fields}
    return definitions.create(**wanted)


def reporting(code):
    """A stream that has readings."""
    stream = factories.stream(code)
    stream.last_at = at(10)
    stream.save()
    return stream


def spread(definition):
    return definitions.spread(definition=definition, by=persons.system("spc"), at=NOW)


def test_each_combination_that_turns_up_gets_one_chart():
    definition = defined(kind="EWMA", settings={"lambda": 0.1})
    factories.stream("SILENT")
    reporting("OVEN.A")
    assert [one.code for one in spread(definition)] == ["ZONES.OVEN.A"]
    assert spread(definition) == []
    reporting("OVEN.B")
    [chart] = spread(definition)
    assert (chart.kind, chart.settings["lambda"], chart.limit_sets.count()) == ("EWMA", 0.1, 0)


def test_a_product_gets_its_chart_once_it_runs_there():
    definition = defined(keys=["product"])
    stream = reporting("OVEN.A")
    assert spread(definition) == []
    lot = received("L1", material=plan_line().plan.material)
    visits.arrive(lot=lot, equipment=stream.equipment, by=factories.by(), at=NOW)
    [chart] = spread(definition)
    assert chart.only_its_product
    assert chart.definition_key == f"OVEN.A|{lot.material.code}"


def test_a_change_is_offered_and_leaves_what_limits_rest_on():
    definition = defined()
    reporting("OVEN.A")
    reporting("OVEN.B")
    limited, _fresh = spread(definition)
    factories.limit(limited)
    changed = definitions.change(
        definition=definition, reason="Fewer alarms", by=engineer(), at=NOW, name="Zones", rules="seven-rising",
        sampling="TIME", every_seconds=60,
    )
    assert ControlChart.objects.filter(sampling="TIME").count() == 0
    first, second = queries.offers(changed, NOW)
    assert [one.field for one in first.changes] == ["rules"]
    assert [one.field for one in first.stays] == ["sampling", "every_seconds"]
    codes = [limited.code, second.chart.code]
    definitions.apply(definition=changed, chart_codes=codes, reason="As tried", by=engineer(), at=NOW)
    limited.refresh_from_db()
    assert (limited.rules, limited.sampling) == (changed.rules, "IN_A_ROW")
    assert JournalEntry.objects.filter(kind="chart.definition-applied").count() == 2
    assert [one.changes for one in queries.offers(changed, NOW)] == [[]]


def test_only_quality_defines_charts_and_nobody_twice():
    with pytest.raises(Forbidden):
        defined(by=person("P9", "OPERATOR"))
    definition = defined()
    with pytest.raises(DefinitionRefused):
        defined()
    definitions.switch(definition=definition, active=False, reason="Not now", by=engineer(), at=NOW)
    reporting("OVEN.A")
    assert spread(definition) == []
