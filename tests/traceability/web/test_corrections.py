"""Changes of trace data on the screen: the original stays visible wherever the fact is shown."""

import pytest
from django.test import Client

from plant.commands import signatures
from tests import factories as ground
from tests.factories import PASSWORD
from tests.traceability import worlds
from traceability.models import Correction, CorrectionKind, Visit
from traceability.queries import corrections as reading

pytestmark = pytest.mark.django_db


def client(number, role):
    made = Client()
    made.force_login(ground.person(number, role, language="en"))
    return made


def test_the_whole_way_in_the_browser():
    here = worlds.world()
    lot = worlds.made(here, "M1")
    visit, other = worlds.visit(here, lot, here.oven, 0), ground.person("1008", "OPERATOR")
    leader, engineer = client("LEAD", "TEAM_LEADER"), client("ENG", "QUALITY_ENGINEER")
    url = f"/trace/lots/M1/change/OPERATOR/{visit.pk}/"
    assert url in leader.get("/trace/lots/M1/change/").content.decode()
    sent = leader.post(url, {"person": other.number, "reason": "he was ill that day"})
    one = Correction.objects.get()
    assert sent.url == f"/trace/corrections/{one.number}/"
    assert 'id="approve"' not in leader.get(sent.url).content.decode()
    assert one.number in engineer.get("/inbox/").content.decode()

    seen = signatures.content_hash(reading.seen(one))
    form = {"reason": "roster says so", "password": PASSWORD, "seen_hash": seen}
    assert engineer.post(f"{sent.url}approve/", form).status_code == 302

    assert Visit.objects.get(pk=visit.pk).person == other
    pages = [engineer.get(f"/trace/lots/M1/?tab={tab}").content.decode() for tab in ("people", "ledger")]
    pages.append(engineer.get("/trace/equipment/OVEN1/?from=2026-11-20T00:00&to=2026-11-21T00:00").content.decode())
    assert [("Wang 1007" in page and one.number in page) for page in pages[:2]] == [True, True]
    assert "/trace/corrections/" in engineer.get("/trace/corrections/").content.decode()


@pytest.mark.parametrize("kind", CorrectionKind.values)
def test_a_fact_that_there_is_not_is_refused_in_words(kind):
    worlds.made(worlds.world(), "M1")
    answer = client("LEAD", "TEAM_LEADER").get(f"/trace/lots/M1/change/{kind}/999999/")
    assert answer.status_code in (404, 409)


def test_what_is_missing_stands_at_its_field():
    lot = worlds.raw(worlds.world(), "R1")
    answer = client("LEAD", "TEAM_LEADER").post("/trace/lots/R1/change/SUPPLIER_LOT/0/", {"text": "", "reason": "x"})
    same = client("LEAD", "TEAM_LEADER").post(
        "/trace/lots/R1/change/SUPPLIER_LOT/0/", {"text": lot.supplier_lot, "reason": "x"}
    )
    assert (answer.status_code, same.status_code, Correction.objects.count()) == (422, 409, 0)
