"""EPCIS by its own addresses: documents in, events out, page by page."""

import pytest

from tests import factories
from tests.integrations.epcis.test_documents import EVENT, document
from tests.integrations.erp.callers import caller
from tests.mes import factories as floor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


@pytest.fixture
def partner():
    factories.site()
    return caller()


def events(answer):
    return answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]


def test_a_document_is_taken_once_and_its_event_can_be_asked_for(partner):
    first = partner.post("/epcis/capture", document(EVENT))
    again = partner.post("/epcis/capture", document(EVENT))

    assert (first.status_code, first.json()["new"], again.json()["captureID"]) == (202, 1, first.json()["captureID"])
    assert partner.get(first["Location"].removeprefix("http://testserver")).json()["events"] == 1
    assert events(partner.get(f"/epcis/events/{EVENT['eventID']}")) == [EVENT]
    assert events(partner.get("/epcis/events?EQ_bizStep=shipping&MATCH_epc=" + EVENT["epcList"][0])) == [EVENT]
    assert events(partner.get("/epcis/events?EQ_bizStep=packing")) == []
    assert partner.get("/epcis/events/urn:x:none").status_code == 404


def test_pages_are_linked():
    world, partner = floor.world(), caller()
    world.ready()
    world.scan(world.outputs[0].number)
    seen, address = [], "/epcis/events?perPage=2"
    while address:
        answer = partner.get(address)
        seen += [event["eventID"] for event in events(answer)]
        link = answer.headers.get("Link", "")
        address = link[1:link.index(">")].removeprefix("http://testserver") if link else ""

    assert len(seen) == len(set(seen)) == len(events(partner.get("/epcis/events?perPage=500")))


WRONG = {
    **EVENT, "eventID": "urn:uuid:00000000-0000-4000-8000-000000000002",
    "readPoint": {"id": "https://id.gs1.org/414/6901234500004/254/DOCK"},
    "bizTransactionList": [{"type": "po", "bizTransaction": "urn:x:po:1"}],
    "errorDeclaration": {"declarationTime": "2026-11-23T08:00:00.000+08:00", "reason": "incorrect_data"},
}


@pytest.mark.parametrize(("query", "found"), [
    ("EQ_bizStep=urn:epcglobal:cbv:bizstep:shipping", 2), ("EQ_bizStep=https://ref.gs1.org/cbv/BizStep-shipping", 2),
    ("EQ_bizStep=packing&EQ_bizStep=shipping", 2), ("EQ_bizStep=packing,shipping", 2), ("EQ_action=ADD", 0),
    ("eventType=ObjectEvent&GE_eventTime=2026-11-22T00:00:00Z&LT_eventTime=2026-11-22T01:00:00Z", 2),
    ("GE_eventTime=2026-11-22T01:00:00Z", 0), ("EXISTS_errorDeclaration=", 1), ("EQ_errorReason=incorrect_data", 1),
    ("EQ_bizTransaction_po=urn:x:po:1", 1), ("EQ_bizTransaction_inv=urn:x:po:1", 0),
    ("WD_readPoint=https://id.gs1.org/414/6901234500004", 1), ("WD_readPoint=https://id.gs1.org/414/69012345000", 0),
    ("MATCH_anyEPC=https://id.gs1.org/01/06901234500028/21/SN0001", 2), ("orderBy=eventTime&orderDirection=ASC", 2),
])
def test_events_are_asked_for_in_the_words_of_the_standard(partner, query, found):
    partner.post("/epcis/capture", document(EVENT, WRONG))
    assert len(events(partner.get(f"/epcis/events?{query}"))) == found


@pytest.mark.parametrize("query", [
    "orderDirection=DESC", "EQ_bizTransaction=1", "EQ_color=red", "GE_eventTime=yesterday", "nextPageToken=x",
    "perPage=-1",
])
def test_a_query_that_cannot_be_answered_says_why(partner, query):
    answer = partner.get(f"/epcis/events?{query}")
    assert answer.status_code == 400
    assert "parameter" in str(answer.json())


def test_a_wrong_document_is_refused_with_its_place(partner):
    answer = partner.post("/epcis/capture", document({**EVENT, "action": "CHANGE"}))
    assert answer.status_code == 422
    assert "/epcisBody/eventList/0/action" in answer.json()["detail"]


def test_a_key_without_the_scope_is_denied(partner):
    stranger = caller("lots:read")
    assert stranger.get("/epcis/events").status_code == 403
