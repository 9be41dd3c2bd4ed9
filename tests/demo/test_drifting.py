"""The demonstration's page, and the drift that reaches a real Modbus server."""

import subprocess
import sys
import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from demo import drifting
from ops.paths import ROOT
from ops.ports import answers, any_free, several_free
from plant.models import JournalEntry, Role
from plant.policies import Forbidden
from tests import factories
from tests.integrations import factories as edge

pytestmark = [pytest.mark.django_db]


@pytest.fixture(name="port", scope="module")
def simulator():
    port, other = several_free(2)
    words = ["-m", "integrations.plc.simulator", "--port-a", str(port), "--port-b", str(other)]
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT)
    until = time.monotonic() + 20
    while not answers(port) and time.monotonic() < until:
        time.sleep(0.05)
    yield port
    process.terminate()
    process.wait(10)


@pytest.fixture(name="oven")
def an_oven(settings):
    settings.DEMO = True
    return edge.plc("PLC-OVEN", port=any_free())


def test_the_command_starts_and_ends_the_drift(oven, port, capsys):
    type(oven).objects.update(port=port)
    call_command("drift", "start")
    call_command("drift", "stop")
    assert capsys.readouterr().out.split("\n")[:2] == ["zone3_setpoint = 253", "zone3_setpoint = 245"]


def test_the_button_starts_the_drift_and_the_journal_knows_who(oven, port):
    type(oven).objects.update(port=port)
    client, me = Client(), factories.person("ME", Role.VIEWER, language="en")
    client.force_login(me)
    page = client.post("/demo/drift/start/", follow=True).content.decode()

    entry = JournalEntry.objects.get(kind="plc.setpoint_written")
    assert "253 °C" in page
    assert (entry.actor, entry.data) == ("ME", {"register": "zone3_setpoint", "value": 253.0})
    assert client.get("/demo/drift/start/").status_code == 405


def test_a_controller_that_does_not_answer_is_told(oven):
    with pytest.raises(drifting.NotWritten):
        drifting.start(by=factories.person("ME", Role.VIEWER), at=timezone.now())
    with pytest.raises(CommandError):
        call_command("drift", "start")


def test_only_setpoints_are_written(oven):
    with pytest.raises(drifting.NotWritten):
        drifting.start(by=factories.person("ME", Role.VIEWER), at=timezone.now(), register="heartbeat")


def test_a_plant_that_is_no_demonstration_refuses(oven, settings):
    settings.DEMO = False
    with pytest.raises(drifting.NoDemonstration):
        drifting.start(by=factories.person("ME", Role.VIEWER), at=timezone.now())


def test_a_person_without_role_may_not(oven):
    with pytest.raises(Forbidden):
        drifting.start(by=factories.person("NOBODY"), at=timezone.now())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_tour_is_drawn_with_and_without_a_plant(settings, tmp_path, language):
    settings.VAR_DIR = tmp_path
    client = Client()
    client.force_login(factories.person("ME", Role.VIEWER, language=language))
    assert client.get("/demo/").status_code == 200
    edge.tag(edge.plc("PLC-OVEN"))
    assert "series.json" in client.get("/demo/").content.decode()
