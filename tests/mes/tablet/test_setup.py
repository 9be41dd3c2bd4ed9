"""The set-up at the tablet, and another lot than the one whose turn it is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories, feeders
from tests.mes.tablet.test_station import badge, scan, sign_on
from traceability.models import PickRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    feeders.described()
    feeders.feeder("F1")
    made = factories.world()
    badge(made.operator)
    sign_on(client, "B-OP")
    scan(client, made.job.number)
    return made


def shown(client, name="station:setup"):
    return client.get(reverse(name, args=["MOUNT"])).content.decode()


def test_the_station_leads_to_its_set_up(client, world):
    assert reverse("station:setup", args=["MOUNT"]) in shown(client, "station:work")
    assert "未上料" in shown(client)


def test_the_scanned_position_waits_for_its_lot(client, world):
    assert scan(client, "F1").json()["kind"] == "position"
    assert "请扫描要装的批次" in shown(client, "station:setup-panel")

    assert scan(client, "SCREW-1").json()["outcome"] == "accepted"
    assert "相符" in shown(client, "station:setup-panel")


def rule():
    PickRule.objects.create(material=ground.material("PCB"), order="FIFO", other_lot="REASON")
    ground.received("PCB-9", 10, at=NOW + timedelta(hours=1))


def test_another_lot_opens_a_form_that_asks_why(client, world):
    rule()
    answer = scan(client, "PCB-9").json()

    assert (answer["code"], answer["outcome"]) == ("not-its-turn", "refused")
    form = client.get(answer["form_url"])
    assert "PCB-1" in form.content.decode()

    assert client.post(answer["form_url"], {"reason": "Nearer"}).status_code == 302
    assert scan(client, "PCB-9").json()["code"] != "not-its-turn"


def test_another_lot_without_a_reason_stays_where_it_is(client, world):
    rule()
    url = scan(client, "PCB-9").json()["form_url"]

    assert client.post(url, {"reason": ""}).status_code == 409
