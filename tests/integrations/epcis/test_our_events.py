"""What happened here, told as EPCIS: valid, complete, the same each time; a mistake is declared, not hidden."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from integrations.epcis import events
from integrations.epcis.queries.events import Asked, BadQuery, by_identifier, cursor, mark_of, page, walk
from plant.gs1 import digital_link
from plant.models import Equipment, MaterialDefinition, Partner
from plant.queries import persons
from qms.commands import inspections
from tests import factories as ground
from tests.factories import NOW
from tests.integrations.epcis.test_documents import EVENT, document, take, validator
from tests.mes import factories, packed
from tests.qms.commands.test_inspections import inspector, measure, task
from traceability.commands import actuals, holds, moves, repairs
from traceability.gate import Cause, Target
from traceability.models import Bucket, CauseKind, MaterialActual
from traceability.spots import Spot

pytestmark = pytest.mark.django_db
GLN = "6901234500004"


@pytest.fixture
def reader():
    return persons.system("erp")


@pytest.fixture
def floor():
    """A board is made of what came in, held, and partly scrapped."""
    world = factories.world()
    Equipment.objects.filter(level="SITE").update(gln=GLN)
    MaterialDefinition.objects.filter(code="SCREW").update(gtin="06901234500011")
    world.ready()
    world.scan(world.outputs[0].number)
    lot = world.outputs[0]
    cause, quality = Cause(CauseKind.PERSON, "7"), ground.person("QM", "QUALITY_MANAGER")
    holds.place(target=Target.lot(lot), cause=cause, reason="Look", by=quality, at=NOW)
    holds.release_cause(lot=lot, cause=cause, reason="Fine", by=quality, at=NOW)
    moves.move(lot=world.screws, quantity=Decimal(3), source=Spot(Bucket.STOCK), to=Spot(Bucket.SCRAP),
               by=world.planner, at=NOW, reason="Bent")
    return world


def told(reader, **asked):
    return [event for _mark, event in walk(Asked(**asked), reader)]


def test_everything_is_told_and_the_document_is_valid(floor, reader):
    found = told(reader)
    steps = Counter(event["bizStep"] for event in found)

    assert list(validator().iter_errors(events.document(found, at=NOW))) == []
    assert list(validator().iter_errors(events.answer(found, at=NOW))) == []
    assert steps["receiving"] == 2
    assert (steps["holding"], steps["other"], steps["destroying"]) == (1, 1, 1)
    assert sum(event["type"] == "TransformationEvent" for event in found) == 2
    screws = next(event for event in found if event["bizStep"] == "destroying")
    assert screws["quantityList"] == [{"epcClass": "https://id.gs1.org/01/06901234500011/10/SCREW-1", "quantity": 3}]


def test_addresses_carry_valid_numbers(floor, reader):
    for event in told(reader):
        for one in event.get("quantityList", []):
            if one["epcClass"].startswith("https://id.gs1.org/"):
                assert digital_link.read(one["epcClass"])["01"] == "06901234500011"
        place = event.get("bizLocation", event.get("readPoint"))
        if place:
            assert digital_link.read(place["id"])["414"] == GLN


def test_the_same_event_has_the_same_identifier_and_is_found_by_it(floor, reader):
    first, second = told(reader), told(reader)

    assert first == second
    assert len({event["eventID"] for event in first}) == len(first)
    for event in first:
        assert by_identifier(event["eventID"], reader) == [event]


def test_pages_miss_nothing_and_repeat_nothing(floor, reader):
    take(document(EVENT))
    whole, found, after = told(reader), [], None
    for _round in range(200):
        events_of_page, on = page(Asked(), reader, limit=3, after=after)
        found += events_of_page
        if on is None:
            break
        after = mark_of(cursor(on))

    assert found == whole
    assert EVENT in found


def test_a_consumption_that_is_taken_back_is_declared_wrong(floor, reader):
    actual = MaterialActual.objects.get(kind="CONSUMED", lot=floor.screws)
    before = next(event for event in told(reader) if event["eventID"].endswith(f"link-commissioning-{actual.link_id}"))
    actuals.undo(actual=actual, reason="Wrong lot", by=floor.operator, at=NOW + timedelta(hours=1))

    found = by_identifier(before["eventID"], reader)

    assert found[0] == before
    declared = found[1].pop("errorDeclaration")
    assert (found[1], declared["zhizao:reason"]) == (before, "Wrong lot")


def test_a_part_that_is_replaced_in_repair_is_taken_out(floor, reader):
    actual = MaterialActual.objects.get(kind="CONSUMED", lot=floor.screws)
    by = ground.person("LEAD", "TEAM_LEADER")
    repairs.replace(actual=actual, went="SCRAP", reason="Stripped", by=by, at=NOW)

    out = [event for event in told(reader) if event["bizStep"] == "disassembling"]

    assert [(event["type"], event["action"]) for event in out] == [("AggregationEvent", "DELETE")]
    assert list(validator().iter_errors(events.document(out, at=NOW))) == []


def test_packing_and_shipping_are_told_with_the_customer(reader):
    packed.rule()
    carton = packed.carton(packed.goods("B1"))
    shipment = packed.shipment()
    packed.pick(shipment, carton.number)
    packed.ship(shipment)
    Partner.objects.filter(pk=shipment.customer_id).update(gln="6908888800009")

    found = {event["bizStep"]: event for event in told(reader)}

    assert found["packing"]["parentID"] == found["shipping"]["epcList"][0]
    assert found["shipping"]["destinationList"][0]["destination"] == "https://id.gs1.org/417/6908888800009"
    assert list(validator().iter_errors(events.document(list(found.values()), at=NOW))) == []


def test_a_lot_is_asked_for_by_its_number_or_address(floor, reader):
    by_number = told(reader, numbers=("SCREW-1",))
    address = "https://id.gs1.org/01/06901234500011/10/SCREW-1"
    by_address = told(reader, match={"MATCH_anyEPCClass": frozenset({address})})

    assert {event["bizStep"] for event in by_number} >= {"receiving", "picking", "commissioning", "destroying"}
    assert len(by_address) >= 3
    assert all(address in str(event) for event in by_address)


def test_an_inspection_is_told_with_its_verdict(reader):
    one = task(packed.goods("I1"))
    measure(one, 999.0, 999.0)
    assert not [event for event in told(reader) if event["bizStep"] == "inspecting"]
    inspections.decide(inspection=one, by=inspector(), at=NOW)

    found = next(event for event in told(reader) if event["bizStep"] == "inspecting")

    assert (found["disposition"], one.number in str(found["bizTransactionList"])) == ("non_conformant", True)


def test_a_strange_token_is_refused():
    with pytest.raises(BadQuery):
        mark_of("Zm9v")
