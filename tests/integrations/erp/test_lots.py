"""Receipts, lots and where they came from."""

import pytest

from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.mes import factories as floor
from traceability.models import MaterialLot

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


@pytest.fixture(name="erp")
def erp_with_a_material():
    factories.site()
    factories.material("PCB")
    factories.supplier()
    return caller()


def test_a_receipt_is_a_lot_in_stock(erp):
    words = {"material": "PCB", "quantity": 0.1, "unit": "C62", "supplier": "ACME", "supplier_lot": "<script>"}
    answer = erp.post("material-lots/", words)

    told = answer.json()
    assert answer.status_code == 201
    assert told["balances"] == [{"bucket": "STOCK", "place": "", "quantity": "0.1"}]
    assert (told["supplier"], told["supplier_lot"], told["status"]) == ("ACME", "<script>", "AVAILABLE")
    assert erp.get(f"material-lots/{told['number']}/").json() == told


@pytest.mark.parametrize(("field", "value"), [
    ("unit", "KGM"), ("material", "NONE"), ("supplier", "NONE"), ("quantity", "1e400"), ("quantity", "NaN"),
    ("number", "x" * 81), ("number", "a\nb"), ("place", "x" * 41), ("expires_at", "never"),
])  # fmt: skip
def test_a_receipt_that_is_wrong_names_the_field(erp, field, value):
    answer = erp.post("material-lots/", {"material": "PCB", "quantity": "1", field: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_number_is_never_used_twice(erp):
    words = {"material": "PCB", "quantity": "1", "number": "A1"}
    assert erp.post("material-lots/", words).status_code == 201
    assert erp.post("material-lots/", words).status_code == 200
    assert code_of(erp.post("material-lots/", {**words, "quantity": "2"})) == (409, "number-taken", PROBLEM)
    assert MaterialLot.objects.count() == 1


def test_genealogy_goes_up_down_and_both_ways():
    world, erp = floor.world(), caller()
    world.ready()
    world.scan(world.outputs[0].number)
    made = world.outputs[0].number
    up = erp.get(f"material-lots/{made}/genealogy/?direction=upstream").json()
    down = erp.get("material-lots/PCB-1/genealogy/?direction=downstream&depth=1").json()

    assert {node["number"] for node in up["nodes"]} == {made, "PCB-1", "SCREW-1"}
    assert {(edge["parent"], edge["child"]) for edge in up["edges"]} == {("PCB-1", made), ("SCREW-1", made)}
    assert down["edges"][0]["parent"] == "PCB-1"


@pytest.mark.parametrize("path", ["A1/genealogy/?direction=sideways", "A1/genealogy/?depth=x"])
def test_a_direction_that_is_none_is_400(erp, path):
    assert code_of(erp.get(f"material-lots/{path}")) == (400, "bad-filter", PROBLEM)


@pytest.mark.parametrize("number", ["NONE", "A%00", "x" * 300, "<script>"])
def test_an_unknown_lot_is_404(erp, number):
    assert erp.get(f"material-lots/{number}/").status_code == 404
