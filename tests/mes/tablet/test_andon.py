"""One tap calls; whoever comes shows their badge; the operator stays signed on."""

import pytest
from django.urls import reverse

from mes.models import Andon
from tests import factories as ground
from tests.mes import factories
from tests.mes.tablet.test_station import PIN, badge, scan, sign_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    made = factories.world()
    badge(made.operator)
    badge(ground.person("MT", "MAINTENANCE"))
    sign_on(client, "B-OP")
    return made


def tap(client, kind="MACHINE"):
    client.post(reverse("station:andon-call", args=["MOUNT", kind]))
    return Andon.objects.get()


def answer(client, call, **said):
    return client.post(reverse("station:andon", args=["MOUNT", call.pk]), {"badge": "B-MT", "pin": PIN, **said})


def test_one_tap_calls_with_the_work_order(client, world):
    page = client.get(reverse("station:work", args=["MOUNT"])).content.decode()
    assert reverse("station:andon-call", args=["MOUNT", "MACHINE"]) in page

    assert tap(client).called_by == world.operator


def test_maintenance_answers_and_settles_by_badge(client, world):
    call = tap(client)
    assert answer(client, call).status_code == 302
    call.refresh_from_db()
    assert (call.status, call.acknowledged_by.number) == ("ACKNOWLEDGED", "MT")

    answer(client, call, assignable_cause="Belt", action_taken="New belt")

    call.refresh_from_db()
    assert call.status == "CLOSED"
    assert client.get(reverse("station:work", args=["MOUNT"])).context["user"] == world.operator


def test_a_wrong_pin_answers_nothing(client, world):
    call = tap(client)

    assert answer(client, call, pin="0000").status_code == 409
    call.refresh_from_db()
    assert call.status == "OPEN"


def test_a_wrong_tap_is_taken_back(client, world):
    call = tap(client)

    client.post(reverse("station:andon-take-back", args=["MOUNT", call.pk]))

    call.refresh_from_db()
    assert call.status == "CANCELLED"


def test_a_call_of_another_station_is_not_answered_here(client, world):
    call = tap(client)

    assert client.get(reverse("station:andon", args=["OVEN", call.pk])).status_code != 200


def test_the_plate_of_a_machine_opens_its_page(client, world):
    answer = scan(client, "http://plant.test/trace/equipment/MOUNT/").json()

    assert (answer["outcome"], answer["url"]) == ("warning", reverse("traceability:equipment-history", args=["MOUNT"]))
