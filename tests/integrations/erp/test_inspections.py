"""Inspections as instruments and laboratories see them: listed, measured once a request, decided by the results."""

import pytest
from django.utils import timezone

from qms.commands import inspection_hands
from qms.models import InspectionResult
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.qms.commands.test_gauges import DAY, demanded, gauge
from tests.qms.commands.test_inspections import inspector, task

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


@pytest.fixture(name="lab")
def laboratory():
    return caller(name="lab")


def send(lab, one, *values, key="", **more):
    rows = [{"characteristic": "ZONE3", "value": value} for value in values]
    return lab.post(f"inspections/{one.number}/results/", {"results": rows, **more}, key=key)


def test_values_are_recorded_once_and_decided_by_the_results(lab):
    one = task()
    first, again = send(lab, one, 240.5, 241.0, key="k"), send(lab, one, 240.5, 241.0, key="k")
    assert (first.status_code, again.json(), InspectionResult.objects.count()) == (200, first.json(), 2)

    told = lab.post(f"inspections/{one.number}/verdict/", {}).json()

    assert (told["status"], told["verdict"], told["inspector"]) == ("DECIDED", "PASS", "api:lab")
    assert [row["value"] for row in told["characteristics"][0]["values"]] == [240.5, 241.0]
    assert lab.get("inspections/?open=true").json()["results"] == []
    assert lab.get(f"inspections/?lot={one.lot.number}").json()["results"][0]["number"] == one.number
    assert lab.get(f"inspections/{one.number}/").json() == told


def test_all_or_none_and_a_verdict_waits_for_everything(lab):
    one = task()
    refused = send(lab, one, 240.0, 241.0, 242.0)
    assert (code_of(refused), InspectionResult.objects.count()) == ((409, "rows-refused", PROBLEM), 0)
    assert code_of(lab.post(f"inspections/{one.number}/verdict/", {}))[1] == "not-measured"


def test_the_gauge_that_is_demanded_is_named_and_must_be_in_calibration(lab):
    one, now = demanded(), timezone.now()
    gauge(done=now - DAY, until=now + DAY), gauge("CAL-2", done=now - 9 * DAY, until=now - DAY)
    for name in ("", "CAL-2"):
        assert send(lab, one, 240.0, gauge=name).status_code == 409

    told = send(lab, one, 240.0, gauge="CAL-1").json()

    assert told["characteristics"][0]["values"][0]["gauge"] == "CAL-1"


@pytest.mark.parametrize(("scope", "status"), [("quality:read", 403), ("quality:write", 200)])
def test_writing_takes_its_scope(scope, status):
    assert send(caller(scope, name="only"), task(), 240.0).status_code == status


def test_an_instrument_that_knows_only_itself_posts_to_its_own_address(lab):
    now = timezone.now()
    one = inspection_hands.take_on(inspection=demanded(), by=inspector(), at=now)
    gauge(done=now - DAY, until=now + DAY)

    first, again = (lab.post("gauges/CAL-1/values/", {"value": 240.5}, key="k") for _time in range(2))

    assert (first.status_code, again.json(), InspectionResult.objects.count()) == (200, first.json(), 1)
    assert first.json()["number"] == one.number
    assert code_of(lab.post("gauges/NONE/values/", {"value": 240.5})) == (409, "unknown-gauge", PROBLEM)
