"""A supplier's and a customer's person: their own business, and nothing of the plant."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mes.models import WorkRequest
from plant.models import Partner, Role
from qms.models import Complaint, SupplierRequest
from tests import factories
from tests.plant.web.test_access import BRIEF
from tests.plant.web.urls import pages
from traceability.models import Hold, Move, PublicScan, Shipment, ShipmentPick

pytestmark = pytest.mark.django_db
OWN = {
    "/", "/trace/own-lots/", "/production/own-orders/", "/account/", "/account/second-factor/",
    "/quality/own-requests/", "/quality/own-complaints/", "/trace/own-deliveries/",
}


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


def shipped(number, whose):
    """A lot that left for a customer."""
    lot = factories.received(number)
    shipment = Shipment.objects.create(
        number=f"SH-{number}", customer=whose, site=lot.site, due_at=factories.NOW, created_at=factories.NOW
    )
    line = shipment.lines.create(position=1, material=lot.material, quantity=5)
    by = factories.person("WH", "WAREHOUSE")
    move = Move.objects.create(
        lot=lot, from_bucket="STOCK", to_bucket="SHIPPED", quantity=5, person=by, at=factories.NOW
    )
    ShipmentPick.objects.create(line=line, lot=lot, quantity=5, by=by, at=factories.NOW, move=move)
    return lot


def test_a_customer_sees_the_lots_that_left_for_them_and_nobody_elses():
    shipped("LOT-MINE", customer()), shipped("LOT-OTHERS", customer("OTHER"))
    factories.received("LOT-STOCK")
    client = visitor(Role.CUSTOMER, customer())
    listed = client.get("/trace/own-deliveries/").content.decode()
    found = {name: client.get(f"/trace/own-deliveries/{name}/").status_code
             for name in ("LOT-MINE", "LOT-OTHERS", "LOT-STOCK", "NONE")}
    assert [name in listed for name in ("LOT-MINE", "LOT-OTHERS")] == [True, False]
    assert found == {"LOT-MINE": 200, "LOT-OTHERS": 404, "LOT-STOCK": 404, "NONE": 404}
    assert not PublicScan.objects.exists()


def test_a_supplier_sees_one_of_their_lots_and_not_where_it_went():
    mine = factories.received("SUP-1", supplier=factories.supplier("ACME"), supplier_lot="A-77")
    factories.received("SUP-2", supplier=factories.supplier("RIVAL"))
    Hold.objects.create(
        target_kind="LOT", target_id=str(mine.pk), target_label=mine.number, lot=mine, site=mine.site,
        cause_kind="PERSON", cause_id="x", reason="SECRET REASON", placed_by=factories.person("Q"),
        placed_at=factories.NOW,
    )
    client = visitor(Role.SUPPLIER, factories.supplier("ACME"))
    page = client.get("/trace/own-lots/SUP-1/")
    assert ("A-77" in page.content.decode(), "SECRET REASON" in page.content.decode()) == (True, False)
    assert client.get("/trace/own-lots/SUP-2/").status_code == 404


def test_a_supplier_sees_their_own_requests_and_the_way_to_answer():
    later = timezone.now() + timedelta(days=5)
    for number, code in (("SCAR-MINE", "ACME"), ("SCAR-OTHERS", "RIVAL")):
        SupplierRequest.objects.create(
            number=number, kind="SCAR", supplier=factories.supplier(code), site=factories.site(), title=number,
            problem="x", owner=factories.person("Q"), due_at=later, nonce="n" * 16, link_until=later,
            opened_at=factories.NOW,
        )
    page = visitor(Role.SUPPLIER, factories.supplier("ACME")).get("/quality/own-requests/").content.decode()
    assert ("SCAR-MINE" in page, "SCAR-OTHERS" in page, "/answer/" in page) == (True, False, True)


def test_a_customer_sees_their_own_complaints_and_the_answer_once_it_is_given():
    fields = {"site": factories.site(), "failed_at": factories.NOW, "owner": factories.person("Q"),
              "due_at": factories.NOW, "opened_by": factories.person("Q"), "opened_at": factories.NOW,
              "answer": "DRAFT"}
    Complaint.objects.create(number="CC-MINE", title="Scratch", customer=customer(), **fields)
    Complaint.objects.create(number="CC-OTHERS", title="Dent", customer=customer("OTHER"), **fields)
    page = visitor(Role.CUSTOMER, customer()).get("/quality/own-complaints/").content.decode()
    assert [word in page for word in ("CC-MINE", "CC-OTHERS", "DRAFT")] == [True, False, False]


def test_the_pages_of_the_other_kind_of_partner_are_shut():
    supplier, buyer = visitor(Role.SUPPLIER, factories.supplier()), visitor(Role.CUSTOMER, customer())
    theirs = {supplier: ("/trace/own-lots/", "/quality/own-requests/"),
              buyer: ("/production/own-orders/", "/trace/own-deliveries/", "/quality/own-complaints/")}
    codes = {page: [client.get(page).status_code for client in (supplier, buyer)]
             for pages in theirs.values() for page in pages}
    assert codes == {page: [200, 403] if page in theirs[supplier] else [403, 200] for page in codes}


def test_a_partners_role_without_a_company_sees_nothing():
    factories.received("ANY-1", supplier=factories.supplier("ACME"))

    assert "ANY-1" not in visitor(Role.SUPPLIER, None).get("/trace/own-lots/").content.decode()


@pytest.mark.parametrize("role", [Role.SUPPLIER, Role.CUSTOMER])
def test_every_other_page_is_shut(role):
    client = visitor(role, factories.supplier() if role == Role.SUPPLIER else customer())
    shut = [page.path for page in pages() if page.needs and not page.is_public and page.path not in OWN]

    found = {path: client.get(path, headers=BRIEF).status_code for path in shut}

    assert {path: code for path, code in found.items() if code not in (403, 404, 405)} == {}
