"""The API describes itself validly and wholly."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver
from drf_spectacular.validation import validate_schema

pytestmark = pytest.mark.urls("tests.integrations.erp.addresses")
CHANGES_NOTHING = {"/api/v1/spc/analyse/"}
NEEDS_NO_BODY = {
    "/api/v1/andon-calls/{id}/acknowledge/", "/api/v1/inspections/{number}/verdict/",
    "/api/v1/maintenance-orders/{number}/start/",
}
NOT_DESCRIBED = {"schema", "docs", "unknown"}


@pytest.fixture(name="schema")
def the_schema():
    answer = Client().get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert answer.status_code == 200
    return answer.json()


def operations(schema):
    return [(path, verb, act) for path, verbs in schema["paths"].items() for verb, act in verbs.items()]


def test_the_schema_is_valid_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_every_address_is_described(schema):
    parts = get_resolver().url_patterns
    expected = {
        f"/{part.pattern}{route.pattern}" for part in parts for route in part.url_patterns
        if route.name not in NOT_DESCRIBED
    }
    plain = {re.sub(r"<(str|int|path):", "{", path).replace(">", "}") for path in expected}
    assert set(schema["paths"]) == {path.replace("{pk}", "{id}") for path in plain} | (set(schema["paths"]) & plain)
    assert len(schema["paths"]) == len(plain)


def test_every_body_has_an_example_and_every_answer_a_shape(schema):
    for path, verb, act in operations(schema):
        good = next(answer for code, answer in act["responses"].items() if code.startswith("2"))
        content = good["content"]["application/json"]
        assert content["schema"].get("$ref"), path
        assert content["examples"], path
        assert "application/problem+json" in act["responses"]["default"]["content"]
        assert (verb in {"post", "put"} and path not in NEEDS_NO_BODY) == ("requestBody" in act), path
        if "requestBody" in act:
            assert act["requestBody"]["content"]["application/json"]["examples"], path


def test_every_post_that_changes_something_names_the_idempotency_key(schema):
    posts = [act for path, verb, act in operations(schema) if verb == "post" and path not in CHANGES_NOTHING]
    assert [[one["name"] for one in act["parameters"] if one["in"] == "header"] for act in posts] == [
        ["Idempotency-Key"]
    ] * len(posts)


def test_every_operation_asks_for_a_key(schema):
    own = [{"ConnectionKey": []}, {"ConnectionUser": []}, {"ConnectionSignature": []}]
    for path, _verb, act in operations(schema):
        assert act["security"] == (own if path.startswith("/api/v1/connections/") else [{"ApiKey": []}]), path


def test_the_documentation_page_is_drawn_without_other_hosts():
    answer = Client().get("/api/v1/docs/")
    assert answer.status_code == 200
    assert "cdn" not in answer.content.decode()
