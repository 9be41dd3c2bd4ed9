"""Production orders in, progress out; master data in."""

import uuid

import pytest

from mes.models import WorkRequest
from plant.models import JournalEntry, MaterialDefinition
from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.mes import factories as floor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
BAD_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e400", "-0", "0", "-1", "١٢", "1_0", "", " ", "1.0000001", "1" * 40,
               True, None, [], {}, 10**18, "1\x00"]  # fmt: skip


def order(**more):
    return {"number": "ERP-1", "material": "BOARD", "quantity": "10", "due_at": "2026-03-05T08:00:00Z", **more}


@pytest.fixture(name="erp")
def erp_with_a_routing():
    for code in ("MOUNT", "OVEN", "TEST"):
        factories.station(code)
    floor.master(factories.material("BOARD", use="FINISHED"))
    return caller()


def test_an_order_becomes_work_orders_and_tells_its_progress(erp):
    answer = erp.post("work-requests/", order())

    told = erp.get("work-requests/ERP-1/").json()
    assert answer.status_code == 201
    assert answer.json() == told
    assert (told["quantity"], told["status"], told["unit"]) == ("10", "RELEASED", "C62")
    assert [step["operation"] for step in told["job_orders"][0]["operations"]] == ["MOUNT", "OVEN", "TEST"]
    assert told["job_orders"][0]["operations"][0] | {"station": None} == {
        "operation": "MOUNT", "station": None, "good": "0", "scrap": "0", "rework": "0", "wip": "0",
    }


def test_the_same_order_again_is_the_same_order(erp):
    first, second = erp.post("work-requests/", order()), erp.post("work-requests/", order())
    assert (first.json(), second.status_code) == (second.json(), 200)
    assert WorkRequest.objects.count() == 1


def test_a_released_order_is_not_changed(erp):
    erp.post("work-requests/", order())
    assert code_of(erp.post("work-requests/", order(quantity="11"))) == (409, "order-settled", PROBLEM)


@pytest.mark.parametrize("quantity", BAD_NUMBERS)
def test_a_quantity_that_is_none_is_400(erp, quantity):
    answer = erp.post("work-requests/", order(quantity=quantity))
    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM


@pytest.mark.parametrize("field", [
    {"material": "NONE"}, {"material": ["BOARD"]}, {"number": "A/B"}, {"number": "A" * 41}, {"number": ""},
    {"priority": "١"}, {"priority": 101}, {"priority": 1.5}, {"due_at": "soon"},
    {"due_at": "9999-12-31T23:59:59-14:00"},
    {"customer": "NOBODY"}, {"site": "MOUNT"}, {"release": "perhaps"},
])  # fmt: skip
def test_a_field_that_is_wrong_is_named(erp, field):
    answer = erp.post("work-requests/", order(**field))
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(field)


def test_a_material_is_put_and_put_again():
    erp, fields = caller(), {"name": "Board", "unit": "C62", "use": "FINISHED"}
    factories.material()
    first, second = erp.put("material-definitions/NEW/", fields), erp.put("material-definitions/NEW/", fields)
    changes = JournalEntry.objects.filter(subject_kind="materialdefinition").count()

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() == erp.get("material-definitions/NEW/").json()
    assert changes == 1


@pytest.mark.parametrize("code", ["A" * 41, "A%00"])
def test_a_code_that_no_row_can_carry_is_refused(code):
    factories.material()
    answer = caller().put(f"material-definitions/{code}/", {"name": "x", "unit": "C62"})
    assert answer.status_code in {400, 404}
    assert MaterialDefinition.objects.filter(name="x").count() == 0


def test_equipment_stands_in_its_line_and_never_in_itself():
    factories.station("OVEN")
    erp, fields = caller(), {"name": "Line", "level": "WORK_CENTER"}
    assert erp.put("equipment/OVEN2/", {"name": "Oven", "level": "WORK_UNIT", "parent": "LINE"}).status_code == 201
    assert erp.get("equipment/OVEN2/").json()["parent"] == "LINE"
    assert erp.put("equipment/LINE/", {**fields, "parent": "OVEN2"}).status_code == 400


def test_a_key_replays_its_answer_and_refuses_another_request(erp):
    key = str(uuid.uuid4())
    first = erp.post("work-requests/", order(), key)
    second = erp.post("work-requests/", order(), key)
    other = erp.post("work-requests/", order(quantity="12"), key)

    assert (first.json(), second["Idempotent-Replayed"]) == (second.json(), "true")
    assert code_of(other) == (422, "idempotency-key-reused", PROBLEM)


@pytest.mark.parametrize("key", ["x" * 201, "ключ".encode().decode("latin1"), "a\0b"])
def test_a_key_that_cannot_be_kept_is_400(erp, key):
    assert code_of(erp.post("work-requests/", order(), key)) == (400, "bad-key", PROBLEM)


def test_kitting_tells_what_is_short_and_what_would_be(erp):
    factories.received("PCB-1", 10)
    factories.received("SCREW-1", 8, material=factories.material("SCREW"))
    job = erp.post("work-requests/", order()).json()["job_orders"][0]["number"]

    told = erp.get(f"job-orders/{job}/kitting/").json()
    supposed = erp.get(f"job-orders/{job}/kitting/?quantity=4").json()

    lines = [(line["material"], line["needed"], line["free"], line["short"]) for line in told["lines"]]
    assert lines == [("PCB", "10", "10", "0"), ("SCREW", "20", "8", "12")]
    assert (told["complete"], supposed["complete"], supposed["quantity"]) == (False, True, "4")


@pytest.mark.parametrize("query", ["quantity=-1", "quantity=x", "start_at=tomorrow"])
def test_kitting_refuses_what_it_can_not_suppose(erp, query):
    job = erp.post("work-requests/", order()).json()["job_orders"][0]["number"]

    assert erp.get(f"job-orders/{job}/kitting/?{query}").status_code == 400
