"""Packing and shipping through their pages: scan after scan, and a red answer that says why."""

import pytest
from django.test import Client
from django.urls import reverse

from plant import printing
from plant.models import JournalEntry, Role
from tests import factories as ground
from tests.mes import packed as world
from traceability.models import HandlingUnit, Shipment, SsccSeries
from traceability.queries import packing

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    ground.site()
    SsccSeries.objects.create(prefix=world.PREFIX)
    browser = Client()
    browser.force_login(world.packer())
    return browser


def post(client, name, number, **data):
    return client.post(reverse(f"mes:{name}", args=[number]), data)


def test_a_carton_is_opened_filled_closed_and_labelled(client):
    world.goods("L1")
    client.post(reverse("mes:unit-open"), {"kind": "CARTON"})
    number = HandlingUnit.objects.get().number
    assert post(client, "unit-scan", number, code="L1").status_code == 302
    assert post(client, "unit-close", number).status_code == 302
    label = [reverse(f"traceability:label-{act}", args=["unit", number]) for act in ("print", "verify")]
    assert client.post(label[0]).status_code == 302
    assert client.post(label[1], {"code": "]C100" + number}).status_code == 302
    kinds = ("handlingunit.printed", "handlingunit.verified")
    assert [JournalEntry.objects.filter(kind=kind).count() for kind in kinds] == [1, 1]


def test_a_mixed_lot_is_told_in_red_on_the_page(client):
    carton = world.unit()
    world.pack(carton, world.goods("L1"))
    world.goods("L2")
    told = post(client, "unit-scan", carton.number, code="L2")
    assert (told.status_code, "another lot" in told.content.decode()) == (409, True)
    assert JournalEntry.objects.filter(kind="handlingunit.alarmed").count() == 1


def test_goods_are_received_scan_after_scan(client):
    world.store()
    carton = world.carton(world.goods("L1"))
    page = client.post(reverse("mes:goods-receive"), {"code": carton.number, "store": "FG"})
    assert (page.status_code, packing.by_number(carton.number).place) == (200, "FG")
    again = client.post(reverse("mes:goods-receive"), {"code": carton.number, "store": "FG"})
    assert again.status_code == 409


def test_a_shipment_is_entered_picked_and_leaves_with_its_packing_list(client):
    carton = world.carton(world.goods("L1"))
    customer = world.customer()
    fields = {"customer": customer.code, "due_at": "2026-03-05T10:00", "material": "BOARD", "quantity": 10}
    client.post(reverse("mes:shipment-create"), fields)
    number = Shipment.objects.get().number
    assert post(client, "shipment-scan", number, code="UNKNOWN").status_code == 409
    assert post(client, "shipment-scan", number, code=carton.number).status_code == 302
    assert post(client, "shipment-ship", number, vehicle="沪A·12345").status_code == 302
    shipment = Shipment.objects.get()
    page = client.get(reverse("mes:shipment-detail", args=[number])).content.decode()
    assert ("沪A·12345" in page, shipment.status) == (True, "SHIPPED")
    sheet = client.get(reverse("plant:sheet", args=["shipment", shipment.pk]))
    assert sheet.content.startswith(b"%PDF")
    assert printing.FONTS.exists()


def test_a_lots_page_says_where_it_is_packed_and_where_it_went(client):
    lot = world.goods("L1")
    carton, one = world.carton(lot), world.shipment()
    page = reverse("traceability:lot-detail", args=["L1"])
    assert carton.number in client.get(page).content.decode()
    world.pick(one, carton.number)
    world.ship(one)
    told = client.get(page)
    assert [row["pick"].line.shipment.number for row in told.context["gone"]] == ["SH-1"]
    hold = world.hold(lot)
    held = client.get(reverse("traceability:hold-detail", args=[hold.pk]))
    assert "C-NORTH" in held.content.decode()


def test_who_may_not_pack_sees_why(client):
    carton = world.unit()
    client.force_login(ground.person("VIEW", Role.VIEWER))
    page = client.get(reverse("mes:unit-detail", args=[carton.number]))
    assert page.context["why"]["scan"] != ""
    assert post(client, "unit-scan", carton.number, code="L1").status_code == 403
