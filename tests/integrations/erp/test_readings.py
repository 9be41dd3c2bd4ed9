"""Readings from other systems, and quality read back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plant.models import Parameter, Unit
from spc.commands import violations
from tests import factories
from tests.factories import NOW
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.qms.factories import engineer
from tests.spc import factories as on_charts
from traceability.models import Reading, Stream

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


@pytest.fixture(name="stream")
def a_stream():
    unit = Unit.objects.get_or_create(code="CEL", defaults={"name": "degree", "symbol": "°C"})[0]
    parameter = Parameter.objects.create(code="TEMP", name="Temperature", unit=unit)
    return Stream.objects.create(code="temp", parameter=parameter, equipment=factories.station("OVEN"))


def reading(**more):
    return {"stream": "temp", "at": timezone.now().isoformat(), "value": "250.25", "seq": 1, **more}


def test_readings_are_stored_once(stream):
    erp, batch = caller(), {"readings": [reading(), reading(seq=2, value=251), reading(seq=3, value=None)]}
    assert erp.post("readings/", batch).json() == {"received": 3, "stored": 3}
    assert erp.post("readings/", batch).json() == {"received": 3, "stored": 0}
    assert list(Reading.objects.order_by("seq").values_list("value", flat=True)) == [250.25, 251.0, None]


@pytest.mark.parametrize("change", [
    {"value": "NaN"}, {"value": "1e400"}, {"value": "-Infinity"}, {"value": "١٢"}, {"value": True}, {"value": "1_0"},
    {"seq": -1}, {"seq": 2**63}, {"seq": "١"}, {"stream": "none"}, {"stream": ""}, {"at": "x"},
    {"at": "0001-01-01T00:00:00Z"}, {"at": "9999-12-31T23:59:59Z"},
    {"at": (timezone.now() + timedelta(hours=1)).isoformat()},
])  # fmt: skip
def test_one_bad_reading_refuses_the_batch(stream, change):
    answer = caller().post("readings/", {"readings": [reading(), reading(**{"seq": 2, **change})]})
    assert code_of(answer) == (400, "invalid", PROBLEM)
    assert Reading.objects.count() == 0


@pytest.mark.parametrize("batch", [{}, {"readings": []}, {"readings": "x"}, {"readings": [5]}])
def test_a_batch_that_is_none_is_400(stream, batch):
    assert code_of(caller().post("readings/", batch)) == (400, "invalid", PROBLEM)


def test_quality_is_read():
    erp = caller()
    assert erp.get("violations/").json() == {"results": [], "next": None}
    assert code_of(erp.get("nonconformances/NONE/")) == (404, "not-found", PROBLEM)


def test_a_violation_says_until_when_it_was_put_off_and_what_caused_it():
    chart = on_charts.chart()
    [violation] = on_charts.read(chart, [*on_charts.calm(30), 260.0])
    violations.acknowledge(violation=violation, by=engineer(), at=NOW)
    said = {"assignable_cause": "Blower worn", "action_taken": "Blower replaced"}
    violations.close(violation=violation, **said, by=engineer(), at=NOW)
    [told] = caller().get("violations/").json()["results"]
    assert said.items() <= told.items()
    assert told["snoozed_until"] is None
    assert told["closed_at"].startswith(f"{NOW:%Y-%m-%d}")
