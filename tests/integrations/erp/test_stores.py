"""A warehouse system: its places come in, and what it moves is moved here by the same rules, once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from integrations import adapters
from integrations.links import mapping
from integrations.nouns.known import Known
from integrations.nouns.registry import NOUNS
from integrations.templates import templates
from plant.models import Equipment
from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.integrations.erp_templates import vendors
from tests.integrations.erp_templates.stub import vendor
from tests.integrations.erp_templates.test_templates import Case, how, link, part, rules
from traceability.models import Bucket, LotBalance, MaterialLot, Move, StoragePlace

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
BIN = {"name": "Bin one", "parent": "STORE", "material": "PCB"}


@pytest.fixture(name="wms")
def warehouse_system():
    factories.material("PCB"), factories.station("MOUNT")
    system = caller(name="wms")
    assert system.put("storage-places/STORE/", {"name": "Store", "parent": "SITE"}).status_code == 201
    assert system.put("storage-places/BIN-1/", BIN).status_code == 201
    return system


def lies(lot):
    rows = LotBalance.objects.filter(lot__number=lot, quantity__gt=0).order_by("place")
    return [(row.bucket, row.place, int(row.quantity)) for row in rows]


def received(wms, number="L-1", place="STORE"):
    words = {"number": number, "material": "PCB", "quantity": "10", "place": place}
    assert wms.post("material-lots/", words).status_code == 201
    return MaterialLot.objects.get(number=number)


def test_a_place_stands_where_its_parent_says_and_is_for_what_it_is_kept(wms):
    again, other = wms.put("storage-places/BIN-1/", BIN), wms.put("storage-places/BIN-1/", {**BIN, "material": None})
    levels = dict(Equipment.objects.filter(stores_material=True).values_list("code", "level"))

    assert (again.json()["material"], other.json()["material"]) == ("PCB", None)
    assert levels == {"STORE": "WORK_CENTER", "BIN-1": "WORK_UNIT"}
    assert StoragePlace.objects.get().material is None
    assert [row["code"] for row in wms.get("storage-places/?parent=STORE").json()["results"]] == ["BIN-1"]


@pytest.mark.parametrize(("code", "words"), [
    ("MOUNT", {"name": "x", "parent": "SITE"}), ("BIN-2", {"name": "x", "parent": "BIN-1"}),
    ("BIN-2", {"name": "x", "parent": "LINE"}), ("BIN-2", {**BIN, "kind": "DOCK"}),
    ("STORE", {"name": "x", "parent": "STORE"}),
], ids=["a machine", "in a bin", "in a line", "a dock kept for one", "in itself"])
def test_what_is_no_store_is_refused_with_a_sentence(wms, code, words):
    before = Equipment.objects.count()
    assert code_of(wms.put(f"storage-places/{code}/", words)) == (409, "no-store", PROBLEM)
    assert Equipment.objects.count() == before


def test_what_was_moved_there_is_moved_here_once(wms):
    received(wms)
    words = {"lot": "L-1", "to_place": "BIN-1", "quantity": "4"}
    said = "stock-moves/?source=wms&external_id=M-1"
    first, again = wms.post(said, words), wms.post(said, words)
    other = wms.post(said, {**words, "quantity": "5"})

    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert code_of(other) == (409, "taken-before", PROBLEM)
    assert lies("L-1") == [("STOCK", "BIN-1", 4), ("STOCK", "STORE", 6)]
    assert Move.objects.filter(to_place="BIN-1").count() == 1
    [told] = wms.get("stock-moves/?to_place=BIN-1&fields=lot,quantity,from_place").json()["results"]
    assert told == {"lot": "L-1", "quantity": "4", "from_place": "STORE"}


def test_a_lot_at_several_places_is_taken_from_the_one_that_is_named(wms):
    received(wms)
    wms.post("stock-moves/", {"lot": "L-1", "to_place": "BIN-1", "quantity": "4"})
    unclear = wms.post("stock-moves/", {"lot": "L-1", "to_place": "MOUNT"})
    good = wms.post("stock-moves/", {"lot": "L-1", "from_place": "BIN-1", "to_place": "MOUNT"})

    assert code_of(unclear) == (409, "wrong-place", PROBLEM)
    assert good.status_code == 201, good.json()
    assert lies("L-1") == [(Bucket.ISSUED, "MOUNT", 4), ("STOCK", "STORE", 6)]


def test_what_is_held_stays_where_it_lies(wms):
    received(wms)
    wms.post("holds/", {"lot": "L-1", "reason": "Wet"})
    assert code_of(wms.post("stock-moves/", {"lot": "L-1", "to_place": "BIN-1"}))[::2] == (409, PROBLEM)
    assert lies("L-1") == [("STOCK", "STORE", 10)]


PLACE = {"id": 9, "complete_name": "WH/STORE/BIN-7", "name": "Bin seven", "location_id": [8, "WH/STORE"],
         "active": True, "write_date": "2026-11-23 08:30:00"}
MOVED = {"id": 77, "lot_id": [5, "L-1"], "location_id": [8, "WH/STORE"], "location_dest_id": [9, "WH/STORE/BIN-1"],
         "quantity": 4.0, "reference": "WH/INT/00012", "write_date": "2026-11-23 08:30:00"}


@pytest.mark.parametrize(("noun", "row"), [("storage-places", PLACE), ("stock-moves", MOVED)])
def test_the_template_of_a_warehouse_speaks_our_words(wms, noun, row):
    received(wms)
    template = templates()["odoo_stock"]
    with vendor(vendors.odoo) as there:
        there.orders = [row]
        whole = link(Case("odoo_stock", vendors.odoo, {"token": "key1"}, row, {}), there)
        lists = [one for one in whole.settings["fetch"] if one["noun"] == noun]
        [one] = adapters.of(template.kind).fetch(replace(whole, settings={**whole.settings, "fetch": lists}), "")

    found = mapping.inward(rules(part(template, noun, "IN")), one.body, how(template))
    assert [cell.fault for cell in found.faults] == []
    words = Known().checked(NOUNS[noun], found.words)
    place = words.get("parent") or words["to_place"]
    assert place.code in {"STORE", "BIN-1"}
    assert words.get("quantity", Decimal(4)) == 4
