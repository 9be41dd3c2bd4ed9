"""The search box takes whatever is typed or scanned and finds the thing."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from plant.models import MaterialDefinition, Partner, PartnerKind, Role
from tests import factories
from traceability import codes
from traceability.models import LotKind, MaterialLot

pytestmark = pytest.mark.django_db
GTIN = "09521321000018"


@pytest.fixture
def plant():
    """A received lot with its supplier's number, and a serial of a trade item."""
    factories.received("LOT-7", 10, supplier_lot="SL-22A")
    factories.received("SN-9", 1, material=factories.material("DRONE"))
    MaterialDefinition.objects.filter(code="DRONE").update(gtin=GTIN)
    MaterialLot.objects.filter(number="SN-9").update(kind=LotKind.SERIAL)
    Partner.objects.create(code="C-EAST", name="East Rail", kind=PartnerKind.CUSTOMER)
    client = Client()
    client.force_login(factories.person("QE", Role.QUALITY_ENGINEER))
    return client


def goes_to(client, text):
    answer = client.get("/search/", {"q": text})
    return answer.url if answer.status_code == 302 else [hit.title for hit in answer.context["hits"]]


def lot(number):
    return reverse("traceability:lot-detail", args=[number])


@pytest.mark.parametrize(("text", "number"), [
    ("LOT-7", "LOT-7"), ("lot-7", "LOT-7"), ("SL-22A", "LOT-7"), ("sl-22a", "LOT-7"),
    ("https://plant.example/l/LOT-7", "LOT-7"), (f"]d201{GTIN}21SN-9", "SN-9"), (f"(01){GTIN}(21)SN-9", "SN-9"),
    (f"https://id.gs1.org/01/{GTIN}/21/SN-9", "SN-9"), (f"]C101{GTIN}10LOT-7", "LOT-7"),
])
def test_a_lot_is_found_by_every_label_it_carries(plant, text, number):
    assert goes_to(plant, text) == lot(number)


def test_the_code_on_a_customers_label_leads_to_the_lot(plant):
    secret = codes.code(MaterialLot.objects.get(number="SN-9").pk)
    assert goes_to(plant, f"https://plant.example/c/{secret}") == lot("SN-9")
    assert goes_to(plant, f"https://plant.example/01/{GTIN}/21/SN-9?k={secret}") == lot("SN-9")


def test_several_lots_of_one_suppliers_number_are_one_scope(plant):
    factories.received("LOT-8", 10, supplier_lot="SL-22A")
    assert goes_to(plant, "SL-22A") == reverse("traceability:scope") + "?kind=supplier-lot&code=SL-22A"


@pytest.mark.parametrize("text", [GTIN, "DRONE", GTIN[1:], f"]C101{GTIN}"])
def test_a_material_is_found_by_code_and_trade_item_number(plant, text):
    assert goes_to(plant, text) == reverse("traceability:lot-list") + "?q=DRONE"


def test_a_customer_leads_to_what_they_got(plant):
    assert goes_to(plant, "C-EAST") == reverse("traceability:scope") + "?kind=customer&code=C-EAST"
    assert goes_to(plant, quote("East")) == ["C-EAST"]


def test_somebody_elses_code_is_no_lot(plant):
    assert goes_to(plant, "https://plant.example/c/" + "0" * 31) == []
