"""Examples of the description with one thing spoilt, about rows that are there: never a fault of ours.

What the description allows beyond its examples is sent by schemathesis (test_schemathesis.py).
"""

import json
import random
import re
from urllib.parse import quote

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from tests.integrations.erp.callers import PROBLEM, caller
from tests.mes import factories as floor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
SEED, TRIES = 20261123, 3
TEXTS = ["", " ", "x" * 300, "\u0000", "\ufffd", "A/B", "١٢",
         "'; DROP TABLE", "<script>", "null", "\u202e", "🙂", "..", "%", "-1", "NaN", "1e400"]  # fmt: skip
VALUES = [None, True, 0, -1, 2**63, 2**70, 1.5, -0.0, 1e308, [], {}, [None], {"a": 1}, *TEXTS]
KNOWN = ["BOARD", "PCB", "OVEN", "PCB-1", "LINE", "SITE", "1", "SCRAP:DENT"]


@pytest.fixture(name="schema", scope="module")
def the_schema():
    return Client().get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()


def operations(schema):
    return [(path, verb, act) for path, verbs in schema["paths"].items() for verb, act in verbs.items()]


def mangled(chance, value):
    """An example with something wrong in it, or a thing more, or a thing less."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(sorted(value))
        kind = chance.random()
        if kind < 0.2:
            return {key: one for key, one in value.items() if key != name}
        if kind < 0.3:
            return {**value, "unheard_of": chance.choice(VALUES)}
        return {**value, name: mangled(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < 0.8:
        return [mangled(chance, value[0]), *value[1:]]
    return chance.choice(VALUES)


def asked(chance, path, act):
    """An address with whatever in its places, and whatever asked for."""
    for name in re.findall(r"{(\w+)}", path):
        word = chance.choice([*KNOWN, *KNOWN, *TEXTS[1:]])
        word = chance.choice(["1", "0", "99999", word]) if name == "id" else word
        path = path.replace(f"{{{name}}}", quote(word, ""))
    query = [one["name"] for one in act.get("parameters", []) if one["in"] == "query"]
    values = [*KNOWN, *TEXTS, "true", "2026-03-01T00:00:00Z"]
    told = [(name, chance.choice(values)) for name in query if chance.random() < 0.3]
    return path + ("?" + "&".join(f"{name}={quote(value)}" for name, value in told) if told else "")


def sent(chance, act):
    """The example of the description, mostly spoilt; nothing where nothing is sent."""
    if "requestBody" not in act:
        return None
    (example,) = act["requestBody"]["content"]["application/json"]["examples"].values()
    return mangled(chance, example["value"]) if chance.random() < 0.85 else example["value"]


def check(schema, act, answer, where):
    """No fault, and an answer as it is described."""
    assert answer.status_code < 500, where
    if answer.status_code in {304, 308}:
        return
    told = act["responses"].get(str(answer.status_code)) or act["responses"].get("default")
    assert told is not None, (where, answer.status_code)
    kind = answer["Content-Type"].partition(";")[0]
    assert kind in told["content"], (where, answer.status_code, kind)
    shape = {"components": schema["components"], **told["content"][kind]["schema"]}
    faults = [fault.message for fault in Draft202012Validator(shape).iter_errors(answer.json())]
    assert faults == [], (where, answer.status_code, faults[:3], answer.content[:400])


def test_whatever_is_sent_is_answered_as_described(schema):
    chance, erp = random.Random(SEED), caller()
    floor.world()
    statuses = {}
    for path, verb, act in operations(schema):
        for _try in range(TRIES):
            where, body = asked(chance, path, act), sent(chance, act)
            headers = {"Idempotency-Key": str(chance.choice(KNOWN))} if verb == "post" and chance.random() < 0.3 else {}
            try:
                text = None if body is None else json.dumps(body)
            except ValueError:
                continue
            answer = erp.ask(verb.upper(), where, text, **headers)
            check(schema, act, answer, (verb, where, text))
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
    assert statuses[200] > 20
    assert statuses[400] > 20


@pytest.mark.parametrize("scopes", [("metrics",), ("master:read",), ("orders:write",), ("quality:read", "holds:write")])
def test_a_key_gets_only_what_its_scopes_say(schema, scopes):
    chance, few = random.Random(SEED), caller(*scopes, name="few")
    floor.world()
    for path, verb, act in operations(schema):
        where, body = asked(chance, path, act), sent(chance, act)
        answer = few.ask(verb.upper(), where, None if body is None else json.dumps(body))
        check(schema, act, answer, (verb, where))
        if answer.status_code < 300:
            noun = path.removeprefix("/api/v1/").partition("/")[0]
            assert may(noun, verb, scopes), (verb, where)


def may(noun, verb, scopes):
    """Whether one of these scopes opens a noun; other doors are asked for in their own tests."""
    from integrations.nouns.registry import NOUNS

    one = NOUNS.get(noun)
    return one is None or (one.reads if verb == "get" else one.writes) in scopes


def test_a_problem_is_a_problem_in_any_door(schema):
    for path, verb, _act in operations(schema):
        answer = Client().generic(verb.upper(), re.sub(r"{\w+}", "1", path))
        assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM), path
