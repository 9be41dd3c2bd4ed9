"""Documents of partners: every public example comes out as it went in; what is wrong is refused with its place."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from integrations.epcis.commands import capture
from integrations.epcis.queries import documents
from integrations.models import EpcisDocument, EpcisEvent
from plant.errors import Refusal
from plant.queries import persons
from tests import conformance, factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
EVENT = {
    "type": "ObjectEvent", "eventTime": "2026-11-22T08:00:00.000+08:00", "eventTimeZoneOffset": "+08:00",
    "action": "OBSERVE", "bizStep": "shipping", "epcList": ["https://id.gs1.org/01/06901234500028/21/SN0001"],
    "eventID": "urn:uuid:00000000-0000-4000-8000-000000000001",
}


def document(*events, **more):
    return {
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"], "type": "EPCISDocument",
        "schemaVersion": "2.0", "creationDate": "2026-11-22T08:00:00.000+08:00",
        "epcisBody": {"eventList": list(events)}, **more,
    }


def take(found, name="partner.jsonld"):
    return capture.capture(found=found, name=name, site=factories.site(), by=persons.system("erp"), at=NOW)


def examples():
    folder = Path(conformance.locate("epcis"))
    return sorted([*folder.glob("examples/*.jsonld"), *folder.glob("mes_examples/*.jsonld")])


def validator():
    schema = json.loads(Path(conformance.locate("epcis/EPCIS-JSON-Schema.json")).read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def test_every_public_example_comes_out_as_it_went_in():
    found = examples()
    assert len(found) >= 26
    for file in found:
        sent = json.loads(file.read_text(encoding="utf-8"))
        taken = take(sent, file.name)
        again = documents.as_it_came(taken)
        assert again == sent
        assert list(validator().iter_errors(again)) == []


def test_the_commands_take_and_give_them_back(tmp_path):
    factories.site()
    file, out = tmp_path / "one.jsonld", tmp_path / "out.jsonld"
    file.write_text(json.dumps(document(EVENT)), encoding="utf-8")

    def told(*words):
        said = io.StringIO()
        call_command(*words, "--json", stdout=said)
        return json.loads(said.getvalue())

    first, second = told("epcis_import", str(file)), told("epcis_import", str(file))
    taken = first["files"][0]
    given = told("epcis_export", "--document", taken["document"], "--out", str(out))

    assert (first["events"], first["new"], second["new"], taken["types"]) == (1, 1, 1, {"ObjectEvent": 1})
    assert EpcisDocument.objects.count() == EpcisEvent.objects.count() == 1
    assert (given["events"], json.loads(out.read_text(encoding="utf-8"))) == (1, document(EVENT))


def test_a_file_that_is_none_is_refused_and_the_others_are_taken(tmp_path):
    factories.site()
    good, bad = tmp_path / "good.jsonld", tmp_path / "bad.jsonld"
    good.write_text(json.dumps(document(EVENT)), encoding="utf-8")
    bad.write_text("{", encoding="utf-8")

    with pytest.raises(CommandError, match="1 of 2"):
        call_command("epcis_import", str(bad), str(good), stdout=io.StringIO())

    assert EpcisDocument.objects.count() == 1


@pytest.mark.parametrize(("field", "value", "pointer"), [
    ("eventTime", "2026-11-22T08:00:00", "/eventTime"), ("eventTimeZoneOffset", "8", "/eventTimeZoneOffset"),
    ("action", "CHANGE", "/action"), ("epcList", ["no uri"], "/epcList/0"), ("type", "PartyEvent", "/type"),
    ("quantityList", [{"epcClass": "urn:x:1", "quantity": -1}], "/quantityList/0/quantity"),
    ("quantityList", [{"epcClass": "urn:x:1", "uom": "kilogram"}], "/quantityList/0/uom"),
])  # fmt: skip
def test_what_is_wrong_is_named_by_its_place_and_nothing_is_taken(field, value, pointer):
    with pytest.raises(Refusal) as refused:
        take(document(EVENT, {**EVENT, field: value}))

    assert f"/epcisBody/eventList/1{pointer}" in str(refused.value)
    assert not EpcisEvent.objects.exists()


def test_an_event_that_says_something_else_is_refused_and_its_error_declaration_is_kept():
    take(document(EVENT))
    with pytest.raises(Refusal, match="known already"):
        take(document({**EVENT, "bizStep": "receiving"}))

    take(document({**EVENT, "errorDeclaration": {"declarationTime": EVENT["eventTime"], "reason": "incorrect_data"}}))

    rows = EpcisEvent.objects.order_by("pk").values_list("key", "is_declared_wrong")
    assert list(rows) == [(EVENT["eventID"], False), (EVENT["eventID"], True)]
