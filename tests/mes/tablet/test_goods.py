"""Packing, the store and the truck at the tablet, page by page."""

import json
import uuid

import pytest
from django.urls import reverse

from mes.models import LateRefusal
from plant.models import Role
from tests import factories as ground
from tests.mes import packed as world
from tests.mes.tablet.test_station import PIN, badge
from traceability.models import HandlingUnit, LabelPrint, SsccSeries

pytestmark = pytest.mark.django_db


@pytest.fixture
def packer(client):
    ground.station("PACK"), world.store()
    SsccSeries.objects.get_or_create(prefix=world.PREFIX)
    person = badge(world.packer())
    client.post(reverse("station:sign-on", args=["PACK"]), {"badge": f"B-{person.number}", "pin": PIN})
    return person


def page(name, *args):
    return reverse(f"station:{name}", args=["PACK", *args])


def act(client, name, code="", **words):
    body = {"act": name, "words": words, "code": code, "event_id": str(uuid.uuid4())}
    headers = {"Accept": "application/json"}
    return client.post(page("act"), json.dumps(body), content_type="application/json", headers=headers)


def test_a_carton_from_open_to_its_label_scanned_back(client, packer):
    world.goods("L1")
    answer = client.post(page("goods-open", "CARTON"))
    number = HandlingUnit.objects.get().number
    assert answer.url == page("goods-pack", number)
    assert act(client, "pack", "L1", unit=number).json()["outcome"] == "accepted"
    assert "L1" in client.get(page("goods-pack", number) + "?part=yes").content.decode()
    assert client.post(page("goods-close", number)).url == page("goods-label", number)
    assert client.post(page("goods-print", number)).url == page("goods-label", number)
    wrong = act(client, "verify", "L1", unit=number)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong-label")
    assert act(client, "verify", f"]C100{number}", unit=number).json()["form_url"] == page("goods")
    assert LabelPrint.objects.get().checked_by == packer


def test_a_shipment_is_loaded(client, packer):
    world.goods("L1")
    number = world.shipment().number
    assert client.get(page("goods-load", number)).status_code == 200
    assert act(client, "load", "L1", shipment=number).status_code == 200


@pytest.mark.parametrize("task", ["store", "move"])
def test_things_are_brought_to_a_place(client, packer, task):
    world.goods("L1")
    assert client.get(page("goods-bring", task, "FG")).status_code == 200
    assert act(client, task, "L1", place="FG").json()["outcome"] == "accepted"


def test_the_rest_is_returned_from_what_lies_here(client, packer):
    lot = world.goods("REST-OF-LOT")
    act(client, "move", "REST-OF-LOT", place="PACK")
    shown = client.get(page("goods-bring", "return", "FG")).content.decode()
    assert "REST-OF-LOT" in shown
    assert "data-scan-quantity" in shown
    assert act(client, "return", "REST-OF-LOT", place="FG").json()["outcome"] == "accepted"
    assert {row.place: row.quantity for row in lot.balances.filter(quantity__gt=0)} == {"FG": 10}
    assert "REST-OF-LOT" not in client.get(page("goods-bring", "return", "FG")).content.decode()
    assert client.get(page("goods-bring", "pack", "FG")).status_code == 404


def test_who_makes_nothing_here_has_the_goods(client, packer):
    person = badge(ground.person("STORE", Role.WAREHOUSE))
    client.post(page("sign-on"), {"badge": f"B-{person.number}", "pin": PIN})
    assert client.get(page("work")).url == page("goods")
    assert client.get(page("goods")).status_code == 200


@pytest.mark.parametrize(("name", "code"), [("sign", "never-queued"), ("nonsense", "bad-input"), ("pack", "bad-input")])
def test_what_a_tablet_may_not_do_is_refused(client, packer, name, code):
    answer = act(client, name)
    told = answer.json()
    assert (answer.status_code, told.get("code") or told["title"]) == (409, code)


def test_refused_afterwards_stands_at_the_station_and_in_the_list(client, packer):
    unit = world.unit()
    body = {"act": "pack", "words": {"unit": unit.number}, "code": "NOPE-7", "event_id": str(uuid.uuid4()),
            "scanned_at": "2026-01-01T08:00:00Z"}
    client.post(page("act"), json.dumps(body), content_type="application/json")
    row = LateRefusal.objects.get()
    assert "NOPE-7" in client.get(page("late")).content.decode()
    assert "NOPE-7" in client.get(reverse("mes:late-refusal-list")).content.decode()
    assert str(row) == "PACK NOPE-7"
