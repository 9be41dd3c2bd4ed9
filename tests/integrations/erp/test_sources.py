"""Devices push: batches in any order, wrong rows told one by one, and envelopes of IPC-CFX."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from integrations.models import Access, PlcHealth, PlcTag
from integrations.plc.commands import conditions
from integrations.plc.conditioning import Conditioner
from integrations.plc.queries.conditions import as_filter
from integrations.plc.tags import READING
from integrations.sources.cfx import envelopes
from mes.models import MachineState
from plant.models import DeviceEvent, Role
from tests import factories
from tests.integrations import factories as edge
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from traceability.models import Gap, Quality, Reading

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


@pytest.fixture(name="gateway")
def a_source():
    plc = edge.plc("GW", kind="push", host="")
    tag = edge.tag(plc, "torque")
    PlcTag.objects.filter(pk=tag.pk).update(scale=0.1, minimum=0, maximum=10, path="UnitsProcessed:Torque.Tip")
    PlcTag.objects.create(plc=plc, name="state", kind="state", path="StationStateChanged:NewState")
    PlcTag.objects.create(plc=plc, name="units", kind="scan", path="UnitsArrived:Units")
    return plc


def row(seconds=0, **more):
    return {"tag": "torque", "at": (timezone.now() - timedelta(seconds=seconds)).isoformat(), "value": 6, **more}


def test_a_batch_in_any_order_is_stored_once_and_wrong_rows_hold_nobody_up(gateway):
    rows = [row(1), row(3600 * 30, value=5), row(2, value="5,5"), row(3, tag="none"), row(4, value=500),
            row(-3600), row(5, quality="UNCERTAIN", value=7), row(6, tag="state", value=2)]
    first = caller().post("sources/GW/readings/", {"readings": rows}).json()
    again = caller().post("sources/GW/readings/", {"readings": rows}).json()

    assert (first["received"], first["stored"], again["stored"]) == (8, 5, 0)
    assert [one["index"] for one in first["refused"]] == [3, 5]
    assert list(Reading.objects.order_by("at").values_list("value", "quality")) == [
        (0.5, Quality.GOOD), (0.7, Quality.UNCERTAIN), (None, Quality.OUT_OF_RANGE), (None, Quality.BAD),
        (0.6, Quality.GOOD),
    ]
    assert MachineState.objects.get().state == "RUNNING"
    assert PlcHealth.objects.get().polls == 16


@pytest.mark.parametrize("batch", [
    {}, {"readings": []}, {"readings": [{"tag": "x"}]}, {"readings": [row(quality="?")]},
    {"readings": [row(value=[1])]},
])
def test_what_is_no_batch_is_400(gateway, batch):
    assert code_of(caller().post("sources/GW/readings/", batch)) == (400, "invalid", PROBLEM)


def test_a_source_that_is_polled_takes_no_push():
    edge.tag(edge.plc("P"), "torque")
    answer = caller().post("sources/P/readings/", {"readings": [row()]})
    assert code_of(answer)[:2] == (409, "source-takes-no-push")
    assert code_of(caller().post("sources/NONE/readings/", {"readings": [row()]}))[0] == 404


def envelope(name, body, **more):
    return {"MessageName": f"CFX.{name}", "TimeStamp": timezone.now().isoformat(), "UniqueID": "u1",
            "Source": "ACME.1", "MessageBody": body, **more}


def test_envelopes_give_readings_states_and_scans(gateway):
    units = {"PrimaryIdentifier": "PANEL", "Units": [{"UnitIdentifier": "SN-1"}, {"UnitIdentifier": "SN-2"}]}
    stage = {"CommonProcessData": {"Torque": {"Tip": 6.5}}}
    for sent in (
        envelope("Production.Processing.UnitsProcessed", {"$type": "x", **stage["CommonProcessData"]}),
        envelope("ResourcePerformance.StationStateChanged", {"NewState": "ReadyProcessingActive"}),
        envelope("Production.UnitsArrived", units), envelope("Production.UnitsArrived", units),
    ):
        assert caller().post("sources/GW/cfx/", sent).status_code == 200

    assert list(Reading.objects.values_list("value", flat=True)) == [0.65]
    assert MachineState.objects.get().state == "RUNNING"
    assert DeviceEvent.objects.filter(device="cfx:GW").count() == 2
    assert code_of(caller().post("sources/GW/cfx/", envelope("x", {}, MessageName="other")))[0] == 400


def test_lists_of_named_things_are_gone_into_by_name():
    at = "2026-03-02T08:00:00+08:00"
    voltage = {"MeasurementName": "Voltage", "MeasuredValue": 3.3, "TimeRecorded": at}
    told = envelopes.read(envelope("Production.TestAndInspection.UnitsTested", {
        "TestedUnits": [{"UnitIdentifier": "SN-1", "Tests": [{"TestName": "ICT", "Measurements": [voltage]}]}],
        "Values": [{"Name": "Zone3", "Value": "245.5"}, {"Name": "Note", "Value": "none"}], "Count": 2,
    }))
    found = {one.path: one.value for one in envelopes.facts(told)}

    assert found == {
        "UnitsTested:TestedUnits.ICT.Voltage": 3.3, "UnitsTested:Zone3": 245.5, "UnitsTested:Count": 2.0,
    }


def test_what_is_pushed_is_conditioned_as_what_is_polled(gateway):
    """In several batches, some of it twice, and it gives what the poller's arithmetic gives of all at once."""
    tag = PlcTag.objects.get(name="torque")
    settings = {"spike_window": 5, "spike_least": 0.05, "median_window": 1, "deadband": 0.0, "seconds": 2.0}
    by = factories.person("IT", Role.INTEGRATOR)
    row_of = conditions.set_up(tag=tag, settings=settings, by=by, at=timezone.now())
    start = timezone.now() - timedelta(minutes=2)
    said = [6, 6.1, 5.9, 6, 60, 6.1, 6, 5.9, 6.2, 6.1]
    rows = [{"tag": "torque", "at": (start + timedelta(seconds=n)).isoformat(), "value": one}
            for n, one in enumerate(said)]

    for some in (rows[:4], rows[4:5], rows[2:], rows):
        assert caller().post("sources/GW/readings/", {"readings": some}).status_code == 200

    table = np.array([(tag.stream_id, round((start.timestamp() + n) * 1e6), n, one / 10, 0)
                      for n, one in enumerate(said)], READING)
    expected = Conditioner([as_filter(row_of)]).run(table)[0]
    made = Reading.objects.filter(stream=row_of.stream).order_by("at")
    assert list(made.values_list("value", flat=True)) == pytest.approx(expected["value"].tolist())
    assert list(made.values_list("quality", flat=True)) == expected["quality"].tolist()
    assert [one.quality for one in made][4] == Quality.UNCERTAIN
    assert Reading.objects.filter(stream=tag.stream).count() == len(said)


def test_a_source_that_was_quiet_too_long_has_a_gap_and_one_that_brings_the_rest_has_none(gateway):
    Access.objects.create(plc=gateway, silent_s=60)
    now = timezone.now()
    caller().post("sources/GW/readings/", {"readings": [row(500)]})
    for quiet, first, gaps in ((30, 0, 0), (400, 390, 0), (400, 0, 1)):
        PlcHealth.objects.update(last_ok_at=now - timedelta(seconds=quiet))
        caller().post("sources/GW/readings/", {"readings": [row(first, seq=quiet), row(seq=quiet)]})
        assert Gap.objects.count() == gaps
