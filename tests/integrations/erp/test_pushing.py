"""The door of a connection: its own key in its own way, from where it may come; kept as bytes, once, and told."""

import base64
import json
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrations.links import proofs, work
from integrations.links.commands import connections, doors
from integrations.links.commands.connections import ConnectionRefused
from integrations.models import Connection, DoorKey, Exchange
from plant.models import MaterialDefinition, Role
from tests.factories import NOW, material
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.integrations.links import factories
from tests.qms.web.test_pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
ADDRESS = "/api/v1/connections/erp/messages/material-definitions/"
WORDS = {"code": "M1", "name": "Board 板", "unit": "C62"}


def opened(way="API_KEY", **said):
    material()
    link = factories.connection(door=way, **said)
    return link, *doors.issue(connection=link, by=factories.integrator(), at=timezone.now())


def push(headers, body=None, path=ADDRESS, kind="application/json"):
    raw = json.dumps(WORDS).encode() if body is None else body
    client = Client(raise_request_exception=False)
    return client.generic("POST", path, raw, content_type=kind, headers={"Accept-Language": "en", **headers})


def api_key(key, secret):
    return {"Authorization": f"Api-Key {key.key_id}.{secret}"}


def basic(key, secret):
    return {"Authorization": f"Basic {base64.b64encode(f'{key.key_id}:{secret}'.encode()).decode()}"}


def signed(key, secret, body=None, path=ADDRESS, late=0, method="POST"):
    raw = json.dumps(WORDS).encode() if body is None else body
    moment = str(int(time.time()) - late)
    call = proofs.Call(method, path, raw, {}, 0)
    return {"X-Key-Id": key.key_id, "X-Timestamp": moment, "X-Signature": proofs.signature(secret, moment, call)}


WAYS = {"API_KEY": api_key, "BASIC": basic, "HMAC": signed}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_lets_in_whoever_knows_the_secret_and_nobody_else(way):
    _link, key, secret = opened(way)
    assert push(WAYS[way](key, secret)).status_code == 202
    for other, headers in WAYS.items():
        if other != way:
            assert code_of(push(headers(key, secret)))[0] == 401
    assert code_of(push(WAYS[way](key, "x" + secret[1:])))[::2] == (401, PROBLEM)
    assert push({}).status_code == 401
    assert caller().post(ADDRESS, WORDS).status_code == 401  # an API key of the plant is none of the connection
    assert Exchange.objects.count() == 1


def test_what_was_pushed_is_kept_as_bytes_carried_out_and_told():
    _link, key, secret = opened()
    body = b'{"name":  "Board",\n "code": "M1", "unit": "C62"}'
    told = push(api_key(key, secret), body, f"{ADDRESS}?version=3").json()
    assert (told["number"], told["status"], told["repeated"]) == (1, "WAITING", False)
    row = Exchange.objects.get()
    assert (bytes(row.body), row.subject, row.version) == (body, "M1", "3")
    work.carry_in(clock=timezone.now)
    path = told["url"].removeprefix("http://testserver")
    found = Client().get(path, headers=api_key(key, secret)).json()
    assert (found["status"], found["result"], found["key"]) == ("DONE", "created", "M1")
    assert MaterialDefinition.objects.get(code="M1").name == "Board"
    assert code_of(Client().get(path.replace("/1/", "/9/"), headers=api_key(key, secret)))[0] == 404


def test_the_same_id_is_the_same_message_and_with_other_words_none():
    _link, key, secret = opened()
    headers = {**api_key(key, secret), "Idempotency-Key": "a-1"}
    first, again = push(headers).json(), push(headers).json()
    assert (first["number"], again["number"], again["repeated"]) == (1, 1, True)
    assert code_of(push(headers, b'{"code": "M2"}'))[:2] == (422, "idempotency-key-reused")
    assert Exchange.objects.get().repeats == 1


def test_a_signature_is_for_one_body_one_path_and_five_minutes():
    _link, key, secret = opened("HMAC")
    for headers in (
        signed(key, secret, b"{}"), signed(key, secret, path=ADDRESS + "?version=1"), signed(key, secret, late=400),
        signed(key, secret, late=-400), signed(key, secret, method="GET"),
        {**signed(key, secret), "X-Timestamp": "١٢"},
    ):
        assert push(headers).status_code == 401
    assert push(signed(key, secret, path=ADDRESS + "?key=M1&version=7"), path=ADDRESS + "?key=M1&version=7"
                ).status_code == 202


@pytest.mark.parametrize(("allowed", "status"), [(["10.0.0.0/8"], 403), (["127.0.0.1/32"], 202), ([], 202)])
def test_it_comes_from_where_it_may(allowed, status):
    _link, key, secret = opened(allowed_from=allowed)
    assert push(api_key(key, secret)).status_code == status


def test_size_and_rate_have_their_limits():
    _link, key, secret = opened(per_minute=3)
    statuses = [push(api_key(key, secret), json.dumps({**WORDS, "name": f"n{n}"}).encode()) for n in range(4)]
    assert [one.status_code for one in statuses] == [202, 202, 202, 429]
    assert 0 < int(statuses[3]["Retry-After"]) <= 60
    assert code_of(push(api_key(key, secret), b"x" * 5_000_001))[0] == 413
    assert code_of(push(api_key(key, secret), b" "))[0] == 400


def test_what_is_closed_off_or_unknown_takes_nothing():
    link, key, secret = opened()
    assert code_of(push(api_key(key, secret), path=ADDRESS.replace("material-definitions", "nonsense")))[0] == 404
    assert push(api_key(key, secret), path=ADDRESS.replace("erp", "none")).status_code == 401
    connections.switch(connection=link, on=False, by=factories.integrator(), at=NOW)
    assert code_of(push(api_key(key, secret)))[:2] == (409, "connection-off")
    Connection.objects.update(door="")
    assert push(api_key(key, secret)).status_code == 401
    with pytest.raises(IntegrityError), transaction.atomic():
        Connection.objects.update(door="HMAC", receives=False, sends=True)


def test_what_can_t_be_read_is_kept_and_parked_with_the_reason():
    _link, key, secret = opened()
    assert push(api_key(key, secret), b"\xff<html>", kind="text/html").status_code == 202
    work.carry_in(clock=timezone.now)
    row = Exchange.objects.get()
    assert (row.status, bytes(row.body), bool(row.last_error)) == ("DEAD", b"\xff<html>", True)


def test_two_keys_are_live_while_one_is_changed_for_the_other():
    link, key, secret = opened()
    by, now = factories.integrator(), timezone.now()
    second, other = doors.issue(connection=link, by=by, at=now)
    assert [push(api_key(*one)).status_code for one in ((key, secret), (second, other))] == [202, 202]
    with pytest.raises(ConnectionRefused):
        doors.issue(connection=link, by=by, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        DoorKey.objects.create(connection=link, slot=1, key_id="x", sealed="x", made_at=now, made_by=by)
    doors.close(key=key, by=by, at=now)
    assert [push(api_key(*one)).status_code for one in ((key, secret), (second, other))] == [401, 202]
    third, last = doors.issue(connection=link, by=by, at=now)
    DoorKey.objects.filter(pk=second.pk).update(ends_at=now)
    assert [push(api_key(*one)).status_code for one in ((second, other), (third, last))] == [401, 202]
    later = now + timedelta(days=8)
    assert list(doors.live(link, later).values_list("key_id", flat=True)) == [third.key_id]


@pytest.mark.urls("config.urls")
def test_a_key_is_shown_once_on_the_page_of_its_connection():
    link = factories.connection(door="API_KEY")
    client = signed_in(Role.INTEGRATOR)
    made = client.post(reverse("integrations:connection-door-key", args=[link.code])).content.decode()
    text = made.split("data-door-key>")[1].split("<")[0]
    assert push({"X-Api-Key": text}).status_code == 202
    page = client.get(reverse("integrations:connection-detail", args=[link.code])).content.decode()
    key = DoorKey.objects.get()
    assert (text.split(".")[1] in page, key.key_id in page, text.split(".")[1] in key.sealed) == (False, True, False)
    close = reverse("integrations:connection-door-key-close", args=[link.code, key.pk])
    assert client.post(close).status_code == 302
    assert push({"X-Api-Key": text}).status_code == 401
