"""Who may ask, and how the API says no."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plant import fresh
from plant.commands import api_keys
from plant.models import ApiKey
from tests import factories
from tests.integrations.erp.callers import PROBLEM, ROOT, caller, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
GETS = ["material-definitions/X/", "equipment/X/", "work-requests/X/", "material-lots/X/", "material-lots/X/genealogy/",
        "job-orders/X/kitting/", "holds/", "violations/", "nonconformances/X/", "journal/",
        "andon-calls/", "andon-calls/1/", "maintenance-plans/", "maintenance-orders/", "maintenance-orders/X/",
        "tools/", "tools/X/"]  # fmt: skip
POSTS = ["work-requests/", "material-lots/", "holds/", "holds/1/release/", "scans/", "readings/", "spc/analyse/",
         "andon-calls/", "andon-calls/1/acknowledge/", "andon-calls/1/settle/", "maintenance-orders/",
         "maintenance-orders/X/start/", "maintenance-orders/X/finish/"]  # fmt: skip


@pytest.mark.parametrize(("verb", "path"), [*(("GET", one) for one in GETS), *(("POST", one) for one in POSTS)])
def test_every_address_asks_for_a_key_and_its_scope(verb, path):
    nobody = Client().generic(verb, ROOT + path, "{}", content_type="application/json")
    stranger = caller("metrics").ask(verb, path, {})

    assert code_of(nobody) == (401, "not-authenticated" if path == "scans/" else "not_authenticated", PROBLEM)
    assert stranger.status_code == 403
    assert stranger["Content-Type"] == PROBLEM


@pytest.mark.parametrize("text", ["x", "a.b", "\u0661.b", "a\0.b", "." * 500, ""])
def test_a_wrong_key_is_refused(text):
    answer = Client().get(ROOT + "holds/", headers={"Authorization": f"Api-Key {text}"})
    assert answer.status_code == 401
    assert answer["Content-Type"] == PROBLEM


def test_an_expired_key_is_refused():
    erp, now = caller(), timezone.now()
    ApiKey.objects.update(created_at=now - timedelta(days=2), expires_at=now - timedelta(seconds=1))
    assert erp.get("holds/").status_code == 401


def test_a_revoked_key_is_refused_within_a_second(monkeypatch):
    erp = caller()
    assert erp.get("holds/").status_code == 200
    admin = factories.person("ADMIN")
    api_keys.revoke(key=erp.key, reason="lost", by=admin, at=timezone.now())

    later = time.monotonic() + 1
    monkeypatch.setattr(fresh.time, "monotonic", lambda: later)

    assert erp.get("holds/").status_code == 401


@pytest.mark.parametrize(
    ("verb", "path"), [("DELETE", "holds/"), ("GET", "scans/"), ("PATCH", "journal/"), ("OPTIONS", "holds/")]
)
def test_a_method_that_nobody_has_is_405(verb, path):
    assert code_of(caller().ask(verb, path))[::2] == (405, PROBLEM)


def test_an_unknown_address_is_a_problem():
    assert code_of(caller().get("nothing/here/")) == (404, "not-found", PROBLEM)


def test_a_missing_slash_keeps_method_and_body():
    answer = caller().post("holds?x=1", {})
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/holds/?x=1")


@pytest.mark.parametrize("path", ["holds/", "scans/"])
def test_another_content_type_is_415(path):
    erp = caller()
    answer = erp.client.post(ROOT + path, {"a": "b"}, headers={"Authorization": f"Api-Key {erp.text}"})
    assert code_of(answer)[::2] == (415, PROBLEM)


@pytest.mark.parametrize("path", ["holds/", "scans/"])
@pytest.mark.parametrize(
    "body", ["{", "[" * 200_000, '{"a": NaN}', '{"a": "\\ud800"}', '{"a": "\\u0000"}', b"\xff", "1" * 5000]
)
def test_a_body_that_is_no_json_is_400(path, body):
    assert code_of(caller().post(path, body)) == (400, "malformed", PROBLEM)


@pytest.mark.parametrize("path", ["holds/", "scans/"])
def test_a_body_beyond_a_megabyte_is_413(path):
    answer = caller().post(path, '"' + "a" * 1_000_001 + '"')
    assert code_of(answer) == (413, "too-large", PROBLEM)


@pytest.mark.parametrize("body", [[], "text", 5, None, {"lot": 5}])
def test_a_body_that_is_no_object_is_400(body):
    assert caller().post("holds/", body).status_code == 400
