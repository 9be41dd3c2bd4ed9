"""Passing an optional operation over at the tablet."""

import pytest
from django.urls import reverse

from mes.models import RouteStep
from tests import factories as ground
from tests.mes import ways_world as branched
from tests.mes.tablet.test_station import PIN, badge

pytestmark = pytest.mark.django_db
URL = "station:pass-over"


@pytest.fixture
def waiting(client):
    """A lot that waits for the optional operation, whose work order is open at its station."""
    found = branched.world()
    branched.done(found, "CUT", "DRILL", "BRUSH", "MARK", "LASER")
    return found


def sign(client, found, *roles):
    person = ground.person("SKIPPER", *roles)
    badge(person)
    client.post(reverse("station:sign-on", args=["WASH"]), {"badge": f"B-{person.number}", "pin": PIN})
    found.scan(found.job.number, "WASH")
    return person


def test_a_leader_passes_it_over_with_a_reason(client, waiting):
    sign(client, waiting, "TEAM_LEADER")
    lot = waiting.outputs[0].number
    page = client.get(reverse(URL, args=["WASH"]))
    assert lot in page.content.decode()

    silent = client.post(reverse(URL, args=["WASH"]), {"lot": lot, "operation": "WASH", "reason": ""})
    said = client.post(reverse(URL, args=["WASH"]), {"lot": lot, "operation": "WASH", "reason": "Clean"})

    assert (silent.status_code, said.status_code) == (409, 302)
    assert RouteStep.objects.get(kind="PASSED").move.person.number == "SKIPPER"


def test_an_operator_does_not(client, waiting):
    sign(client, waiting, "OPERATOR")
    lot = waiting.outputs[0].number

    answer = client.post(reverse(URL, args=["WASH"]), {"lot": lot, "operation": "WASH", "reason": "Clean"})

    assert answer.status_code == 403
    assert not RouteStep.objects.filter(kind="PASSED").exists()
