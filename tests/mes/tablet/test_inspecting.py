"""Inspections at the tablet: listed, filled in, and kept as an act of its queue; a verdict is none."""

import uuid

import pytest
from django.urls import reverse

from mes.commands import tablet_acts
from plant.models import Role
from qms.models import Inspection, InspectionResult
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


def laid_ready(client):
    told = client.get(reverse("station:ready", args=["MOUNT"])).json()["pages"]
    return {one["url"]: one for one in told}


def test_what_waits_is_laid_ready_as_pages_without_name_or_token(client, one):
    page = laid_ready(client)[reverse("station:inspection", args=["MOUNT", one.number])]
    copy = client.get(page["copy"])
    text, who = copy.content.decode(), inspector()

    assert (copy.headers["Zz-Mark"], f"item_{one.items.get().pk}_1" in text) == (page["mark"], True)
    assert ("csrfmiddlewaretoken" in text, who.name in text.replace(f'"{who.number}"', "")) == (False, False)
    assert f'data-copy-for="{who.number}"' in text


def test_a_copy_is_made_anew_when_the_inspection_changed_and_goes_with_it(client, one):
    url = reverse("station:inspection", args=["MOUNT", one.number])
    before = laid_ready(client)
    send(one, "240")
    after = laid_ready(client)
    Inspection.objects.update(status="CANCELLED")

    assert before[url]["mark"] != after[url]["mark"]
    assert list(laid_ready(client)) == [reverse("station:inspections", args=["MOUNT"])]


def test_copies_are_for_inspectors_and_touch_nothing(client, one):
    client.post(reverse("station:lock", args=["MOUNT"]))

    assert client.get(reverse("station:ready", args=["MOUNT"])).status_code == 302
