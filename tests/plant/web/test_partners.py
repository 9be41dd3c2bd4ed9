"""A supplier's and a customer's person: their own business, and nothing of the plant."""

import pytest
from django.test import Client

from mes.models import WorkRequest
from plant.models import Partner, Role
from tests import factories
from tests.plant.web.urls import pages
from traceability.models import Shipment

pytestmark = pytest.mark.django_db
OWN = {"/", "/trace/own-lots/", "/production/own-orders/", "/account/", "/account/second-factor/"}


def visitor(role, partner):
    client = Client(raise_request_exception=False)
    client.force_login(factories.person(f"{role}-1", role, partner=partner))
    return client


def customer(code="BUYER"):
    return Partner.objects.get_or_create(code=code, defaults={"name": "Buyer", "kind": "CUSTOMER"})[0]


def test_a_supplier_begins_at_their_own_lots_and_sees_no_rivals():
    factories.received("OWN-1", supplier=factories.supplier("ACME"))
    factories.received("RIVAL-1", supplier=factories.supplier("RIVAL"))
    client = visitor(Role.SUPPLIER, factories.supplier("ACME"))

    assert client.get("/").url == "/trace/own-lots/"
    page = client.get("/trace/own-lots/").content.decode()

    assert ("OWN-1" in page, "RIVAL-1" in page) == (True, False)


def test_a_customer_sees_their_own_orders():
    fields = {"material": factories.material(), "site": factories.site(), "due_at": factories.NOW, "quantity": 5}
    fields["created_at"] = factories.NOW
    WorkRequest.objects.create(number="MINE", customer=customer(), **fields)
    WorkRequest.objects.create(number="OTHERS", **fields)

    page = visitor(Role.CUSTOMER, customer()).get("/production/own-orders/").content.decode()

    assert ("MINE" in page, "OTHERS" in page) == (True, False)


def test_a_customer_sees_what_leaves_for_them():
    for number, whose in (("SH-MINE", customer()), ("SH-OTHERS", customer("OTHER"))):
        shipment = Shipment.objects.create(
            number=number, customer=whose, site=factories.site(), due_at=factories.NOW, created_at=factories.NOW
        )
        shipment.lines.create(position=1, material=factories.material(), quantity=5)

    page = visitor(Role.CUSTOMER, customer()).get("/production/own-orders/").content.decode()

    assert ("SH-MINE" in page, "SH-OTHERS" in page) == (True, False)


def test_a_partners_role_without_a_company_sees_nothing():
    factories.received("ANY-1", supplier=factories.supplier("ACME"))

    assert "ANY-1" not in visitor(Role.SUPPLIER, None).get("/trace/own-lots/").content.decode()


@pytest.mark.parametrize("role", [Role.SUPPLIER, Role.CUSTOMER])
def test_every_other_page_is_shut(role):
    client = visitor(role, factories.supplier() if role == Role.SUPPLIER else customer())
    shut = [page.path for page in pages() if page.needs and not page.is_public and page.path not in OWN]

    found = {path: client.get(path).status_code for path in shut}

    assert {path: code for path, code in found.items() if code not in (403, 404, 405)} == {}
