"""Many at once at the door of a connection: one id is one message, and no more than two keys are ever live."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from integrations.links.commands import doors
from integrations.links.commands.connections import ConnectionRefused
from integrations.models import Connection, DoorKey, Exchange
from plant.models import Person
from tests.integrations.links import factories

pytestmark = pytest.mark.usefixtures("committed_db")
ADDRESS = "/api/v1/connections/erp/messages/material-definitions/"


def pushed(key, secret, name, **headers):
    body = json.dumps({"code": "M1", "name": name, "unit": "C62"})
    said = {"X-Api-Key": f"{key.key_id}.{secret}", **headers}
    return Client().post(ADDRESS, body, content_type="application/json", headers=said)


def test_twelve_at_once_with_one_id_are_one_message_and_without_it_one_each(at_once):
    link = factories.connection(door="API_KEY")
    key, secret = doors.issue(connection=link, by=factories.integrator(), at=timezone.now())

    answers = at_once(*[lambda: pushed(key, secret, "same", **{"Idempotency-Key": "a-1"}) for _n in range(12)])
    assert {one.status_code for one in answers} == {202}
    assert sorted(one.json()["repeated"] for one in answers) == [False, *[True] * 11]
    assert Exchange.objects.get().repeats == 11

    others = at_once(*[lambda n=n: pushed(key, secret, f"other {n}") for n in range(4)])
    assert sorted(one.json()["number"] for one in others) == [2, 3, 4, 5]


def test_who_make_keys_at_once_make_no_third_one(at_once):
    link = factories.connection(door="HMAC")
    by = factories.integrator().pk

    def make():
        try:
            doors.issue(connection=Connection.objects.get(pk=link.pk), by=Person.objects.get(pk=by), at=timezone.now())
        except ConnectionRefused:
            return False
        return True

    assert sorted(at_once(*[make] * 5)) == [False, False, False, True, True]
    assert sorted(DoorKey.objects.values_list("slot", flat=True)) == [1, 2]
