"""Scans from other systems."""

import uuid

import pytest

from plant.models import DeviceEvent, Role
from tests import factories
from tests.factories import NOW
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.mes import factories as floor
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, MaterialActual

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


@pytest.fixture(name="world")
def the_world():
    return floor.world()


def scan(world, code="PCB-1", **more):
    return {"station": "MOUNT", "code": code, "event_id": str(uuid.uuid4()), "job_order": world.job.number,
            "quantity": "10", **more}  # fmt: skip


def test_a_scan_is_accepted_and_told(world):
    answer = caller().post("scans/", scan(world))
    assert answer.status_code == 200
    assert (answer.json()["outcome"], answer.json()["lot"], answer.json()["replayed"]) == ("accepted", "PCB-1", False)


def test_a_replayed_scan_gets_the_first_answer_and_applies_once(world):
    world.ready()
    erp, made = caller(), world.outputs[0].number
    words = scan(world, made)
    del words["quantity"]
    first, count = erp.post("scans/", words).json(), MaterialActual.objects.count()
    second = erp.post("scans/", words, key=words["event_id"]).json()

    assert second == {**first, "replayed": True}
    assert MaterialActual.objects.count() == count


def test_an_event_id_with_another_body_is_422(world):
    erp, words = caller(), scan(world)
    erp.post("scans/", words)
    assert code_of(erp.post("scans/", {**words, "quantity": "11"})) == (422, "event-id-reused", PROBLEM)


def test_an_idempotency_key_counts_beside_the_event_id(world):
    erp, words = caller(), scan(world)
    first = erp.post("scans/", words, key="k-1")
    second = erp.post("scans/", words, key="k-1")
    other = erp.post("scans/", scan(world), key="k-1")

    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert code_of(other) == (422, "idempotency-key-reused", PROBLEM)


def test_a_held_lot_is_refused_with_hold_and_nonconformance(world):
    quality = factories.person("Q", Role.QUALITY_ENGINEER)
    cause = Cause(CauseKind.NONCONFORMANCE, "NC-000007")
    hold = holds.place(target=Target.lot(world.blank), cause=cause, reason="burnt", by=quality, at=NOW)
    erp = caller()
    answer = erp.post("scans/", scan(world))

    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], told["outcome"]) == (409, PROBLEM, "refused")
    assert (told["hold"], told["nonconformance"], "burnt" in told["detail"]) == (hold.pk, "NC-000007", True)
    assert erp.get("material-lots/PCB-1/").json()["holds"][0]["nonconformance"] == "NC-000007"


@pytest.mark.parametrize("code", ["NOBODY", "x" * 4000, "<script>alert(1)</script>", "]d201\x1d", "'; DROP TABLE x;--"])
def test_an_unknown_code_is_refused_and_kept(world, code):
    answer = caller().post("scans/", scan(world, code))
    assert (answer.status_code, answer.json()["outcome"]) == (409, "refused")
    assert set(answer.json()) >= {"detail", "hold", "nonconformance", "code"}
    assert DeviceEvent.objects.get(device__startswith="api:").outcome == "refused"


def test_a_lot_of_another_site_is_refused(world):
    other = factories.site().__class__.objects.create(code="SITE2", name="Two", level="SITE")
    factories.received("FOREIGN", site=other)
    assert code_of(caller().post("scans/", scan(world, "FOREIGN"))) == (409, "foreign-lot", PROBLEM)


@pytest.mark.parametrize("quantity", [
    "NaN", "Infinity", "1e400", "-1", "-0", "0", "١٢", "1_0", "", True, [], {}, "0.0000001",
])  # fmt: skip
def test_a_quantity_that_is_none_is_400(world, quantity):
    answer = caller().post("scans/", scan(world, quantity=quantity))
    assert answer.status_code == 400
    assert (answer.json()["outcome"], answer["Content-Type"]) == ("refused", PROBLEM)


@pytest.mark.parametrize(("change", "status"), [
    ({"station": "NONE"}, 404), ({"station": 5}, 400), ({"station": "LINE"}, 404), ({"code": ""}, 400),
    ({"code": "x" * 4097}, 400), ({"event_id": "1"}, 400), ({"event_id": 1}, 400), ({"job_order": ["x"]}, 400),
    ({"job_order": "NONE"}, 409),
])  # fmt: skip
def test_a_scan_that_cannot_be_read_says_why(world, change, status):
    answer = caller().post("scans/", scan(world, **change))
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["outcome"] == "refused"


def test_a_scan_without_scope_or_key_is_refused(world):
    assert caller("holds:read").post("scans/", scan(world)).status_code == 403
    assert caller().ask("POST", "scans/", scan(world), Authorization="").status_code == 401


def test_a_scan_takes_few_statements(world, django_assert_max_num_queries):
    erp = caller()
    erp.post("scans/", scan(world))
    with django_assert_max_num_queries(25):
        erp.post("scans/", scan(world, "SCREW-1", quantity="2"))
