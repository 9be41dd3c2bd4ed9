"""Explaining a stop at the station, with gloves on: choose the stretch, choose the reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mes.commands import machines
from mes.models import StopReason
from mes.tablet import stops
from plant.models import Equipment
from plant.queries.persons import system
from tests.mes import factories
from tests.mes.tablet.test_station import badge, sign_on

pytestmark = pytest.mark.django_db
URL = "station:stop"


@pytest.fixture
def stood(client):
    """A machine that stood for half an hour, ran, and stands now."""
    made = factories.world()
    badge(made.operator), sign_on(client, "B-OP")
    mount, now = Equipment.objects.get(code="MOUNT"), timezone.now()
    for minutes, state in ((90, "RUNNING"), (60, "IDLE"), (30, "RUNNING"), (10, "ALARM")):
        at = now - timedelta(minutes=minutes)
        machines.observe_state(equipment=mount, state=state, by=system("plc"), at=at)
    return [one.piece for one in reversed(stops.unexplained(mount, timezone.now()))]  # a shift may end within one


def explain(client, stretch):
    sent = {"stretch": stretch.from_at.isoformat(), "reason": factories.reason("DOWNTIME").pk, "note": "Belt"}
    return client.post(reverse(URL, args=["MOUNT"]), sent)


def test_a_past_stop_is_explained_to_its_end(client, stood):
    answer = explain(client, stood[0])

    said, meant = StopReason.objects.get(), stood[0]
    assert (answer.status_code, said.by.number) == (302, "OP")
    assert (said.from_at, said.to_at) == (meant.from_at, meant.to_at)


def test_a_stop_that_goes_on_is_explained_until_the_machine_runs(client, stood):
    explain(client, stood[-1])

    assert StopReason.objects.get().to_at is None


def test_a_stretch_that_is_none_is_refused(client, stood):
    sent = {"stretch": "2020-01-01T00:00:00+00:00", "reason": factories.reason("DOWNTIME").pk, "note": "Belt"}
    assert client.post(reverse(URL, args=["MOUNT"]), sent).status_code == 409


def test_nothing_to_explain_says_so(client, stood):
    [explain(client, one) for one in stood]

    page = client.get(reverse(URL, args=["MOUNT"]), headers={"Accept-Language": "en"}).content.decode()
    assert "name=\"stretch\"" not in page
