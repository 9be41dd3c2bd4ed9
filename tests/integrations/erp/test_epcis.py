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


@pytest.mark.parametrize("query", [
    "EQ_color=red", "GE_eventTime=yesterday", "nextPageToken=x", "perPage=-1",
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
