"""Shipments in from the ERP, what was picked and what left back to it."""

import pytest

import mes.web.urls  # noqa: F401 - rooms register their things with their doors
from plant.models import JournalEntry
from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.mes import packed as world
from traceability.models import Shipment

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


def asked(**more):
    line = {"line": 10, "material": "BOARD", "quantity": "10"}
    words = {"number": "SH-1", "customer": "C-NORTH", "due_at": "2026-03-05T08:00:00Z", "lines": [line]}
    return {**words, **more}


@pytest.fixture(name="erp")
def erp_with_a_customer():
    world.customer(), world.board(), factories.site()
    return caller()


def test_a_shipment_comes_in_once_and_says_what_left(erp):
    carton = world.carton(world.goods("L1"))
    first, again = (erp.post("shipments/", asked(), key="K1") for _ in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    one = Shipment.objects.get()
    world.pick(one, carton.number)
    world.ship(one)
    told = erp.get("shipments/SH-1/").json()
    assert (told["status"], told["lines"][0]["picked"], told["vehicle"]) == ("SHIPPED", "10", "沪A·12345")
    assert told["lots"] == [
        {"line": 10, "lot": "L1", "material": "BOARD", "sscc": carton.number, "pallet": None, "quantity": "10"}
    ]
    assert JournalEntry.objects.filter(kind="shipment.shipped").count() == 1


def test_a_shipment_changes_until_something_is_picked(erp):
    erp.post("shipments/", asked())
    more = {"line": 20, "material": "BOARD", "quantity": "5"}
    told = erp.post("shipments/", asked(lines=[*asked()["lines"], more])).json()
    assert len(told["lines"]) == 2
    world.pick(Shipment.objects.get(), world.goods("L1").number)
    refused = erp.post("shipments/", asked())
    assert code_of(refused) == (409, "picking-begun", PROBLEM)


@pytest.mark.parametrize(
    "more", [{"lines": []}, {"customer": "NOBODY"}, {"lines": [asked()["lines"][0]] * 2}, {"number": ""}]
)
def test_what_can_not_be_read_is_told_field_by_field(erp, more):
    refused = erp.post("shipments/", asked(**more))
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == list(more)


def test_there_is_no_shipment_of_that_number(erp):
    assert erp.get("shipments/NONE/").status_code == 404
