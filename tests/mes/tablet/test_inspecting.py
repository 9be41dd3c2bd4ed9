"""Inspections at the tablet: listed, filled in, and kept as an act of its queue; a verdict is none."""

import uuid

import pytest
from django.urls import reverse

from mes.commands import tablet_acts
from plant.models import Role
from qms.models import InspectionResult
from tests import factories as ground
from tests.factories import NOW
from tests.mes.tablet.test_station import badge, sign_on
from tests.qms.commands.test_inspections import inspector, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(client):
    ground.station("MOUNT")
    made = task()
    sign_on(client, f"B-{badge(inspector()).number}")
    return made


def send(one, text, event=None, act="inspect", by=None):
    words = {"inspection": one.number, "values": {f"{one.items.get().pk}_1": text}}
    return tablet_acts.accept(
        act=act, words=words, code=one.lot.number, station=ground.station("MOUNT"), event_id=event or uuid.uuid4(),
        by=by or inspector(), at=NOW,
    )


def test_tasks_are_listed_and_one_is_filled_in(client, one):
    listed = client.get(reverse("station:inspections", args=["MOUNT"]))
    url, item = reverse("station:inspection", args=["MOUNT", one.number]), one.items.get().pk

    shown = client.get(url)
    saved = client.post(url, {f"item_{item}_1": "240"})

    assert (one.number in listed.content.decode(), shown.status_code) == (True, 200)
    assert saved.url == reverse("station:inspections", args=["MOUNT"])
    assert InspectionResult.objects.get().value == 240


def test_an_act_that_comes_twice_is_taken_once(one):
    event = uuid.uuid4()

    told = [send(one, "240", event).outcome for _try in range(2)]

    assert (told, InspectionResult.objects.count()) == (["accepted", "accepted"], 1)


def test_a_bad_value_is_refused_and_told(one):
    told = send(one, "wide")

    assert (told.outcome, "is not a number" in told.message, InspectionResult.objects.exists()) == (
        "refused", True, False)


def test_a_verdict_is_never_taken_from_the_queue(one):
    with pytest.raises(tablet_acts.NoAct):
        send(one, "PASS", act="decide", by=ground.person("QM", Role.QUALITY_MANAGER))
