"""Receiving, moving and counting on the screen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from plant.models import Attachment, MaterialDefinition, Role
from tests import factories
from tests.traceability import stores
from traceability.models import CountStatus, GoodsReceipt, MaterialCall, MaterialLot, PlaceKind, StockCount

pytestmark = pytest.mark.django_db


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(factories.person(f"U-{'-'.join(roles)}", *roles, language="en"))
    return client


def test_a_supplier_label_fills_the_form() -> None:
    factories.site()
    factories.material()
    MaterialDefinition.objects.update(gtin="4006381333931")
    label = "(01)04006381333931(10)X9(17)301231(30)250"
    page = signed_in(Role.WAREHOUSE).get(reverse("traceability:lot-receive"), {"label": label}).content.decode()
    shown = ('value="X9"', 'value="250"', "2030-12-31T23:59", '<option value="PCB" selected>')
    assert [text in page for text in shown] == [True] * 4


def test_two_lots_of_a_delivery_with_a_certificate() -> None:
    factories.site()
    material, supplier = factories.material(), factories.supplier()
    client, url = signed_in(Role.WAREHOUSE), reverse("traceability:lot-receive")
    form = {"material": material.code, "quantity": "5", "supplier": supplier.code, "delivery_note": "DN-1"}
    answer = client.post(url, {**form, "certificate": SimpleUploadedFile("coa.txt", b"1.6 mm")})
    receipt = GoodsReceipt.objects.get()
    assert answer.url == reverse("traceability:receipt-detail", args=[receipt.number])
    client.post(url, {**form, "delivery_note": "", "receipt": receipt.number})
    page = client.get(answer.url).content.decode()
    assert (receipt.lines.count(), Attachment.objects.count()) == (2, 1)
    assert all(lot.number in page for lot in MaterialLot.objects.all())


def test_a_lot_is_put_away_by_two_scans() -> None:
    lot, here = factories.received("L1", 10), stores.place("A-01")
    client, url = signed_in(Role.WAREHOUSE), reverse("traceability:stock-move")
    page = client.get(url, {"lot": "http://plant/trace/l/L1/"}).content.decode()
    assert "A-01" in page
    answer = client.post(url, {"lot": "L1", "source": "STOCK:", "to": f"http://plant/trace/equipment/{here.code}/"})
    assert (answer.url, stores.amounts(lot)) == (url, {("STOCK", "A-01"): 10})


def test_a_refused_move_says_why_on_the_page() -> None:
    lot, _here = factories.received("L1", 10), stores.place("A-01")
    stores.hold(lot)
    form = {"lot": "L1", "source": "STOCK:", "to": "A-01"}
    answer = signed_in(Role.WAREHOUSE).post(reverse("traceability:stock-move"), form)
    assert (answer.status_code, "scratched" in answer.content.decode()) == (409, True)


def test_an_unknown_lot_is_told() -> None:
    answer = signed_in(Role.WAREHOUSE).get(reverse("traceability:stock-move"), {"lot": "NOPE"})
    assert (answer.status_code, "NOPE" in answer.content.decode()) == (404, True)


def test_a_place_shows_what_lies_within_it() -> None:
    rack = stores.place("R-1", PlaceKind.BLOCKED)
    inner = stores.place("R-1-1", parent=rack)
    factories.received("L1", 10, place=inner.code)
    page = signed_in(Role.VIEWER).get(reverse("traceability:storage-detail", args=["R-1"])).content.decode()
    assert ("L1" in page, "R-1-1" in page) == (True, True)


def test_a_count_is_blind_until_it_is_finished_and_approved_by_another() -> None:
    here = stores.place("A-01")
    factories.received("L1", 34567, place=here.code)
    keeper, leader = signed_in(Role.WAREHOUSE), signed_in(Role.TEAM_LEADER)
    detail = keeper.post(reverse("traceability:count-ask"), {"place": "A-01"}).url
    keeper.post(f"{detail}record/", {"code": "L1", "quantity": "34000"})
    assert "34,567" not in keeper.get(detail).content.decode()
    keeper.post(f"{detail}finish/")
    assert "34,567" in leader.get(detail).content.decode()
    assert keeper.post(f"{detail}settle/", {"reason": "weekly"}).status_code == 403
    leader.post(f"{detail}settle/", {"reason": "weekly"})
    assert StockCount.objects.get().status == CountStatus.CLOSED


def test_a_refused_line_of_a_count_is_told_beside_its_form() -> None:
    stores.place("A-01")
    keeper = signed_in(Role.WAREHOUSE)
    detail = keeper.post(reverse("traceability:count-ask"), {"place": "A-01"}).url
    assert keeper.post(f"{detail}record/", {"code": "L1", "quantity": "-1"}).status_code == 422


def test_a_call_shows_the_lots_and_is_answered_from_its_page() -> None:
    lot = factories.received("L1", 10)
    station, keeper = factories.station(), signed_in(Role.WAREHOUSE)
    form = {"station": station.code, "material": lot.material.code, "quantity": "25"}
    page = keeper.get(keeper.post(reverse("traceability:call-ask"), form).url).content.decode()
    assert ("L1" in page, "The stores do not hold enough" in page) == (True, True)
    fresh = keeper.get(reverse("traceability:stock-move"), {"lot": "L1", "to": "OVEN", "quantity": "10"})
    assert 'value="OVEN"' in fresh.content.decode()
    keeper.post(reverse("traceability:stock-move"), {"lot": "L1", "source": "STOCK:", "to": "OVEN"})
    assert MaterialCall.objects.get().brought == 10
