"""Many rows at once: each told apart, and in the tables just as if they had come one by one."""

import uuid

import pytest

from integrations.models import ExternalId
from mes.models import JobMaterial, JobOrder, WorkRequest
from plant.models import JournalEntry, MaterialDefinition
from tests import factories
from tests.integrations.erp.callers import caller
from tests.mes import factories as floor
from traceability.models import MaterialLot

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


@pytest.fixture(name="erp")
def erp_with_a_routing():
    for code in ("MOUNT", "OVEN", "TEST"):
        factories.station(code)
    floor.master(factories.material("BOARD", use="FINISHED"))
    return caller()


def order(number, **more):
    return {"number": number, "material": "BOARD", "quantity": "10", "due_at": "2026-03-05T08:00:00Z", **more}


def row(number, version=None, **more):
    return {"external_id": f"X-{number}", "version": version, "data": order(number, **more)}


def batch(erp, *rows, noun="work-requests", key=""):
    answer = erp.post(f"{noun}/batch/", {"source": "sap", "rows": list(rows)}, key)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def said(told):
    return [(one["status"], one["code"]) for one in told["rows"]]


def test_a_bad_row_never_stands_in_the_way_of_a_good_one(erp):
    factories.material("ODD")
    told = batch(
        erp, row("A"), row("B", quantity="-1"), row("C", material="NONE"), row("D", material="ODD"), row("E"),
        {"data": {"number": "F"}},
    )
    assert said(told) == [
        ("created", ""), ("refused", "invalid"), ("refused", "invalid"), ("refused", "no-routing"), ("created", ""),
        ("refused", "invalid"),
    ]
    assert (told["created"], told["refused"]) == (2, 4)
    assert told["rows"][1]["errors"] == {"quantity": ["A quantity is above zero."]}
    assert set(WorkRequest.objects.values_list("number", flat=True)) == {"A", "E"}
    assert set(ExternalId.objects.values_list("key", flat=True)) == {"A", "E"}


def test_a_batch_leaves_the_same_rows_as_single_posts(erp):
    def left(number):
        request = WorkRequest.objects.get(number=number)
        job = JobOrder.objects.get(work_request=request)
        kinds = [
            [entry.kind for entry in JournalEntry.objects.filter(subject_kind=kind, subject_id=str(pk)).order_by("id")]
            for kind, pk in (("workrequest", request.pk), ("joborder", job.pk))
        ]
        lines = sorted(JobMaterial.objects.filter(job_order=job).values_list("segment", "material", "quantity_per"))
        fields = (request.status, request.quantity, request.priority, request.site_id, request.material_id,
                  job.status, job.quantity, job.work_master_id, job.due_at, job.site_id)  # fmt: skip
        return fields, kinds, lines

    assert erp.post("work-requests/", order("ALONE")).status_code == 201
    batch(erp, row("A"), row("B"))
    assert left("ALONE") == left("A") == left("B")


def test_sent_again_a_batch_changes_nothing_and_a_newer_version_does(erp):
    rows = [row(number, 1, release=False) for number in "ABC"]
    first, again = batch(erp, *rows), batch(erp, *rows)
    entries = JournalEntry.objects.count()
    late = batch(erp, row("A", 3, release=False, quantity="7"), row("B", 0, release=False, quantity="8"), row("C", 1))

    assert (first["created"], again["unchanged"]) == (3, 3)
    assert said(late) == [("changed", ""), ("older", ""), ("refused", "version-reused")]
    assert JournalEntry.objects.count() == entries + 1


def test_rows_without_a_number_of_theirs_are_compared(erp):
    plain = [{"data": order(number)} for number in "AB"]
    assert [batch(erp, *plain)[word] for word in ("created", "unchanged")] == [2, 2]
    told = batch(erp, *plain, {"data": order("A", quantity="11")})
    assert said(told) == [("unchanged", ""), ("unchanged", ""), ("refused", "order-settled")]


def test_a_row_may_refer_to_an_earlier_one(erp):
    told = batch(
        erp, {"data": {"code": "L9", "name": "Nine", "level": "WORK_CENTER", "parent": "SITE"}},
        {"data": {"code": "L9-A", "name": "A", "level": "WORK_UNIT", "parent": "L9"}}, noun="equipment",
    )
    assert said(told) == [("created", ""), ("created", "")]


def test_one_key_for_a_whole_batch(erp):
    key, rows = str(uuid.uuid4()), [{"data": {"code": "M1", "name": "One", "unit": "C62"}}]
    first, again = (batch(erp, *rows, noun="material-definitions", key=key) for _time in range(2))
    assert first == again
    assert first["created"] == 1
    assert MaterialDefinition.objects.filter(code="M1").count() == 1


@pytest.mark.parametrize("body", [
    {}, {"rows": []}, {"rows": [{}]}, {"rows": [{"data": 5}]}, {"rows": [{"data": {}, "external_id": "1"}]},
    {"source": "sap", "rows": [{"data": {}, "version": -1}]}, {"rows": [{"data": {}}] * 501}, [],
])  # fmt: skip
def test_a_batch_that_is_none_is_400(erp, body):
    assert erp.post("work-requests/batch/", body).status_code == 400


def test_finished_orders_come_in_once_with_their_operations(erp):
    since, until = "2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z"
    ran = [{"sequence": 1, "station": "MOUNT", "started_at": since, "ended_at": until}]
    words = {"number": "OLD-1", "material": "BOARD", "quantity": "10", "good": "9", "scrap": "1", "line": "LINE",
             "started_at": since, "ended_at": until,
             "due_at": "2026-03-02T08:00:00Z", "operations": ran}  # fmt: skip
    sequence = erp.get("work-masters/BOARD/").json()["operations"][0]["sequence"]
    ran[0]["sequence"] = sequence
    erp.put("reason-codes/SCRAP:DENT/", {"name": "Dented"})
    good = {"data": {**words, "reason": "SCRAP:DENT"}}
    told = [batch(erp, good, {"data": {**words, "number": "OLD-2"}}, noun="finished-orders") for _time in range(2)]

    assert said(told[0]) == [("created", ""), ("refused", "order-refused")]
    assert said(told[1]) == [("unchanged", ""), ("refused", "order-refused")]
    assert erp.get("finished-orders/OLD-1/").json()["good"] == "9"


def trail(kind, row):
    entries = JournalEntry.objects.filter(subject_kind=kind, subject_id=str(row.pk)).order_by("id")
    return [(entry.kind, {**entry.data, "code": "", "gtin": ""}) for entry in entries]


def test_master_data_at_once_are_the_same_rows_in_a_few_statements(erp, django_assert_max_num_queries):
    def material(code, **more):
        return {"external_id": code, "version": 1, "data": {"code": code, "name": "Nut", "unit": "C62", **more}}

    assert erp.put("material-definitions/ALONE/", {"name": "Nut", "unit": "C62"}).status_code == 201
    with django_assert_max_num_queries(60):
        told = batch(erp, *[material(f"N-{n}") for n in range(40)], noun="material-definitions")
    changed = batch(erp, material("ALONE", name="Bolt"), material("N-1"), noun="material-definitions")
    taken = batch(erp, material("G-1", gtin="04012345000016"), material("G-2", gtin="04012345000016"),
                  noun="material-definitions")  # the second takes a number that is used once

    assert (told["created"], [one["status"] for one in changed["rows"]]) == (40, ["changed", "unchanged"])
    assert [one["status"] for one in taken["rows"]] == ["created", "refused"], taken
    rows = {row.code: row for row in MaterialDefinition.objects.filter(code__in=["ALONE", "N-1"])}
    assert trail("materialdefinition", rows["ALONE"])[:1] == trail("materialdefinition", rows["N-1"])


def test_receipts_at_once_are_held_and_booked_as_one_by_one(erp, django_assert_max_num_queries):
    def receipt(number, **more):
        return {"external_id": number, "data": {"number": number, "material": "PCB", "quantity": "5", **more}}

    assert erp.post("material-lots/", receipt("ALONE")["data"]).status_code == 201
    with django_assert_max_num_queries(400):
        told = batch(erp, *[receipt(f"L-{n}") for n in range(20)], receipt("BAD", quantity="0"), noun="material-lots")
    again = batch(erp, receipt("L-0"), receipt("NEW"), receipt("L-1", quantity="6"), noun="material-lots")

    assert (told["created"], told["refused"]) == (20, 1)
    assert said(again) == [("unchanged", ""), ("created", ""), ("refused", "number-taken")]
    one, many = (MaterialLot.objects.get(number=number) for number in ("ALONE", "L-3"))
    assert [(row.bucket, row.quantity) for row in many.balances.order_by("bucket")] == [
        (row.bucket, row.quantity) for row in one.balances.order_by("bucket")
    ]
    assert trail("materiallot", one) == trail("materiallot", many)
