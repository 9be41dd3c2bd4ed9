"""Every template against a server that answers as its vendor documents: orders come, bookings go, each exactly once."""

from dataclasses import dataclass
from decimal import Decimal
from ipaddress import ip_network
from typing import Any

import pytest

from integrations import adapters
from integrations.adapters.port import Again, Link, Never, Outgoing, Trouble
from integrations.links import mapping
from integrations.links.mapping import How, Rule, Step
from integrations.links.transforms import CodeList
from integrations.models import MappingRow, Transform
from integrations.templates import MappingPart, Template, templates
from tests.integrations.erp_templates import vendors
from tests.integrations.erp_templates.stub import Vendor, vendor

CONSUMED = {
    "id": "c7", "at": "2026-11-23T08:30:00+00:00", "by": "P1", "job_order": "JO7", "work_request": "1000123",
    "operation": "10", "station": "MOUNT", "material": "SCREW'S", "lot": "S-1", "quantity": "2.5", "unit": "C62",
}
TOTALS = {"order": "WH/MO/00007", "good": "9", "scrap": "1", "finished": True}
NOUN, WORDS = "consumptions", CONSUMED


@dataclass(frozen=True)
class Case:
    """A vendor: its stub, the secrets it knows, an order as it writes it, and what it booked of ours."""

    code: str
    route: Any
    secrets: dict[str, str]
    order: dict[str, Any]
    booked: dict[str, Any]
    noun: str = NOUN
    words: Any = None


CASES = [
    Case("sap_s4", vendors.sap, {"user": "u", "password": "p"},
         {"ManufacturingOrder": "000001000123", "Material": "BOARD", "MfgOrderPlannedTotalQty": "10.000",
          "MfgOrderPlannedEndDate": "/Date(1795564800000)/", "LastChangeDateTime": "20261123083000",
          "ProductionPlant": "1010", "OrderIsReleased": "X"},
         {"GoodsMovementCode": "03", "PostingDate": "/Date(1795422600000)/"}),
    Case("odoo", vendors.odoo, {"token": "key1"},
         {"id": 7, "name": "WH/MO/00007", "product_id": [3, "[BOARD] Board"], "product_qty": 10.0, "state": "confirmed",
          "date_deadline": "2026-11-25 00:00:00", "write_date": "2026-11-23 08:30:00"},
         {"order": "WH/MO/00007", "quantity": 9}, "order-totals", TOTALS),
    Case("erpnext", vendors.erpnext, {"token": "token k:s"},
         {"name": "MFG-WO-1", "production_item": "BOARD", "qty": 10.0, "planned_end_date": "2026-11-25 00:00:00",
          "modified": "2026-11-23 08:30:00.000001"},
         {"work_order": "1000123", "docstatus": 1}),
    Case("kingdee", vendors.kingdee, {"user": "u", "password": "p"},
         {"FBillNo": "MO000123", "FMaterialId": "BOARD", "FQty": 10.0, "FUnitId": "Pcs",
          "FPlanFinishDate": "2026-11-25T00:00:00", "FModifyDate": "2026-11-23T08:30:00.1", "FStatus": "3"},
         {"FDate": "2026-11-23", "status": "C"}),
    Case("yonyou", vendors.yonyou, {"secret": "sec1"},
         {"code": "SCDD0001", "materialCode": "BOARD", "quantity": 10, "finishDate": "2026-11-25 00:00:00",
          "pubts": "2026-11-23 08:30:00"},
         {"org": "org"}),
]


@pytest.fixture(params=CASES, ids=[case.code for case in CASES])
def case(request):
    return request.param


@pytest.fixture
def there(case):
    with vendor(case.route) as running:
        running.orders = [dict(case.order)]
        yield running


def rules(part: MappingPart) -> list[Rule]:
    def steps(row: dict[str, Any]) -> tuple[Step, ...]:
        said = [(row.get("transform"), row.get("argument", "")), (row.get("then"), row.get("then_argument", ""))]
        return tuple(Step(kind, argument) for kind, argument in said if kind)

    return [
        Rule(row["field"], row["path"], steps(row), row.get("default", ""), row.get("required", False))
        for row in part.rows
    ]


def how(template: Template) -> How:
    lists = {
        code: CodeList({theirs: (ours, Decimal(1)) for theirs, ours in pairs})
        for code, pairs in template.code_lists.items()
    }
    return How("JSON", lists, "UTC")


def part(template: Template, noun: str, direction: str) -> MappingPart:
    return next(one for one in template.mappings if (one.noun, one.direction) == (noun, direction))


def link(case: Case, there: Vendor, **secrets: str) -> Link:
    template = templates()[case.code]
    form = adapters.of(template.kind).settings(data=template.settings)
    form.is_valid(raise_exception=True)
    return Link(
        code=case.code, endpoint=there.url, auth=template.auth, sign_in=template.sign_in,
        secrets=secrets or case.secrets, settings=form.validated_data, open_networks=(ip_network("127.0.0.0/8"),),
    )


def send(case: Case, there: Vendor, number: str = "7f0c2d3e-0000-4000-8000-000000000001") -> Any:
    template, words = templates()[case.code], case.words or WORDS
    written = mapping.outward(rules(part(template, case.noun, "OUT")), words, how(template))
    assert [cell.fault for cell in written.faults] == []
    message = Outgoing(number, case.noun, "k", "1", words, written.body)
    return adapters.of(template.kind).send(link(case, there), message)


def kept(case: Case, booked: dict[str, Any]) -> dict[str, Any]:
    return {name: booked.get(name) for name in case.booked}


def test_orders_come_in_and_are_ours_by_the_templates_rows(case, there):
    template = templates()[case.code]
    [one] = adapters.of(template.kind).fetch(link(case, there), "")

    found = mapping.inward(rules(part(template, "work-requests", "IN")), one.body, how(template))

    assert [cell.fault for cell in found.faults] == []
    assert (found.words["material"], Decimal(str(found.words["quantity"]))) == ("BOARD", 10)
    assert found.words["due_at"].startswith("2026-11-2")
    assert one.key == found.words["number"] or case.code == "sap_s4"
    assert adapters.of(template.kind).test(link(case, there)).works


def test_the_next_round_asks_for_what_changed_since(case, there):
    adapter = adapters.of(templates()[case.code].kind)
    [one] = adapter.fetch(link(case, there), "")
    there.asked.clear()

    list(adapter.fetch(link(case, there), one.cursor))

    asked = str([(request.words, request.body) for request in there.asked])
    assert one.version in asked


def test_a_booking_arrives_whole_and_the_same_again_books_nothing(case, there):
    first, again = send(case, there), send(case, there)

    assert len(there.booked) == 1
    assert kept(case, there.booked[0]) == case.booked
    assert (first.reference or again.reference) != ""


def test_whichever_answer_is_lost_it_is_booked_once_and_to_its_end(case, there):
    for lost in range(1, 12):
        there.lose = lost
        try:
            send(case, there)
        except Again:
            continue
        break
    there.lose = 0
    send(case, there)

    assert lost > 2
    assert kept(case, there.booked[-1]) == case.booked
    assert len(there.booked) == 1


def test_who_is_not_let_in_is_told_so(case, there):
    wrong = dict.fromkeys(case.secrets, "wrong") | ({"token": "token x"} if "token" in case.secrets else {})
    with pytest.raises(Trouble) as told:
        adapters.of(templates()[case.code].kind).test(link(case, there, **wrong))
    assert isinstance(told.value, Again if case.code in {"sap_s4", "odoo", "erpnext"} else Never)


def test_a_sign_in_that_ran_out_is_made_anew():
    for case in CASES:
        if case.code not in {"kingdee", "yonyou"}:
            continue
        with vendor(case.route) as there:
            send(case, there, "7f0c2d3e-0000-4000-8000-00000000000a")
            there.signed_in += 5
            with pytest.raises(Again):
                send(case, there, "8f0c2d3e-0000-4000-8000-00000000000b")
            send(case, there, "8f0c2d3e-0000-4000-8000-00000000000b")
            assert len(there.booked) == 2


@pytest.mark.parametrize("code", sorted(templates()))
def test_a_template_can_be_kept_as_it_is(code):
    template = templates()[code]
    form = adapters.of(template.kind).settings(data=template.settings)

    assert form.is_valid(), form.errors
    assert template.source
    columns = {one.name for one in MappingRow._meta.get_fields()}
    for one in template.mappings:
        assert all(set(row) <= columns for row in one.rows)
        assert all(row.get("transform", "") in Transform.values for row in one.rows)
        named = {row["argument"] for row in one.rows if row.get("transform") == "LOOKUP"}
        assert named <= set(template.code_lists)
